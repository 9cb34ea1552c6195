#if canImport(Glibc)
  import Glibc
#endif

/// What plots and prior say together about the numbers of one course: Gauss–Newton over the whole
/// flight, and ln of the evidence by Laplace's approximation.
struct Fitting {
  let dynamics: Dynamics
  let ground: Ground
  let points: ArraySlice<FitPoint>
  let mean: Numbers
  let information: Matrix16
  /// ln of the determinant of `information`.
  let logInformation: Double
  /// Whether a body seen under thrust is known to have begun at rest.
  let isFromRest: Bool

  /// Squared distance of a plot from which on less of it is believed, the farther the less.
  static let wild = 25.0

  /// Half the squared distance from plots and prior, its slope and its curvature at some numbers.
  struct Look {
    var cost: Double
    var slope: Numbers
    var curvature: Matrix16
    /// Where the flight is at the newest plot.
    var end: Passage
  }

  /// Moves a course to its likeliest numbers in at most so many turns.
  /// - Returns: where it is then at the newest plot; `nil` if no flight fits.
  func fit(_ course: inout Course, turns: Int) -> Passage? {
    guard var look = look(at: course.numbers, course.motor), look.cost.isFinite,
      var (covariance, logCurvature) = look.curvature.inverse()
    else { return nil }
    var numbers = course.numbers
    for _ in 0..<turns {
      let full = covariance.times(-1 * look.slope)
      guard -(full * look.slope).sum() > 0.02,
        let better = descend(from: numbers, along: full, than: look, course.motor),
        let (inverse, logarithm) = better.look.curvature.inverse()
      else { break }
      (numbers, look, covariance, logCurvature) = (better.numbers, better.look, inverse, logarithm)
    }
    course.numbers = numbers
    course.covariance = covariance
    course.cost = look.cost
    course.logEvidence = -look.cost + 0.5 * (logInformation - logCurvature)
    course.isFitted = true
    return look.end
  }

  /// A step along a direction that makes things better, shortened until it does.
  private func descend(
    from numbers: Numbers, along full: Numbers, than look: Look, _ motor: Course.Motor
  ) -> (numbers: Numbers, look: Look)? {
    var share = 1.0
    for _ in 0..<4 {
      let trial = clamped(numbers + share * full)
      if let next = self.look(at: trial, motor), next.cost < look.cost + 1e-9 {
        return (trial, next)
      }
      share *= 0.35
    }
    return nil
  }

  /// What no body can be.
  private func clamped(_ numbers: Numbers) -> Numbers {
    var result = numbers
    result[6] = min(max(numbers[6], -13), -3)
    result[7] = min(max(numbers[7], -0.2), 1.6)
    result[8] = min(max(numbers[8], -0.3), 0.3)
    result[12] = min(max(numbers[12], 1), 8)
    result[13] = min(max(numbers[13], -0.6), 0.6)
    result[14] = min(max(numbers[14], 1e-3), (points.last?.elapsed ?? 0) + 3)
    return result
  }

  func look(at numbers: Numbers, _ motor: Course.Motor) -> Look? {
    let gap = numbers - mean
    let pull = information.times(gap)
    var look = Look(
      cost: 0.5 * (gap * pull).sum(), slope: pull, curvature: information, end: Passage(numbers))
    if motor != .spent && isFromRest { addRest(numbers, &look) }
    let end = Flown.follow(numbers, motor, points, dynamics) { add($0, $1, $2, &look) }
    guard let end else { return nil }
    look.end = end
    return look
  }

  /// A body that is first seen rising under thrust came from rest at the ground: v² ≈ 2 a s along
  /// a straight path of the height h = s sin γ. Thrust grows as mass burns off, so that its mean
  /// until then was some 7 % less.
  private func addRest(_ numbers: Numbers, _ look: inout Look) {
    let velocity = Vector(numbers[3], numbers[4], numbers[5])
    let pace = max(length(velocity), 1)
    let rise = max(velocity.z, 1)
    let place = Vector(numbers[0], numbers[1], numbers[2])
    let height = max(ground.clearance(of: place, in: dynamics.frame), 30)
    let thrust = exp(min(numbers[12], 9))
    let net = 0.93 * thrust - 9.8 * rise / pace
    guard net > 0.1 * thrust else { return }
    let miss = log(pace * rise / 2) - log(height) - log(net)
    var row = Numbers()
    for axis in 0..<3 { row[3 + axis] = velocity[axis] / (pace * pace) }
    row[5] += 1 / rise
    row[12] = -0.93 * thrust / net
    row[2] = -1 / height
    // The ground there may lie 20 m higher or lower.
    let sigma = Self.restSigma(atHeight: height)
    let trust = min(1, 3 * sigma / max(abs(miss), 1e-9)) / (sigma * sigma)
    look.cost += 0.5 * trust * miss * miss
    look.slope += (trust * miss) * row
    look.curvature.add((row, Numbers(), Numbers()), (trust * row, Numbers(), Numbers()))
  }

  /// How far ln of that relation strays; the ground there may lie 20 m higher or lower.
  static func restSigma(atHeight height: Double) -> Double { 0.12 + 20 / max(height, 30) }

  @inline(__always)
  private func add(
    _ point: FitPoint, _ before: Passage, _ after: Passage, _ look: inout Look
  ) {
    let rows = Flown.rows(at: point.elapsed, before, after)
    let place = Flown.place(at: point.elapsed, before, after)
    let miss = point.place - place
    let weight = point.weight
    let pull = point.weighted(miss)
    let distance = dot(miss, pull)
    let isWild = distance > Self.wild
    let trust = isWild ? Self.wild / distance : 1
    look.cost += isWild ? 0.5 * Self.wild * (1 + log(distance / Self.wild)) : 0.5 * distance
    look.slope -= (trust * pull.x) * rows.0
    look.slope -= (trust * pull.y) * rows.1
    look.slope -= (trust * pull.z) * rows.2
    @inline(__always)
    func weighted(_ row: Vector) -> Numbers {
      var sum = (trust * row.x) * rows.0
      sum += (trust * row.y) * rows.1
      sum += (trust * row.z) * rows.2
      return sum
    }
    look.curvature.add(rows, (weighted(weight.0), weighted(weight.1), weighted(weight.2)))
  }
}
