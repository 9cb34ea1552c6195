import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Flies beliefs down to the ground: mean and covariance of (east, north, up, seconds).
struct Landing {
  let dynamics: Dynamics
  let ground: Ground

  static let longest = 900.0
  /// Of two seconds: beside steps of a quarter, the landing is off by less than a hundredth of its own sigma.
  static let step = 2.0

  /// A step that the air does not brake by more than about a half: fragments lose their speed at once.
  @inline(__always)
  private func step(of model: FlightModel, _ place: Vector, _ velocity: Vector) -> Double {
    guard model.drag > 1e-3 else { return Self.step }
    let density = dynamics.atmosphere.row(at: dynamics.frame.height(of: place)).x
    return min(Self.step, max(1 / (density * model.drag * max(length(velocity), 1)), 0.01))
  }

  /// Where and when, and how that depends on the numbers now.
  struct Touch {
    var point: SIMD4<Double>
    var rows: (Numbers, Numbers, Numbers)
  }

  /// Down with derivatives. `burning`: seconds the motor goes on.
  func touch(_ numbers: Numbers, burning: Double) -> Touch? {
    let model = FlightModel(numbers, dynamics)
    var passage = Passage(numbers)
    var fire = burning
    let frame = dynamics.frame
    if ground.clearance(of: passage.place, in: frame) <= 0 && passage.velocity.z <= 0 {
      return Touch(
        point: SIMD4(passage.place, 0),
        rows: (passage.placeRows.0, passage.placeRows.1, Numbers()))
    }
    while passage.elapsed < Self.longest {
      let span = fire > 1e-9 ? min(fire, 0.5) : step(of: model, passage.place, passage.velocity)
      let before = passage
      passage.step(span, model, burning: fire > 1e-9)
      fire -= span
      guard abs(passage.place.x) < 3e6, abs(passage.place.y) < 3e6, abs(passage.place.z) < 3e6
      else { return nil }
      guard
        var cut = ground.meeting(
          before.place, before.velocity, passage.place, passage.velocity, after: span, in: frame)
      else { continue }
      var end = passage
      if cut < span {
        end = before
        end.step(cut, model, burning: false)
      }
      // The last step again, cut where it meets flat ground, by Newton on its length.
      for _ in 0..<(ground.isFlat ? 4 : 0) {
        let height = ground.clearance(of: end.place, in: frame)
        guard abs(height) > 0.01, end.velocity.z < -1e-3 else { break }
        cut = min(max(cut + height / -end.velocity.z, 1e-4), span)
        end = before
        end.step(cut, model, burning: false)
      }
      return touched(end)
    }
    return nil
  }

  /// At the ground a higher body comes down later and farther on, and the slope there counts.
  private func touched(_ end: Passage) -> Touch {
    let up = ground.normal(at: end.place, end.velocity, in: dynamics.frame)
    let sink = min(dot(end.velocity, up), -1)
    var later = up.x * end.placeRows.0
    later += up.y * end.placeRows.1
    later += up.z * end.placeRows.2
    later *= -1 / sink
    return Touch(
      point: SIMD4(end.place, end.elapsed),
      rows: (
        end.placeRows.0 + end.velocity.x * later, end.placeRows.1 + end.velocity.y * later, later
      ))
  }

  /// Down without derivatives.
  func point(_ numbers: Numbers, burning: Double) -> SIMD4<Double>? {
    let model = FlightModel(numbers, dynamics)
    let frame = dynamics.frame
    var place = Vector(numbers[0], numbers[1], numbers[2])
    var velocity = Vector(numbers[3], numbers[4], numbers[5])
    var elapsed = 0.0
    var fire = burning
    while elapsed < Self.longest {
      let burns = fire > 1e-9
      let span = burns ? min(fire, 0.5) : step(of: model, place, velocity)
      let after = step(place, velocity, span, elapsed, model, burns)
      guard abs(after.0.x) < 3e6, abs(after.0.y) < 3e6, abs(after.0.z) < 3e6 else { return nil }
      if var cut = ground.meeting(place, velocity, after.0, after.1, after: span, in: frame) {
        var end = after
        if cut < span { end = step(place, velocity, cut, elapsed, model, false) }
        for _ in 0..<(ground.isFlat ? 4 : 0) {
          let height = ground.clearance(of: end.0, in: frame)
          guard abs(height) > 0.01, end.1.z < -1e-3 else { break }
          cut = min(max(cut + height / -end.1.z, 1e-4), span)
          end = step(place, velocity, cut, elapsed, model, false)
        }
        return SIMD4(end.0, elapsed + cut)
      }
      (place, velocity) = after
      elapsed += span
      fire -= span
    }
    return nil
  }

  private func step(
    _ place: Vector, _ velocity: Vector, _ span: Double, _ elapsed: Double, _ model: FlightModel,
    _ burns: Bool
  ) -> (Vector, Vector) {
    let half = 0.5 * span
    let push = burns ? model.push(at: elapsed) : 0
    let first = model.acceleration(place, velocity, push, elapsed)
    let middle = velocity + half * first
    let second = model.acceleration(place + half * velocity, middle, push, elapsed + half)
    let middleAgain = velocity + half * second
    let third = model.acceleration(place + half * middle, middleAgain, push, elapsed + half)
    let last = velocity + span * third
    let fourth = model.acceleration(place + span * middleAgain, last, push, elapsed + span)
    return (
      place + (span / 6) * (velocity + 2 * middle + 2 * middleAgain + last),
      velocity + (span / 6) * (first + 2 * second + 2 * third + fourth)
    )
  }

  /// Mean and covariance of where a belief comes down: linear, but along the direction that moves
  /// the landing most, where three flights tell the bend.
  func fall(of belief: Belief, burning: Double) -> Fall? {
    guard let touch = touch(belief.numbers, burning: burning) else { return nil }
    let rows = [touch.rows.0, touch.rows.1, Numbers(), touch.rows.2]
    let half = rows.map { belief.covariance.times($0) }
    var covariance = [Double](repeating: 0, count: 16)
    for i in 0..<4 { for j in 0..<4 { covariance[4 * i + j] = (rows[i] * half[j]).sum() } }
    let mean = touch.point
    // The main axis of the ground ellipse.
    let (a, b, d) = (covariance[0], covariance[1], covariance[5])
    let angle = 0.5 * atan2(2 * b, a - d)
    let (c, s) = (cos(angle), sin(angle))
    let long = max(c * c * a + 2 * c * s * b + s * s * d, 1e-6)
    if long > 900 {
      let shift = (c * half[0] + s * half[1]) * (1 / long.squareRoot())
      let reach = 3.0.squareRoot()
      let plus = point(belief.numbers + reach * shift, burning: burning)
      let minus = point(belief.numbers - reach * shift, burning: burning)
      guard plus != nil || minus != nil else { return nil }
      let ahead = plus ?? (2 * touch.point - (minus ?? touch.point))
      let behind = minus ?? (2 * touch.point - (plus ?? touch.point))
      let bow = (ahead + behind - 2 * touch.point) / 6
      let slope = (ahead - behind) / (2 * reach)
      let flat = SIMD4(
        (rows[0] * shift).sum(), (rows[1] * shift).sum(), 0, (rows[3] * shift).sum())
      for i in 0..<4 {
        for j in 0..<4 {
          covariance[4 * i + j] +=
            slope[i] * slope[j] - flat[i] * flat[j] + 3 * bow[i] * bow[j]
        }
      }
    }
    return Fall(mean: mean, covariance: covariance)
  }

  /// Of all courses of a fit, with shares that need not add up to one.
  /// - Parameter ends: of each course where it is at the newest plot; empty if that must be flown first.
  func falls(
    of fit: Fit, at ends: [Passage], _ priors: FlightPriors
  ) -> [(share: Double, fall: Fall)] {
    var parts: [(share: Double, fall: Fall)] = []
    let burn = fit.burn(dynamics, ground: ground, priors)
    for (index, course) in fit.courses.enumerated() where course.logWeight > -5 {
      let now = ends.isEmpty ? fit.now(course, dynamics) : Belief(course, at: ends[index])
      guard var belief = now else { continue }
      belief.age(priors, sinceChange: fit.changed.map { (fit.newest - $0).inSeconds })
      let share = exp(course.logWeight)
      guard course.motor == .burning, let burn else {
        if let fall = fall(of: belief, burning: 0) { parts.append((share, fall)) }
        continue
      }
      for rank in [5.0 / 6, 0.5, 1.0 / 6] {
        let more = burn.moment(outlivedBy: rank, from: fit.lastElapsed) - fit.lastElapsed
        if let fall = fall(of: belief, burning: more) { parts.append((share / 3, fall)) }
      }
    }
    return parts
  }
}
