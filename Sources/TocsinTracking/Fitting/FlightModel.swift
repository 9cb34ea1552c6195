#if canImport(Glibc)
  import Glibc
#endif

/// Sixteen numbers that a flight follows from, at one moment of it, its epoch.
///
/// | index | meaning |
/// |---|---|
/// | 0–2, 3–5 | place in meters and velocity in m/s at the epoch |
/// | 6 | ln of Cd·A/m in m²/kg at Mach 1.2 |
/// | 7 | ln of drag at Mach 1.2 over drag well below the speed of sound |
/// | 8 | Mach by which the rise between the two comes later than usual |
/// | 9 | exponent with which drag falls beyond Mach 1.2 |
/// | 10, 11 | wind to east and to north beside the message's, m/s |
/// | 12, 13 | ln of thrust over mass in m/s² at the epoch, and its growth per second |
/// | 14 | burnout, seconds after the epoch |
/// | 15 | lift of the nose that lags the turning path, m/s² in sea-level air |
typealias Numbers = SIMD16<Double>

/// What acts on a body with given numbers, and how that changes with each of them.
///
///     a = −g(h) up − 2 Ω × v − ½ ρ(h) k C(M) |u| u + T e + λ ρ/ρ₀ (up − (up·e) e)
///     u = v − wind,   e = u/|u|
struct FlightModel {
  let dynamics: Dynamics
  private(set) var drag = 0.0
  private(set) var ratio = 0.0
  private(set) var onset = 0.0
  private(set) var fall = 0.0
  private(set) var wind = Vector()
  private(set) var thrust = 0.0
  private(set) var growth = 0.0
  private(set) var lift = 0.0

  /// Middle and width of the rise of drag through the speed of sound.
  static let middle = 0.97
  static let width = 0.26
  /// Mach from which on drag falls.
  static let crest = 1.2
  static let seaLevelDensity = 1.225

  init(_ numbers: Numbers, _ dynamics: Dynamics) {
    self.dynamics = dynamics
    drag = exp(numbers[6])
    ratio = numbers[7]
    onset = Self.middle + numbers[8] - Self.width / 2
    fall = numbers[9]
    wind = Vector(numbers[10], numbers[11], 0)
    thrust = exp(min(numbers[12], 9))
    growth = numbers[13]
    lift = numbers[15] / Self.seaLevelDensity
  }

  /// ln C(M) and its slopes by Mach, ratio, fall and onset.
  @inline(__always)
  private func shape(_ mach: Double) -> (
    value: Double, byMach: Double, byRatio: Double, byFall: Double, rise: Double
  ) {
    let share = min(max((mach - onset) * (1 / Self.width), 0), 1)
    let step = share * share * (3 - 2 * share)
    let rise = ratio * 6 * share * (1 - share) * (1 / Self.width)
    let isBeyond = mach > Self.crest
    let beyond = isBeyond ? log(mach * (1 / Self.crest)) : 0
    return (
      -ratio * (1 - step) - fall * beyond, rise - (isBeyond ? fall / mach : 0), step - 1, -beyond,
      rise
    )
  }

  @inline(__always)
  func push(at elapsed: Double) -> Double {
    growth == 0 ? thrust : thrust * exp(min(max(growth * elapsed, -2), 2))
  }

  @inline(__always)
  func acceleration(_ place: Vector, _ velocity: Vector, _ push: Double, _ elapsed: Double)
    -> Vector
  {
    let frame = dynamics.frame
    let height = frame.height(of: place)
    let air = dynamics.atmosphere.row(at: height)
    let relative = velocity - Vector(air.z, air.w, 0) - wind
    let speed = max(length(relative), 0.1)
    let level = shape(speed / air.y).value
    let pull = 0.5 * air.x * drag * exp(min(level, 5)) * speed
    let up = frame.up(at: place)
    let heading = relative / speed
    return (push - pull * speed) * heading + lift * air.x * (up - dot(up, heading) * heading)
      - dynamics.weight(height) * up
      - 2 * cross(dynamics.turning, velocity)
  }

  /// The acceleration and its derivatives: by place, by velocity (columns), by the numbers (rows).
  struct Slopes {
    var acceleration: Vector
    var place: (Vector, Vector, Vector)
    var velocity: (Vector, Vector, Vector)
    var numbers: (Numbers, Numbers, Numbers)
  }

  func slopes(_ place: Vector, _ velocity: Vector, _ push: Double, _ elapsed: Double) -> Slopes {
    let frame = dynamics.frame
    let height = frame.height(of: place)
    let air = dynamics.atmosphere.air(at: height)
    let relative = velocity - air.wind - wind
    let speed = max(length(relative), 0.1)
    let mach = speed / air.sound
    let form = shape(mach)
    let pull = 0.5 * air.density * drag * exp(min(form.value, 5)) * speed
    let force = -pull * relative
    let heading = relative / speed
    let steepness = mach * form.byMach
    let along = -pull * (1 + steepness) - push / speed
    let level = push / speed - pull
    let byX = level * Vector(1, 0, 0) + (along * heading.x) * heading
    let byY = level * Vector(0, 1, 0) + (along * heading.y) * heading
    let byZ = level * Vector(0, 0, 1) + (along * heading.z) * heading
    let byHeight = force * (air.densitySlope - steepness * air.soundSlope)
    let up = frame.up(at: place)
    let weight = dynamics.weight(height) * frame.curvatureEast
    let turning = dynamics.turning
    let thrust = push * heading
    let across = up - dot(up, heading) * heading
    let raised = (air.density / Self.seaLevelDensity) * across
    let acceleration =
      (push - pull * speed) * heading + lift * air.density * across
      - dynamics.weight(height) * up - 2 * cross(turning, velocity)
    func row(_ axis: Int) -> Numbers {
      Numbers(
        0, 0, 0, 0, 0, 0, force[axis], force[axis] * form.byRatio, -force[axis] * form.rise,
        force[axis] * form.byFall, -byX[axis], -byY[axis], thrust[axis], thrust[axis] * elapsed, 0,
        raised[axis])
    }
    return Slopes(
      acceleration: acceleration,
      place: (
        byHeight * up.x - Vector(weight, 0, 0), byHeight * up.y - Vector(0, weight, 0),
        byHeight * up.z + Vector(0, 0, 2 * weight)
      ),
      velocity: (
        byX - 2 * cross(turning, Vector(1, 0, 0)), byY - 2 * cross(turning, Vector(0, 1, 0)),
        byZ - 2 * cross(turning, Vector(0, 0, 1))
      ),
      numbers: (row(0), row(1), row(2)))
  }
}

/// A body on its way: where it is, and how that depends on the numbers at the epoch.
struct Passage {
  var elapsed: Double
  var place: Vector
  var velocity: Vector
  /// Derivatives of place and velocity, a row each.
  var placeRows: (Numbers, Numbers, Numbers)
  var velocityRows: (Numbers, Numbers, Numbers)

  init(_ numbers: Numbers) {
    elapsed = 0
    place = Vector(numbers[0], numbers[1], numbers[2])
    velocity = Vector(numbers[3], numbers[4], numbers[5])
    func unit(_ index: Int) -> Numbers {
      var row = Numbers()
      row[index] = 1
      return row
    }
    placeRows = (unit(0), unit(1), unit(2))
    velocityRows = (unit(3), unit(4), unit(5))
  }

  /// One step: fourth order for the body, the midpoint rule for its derivatives.
  mutating func step(_ span: Double, _ model: FlightModel, burning: Bool) {
    let half = 0.5 * span
    let push = burning ? model.push(at: elapsed) : 0
    let middlePush = burning ? model.push(at: elapsed + half) : 0
    let lastPush = burning ? model.push(at: elapsed + span) : 0
    let start = model.slopes(place, velocity, push, elapsed)
    let first = start.acceleration
    let middle = velocity + half * first
    let center = model.slopes(place + half * velocity, middle, middlePush, elapsed + half)
    let second = center.acceleration
    let middleAgain = velocity + half * second
    let third = model.acceleration(place + half * middle, middleAgain, middlePush, elapsed + half)
    let last = velocity + span * third
    let fourth = model.acceleration(place + span * middleAgain, last, lastPush, elapsed + span)

    let rates = Self.rates(start, placeRows, velocityRows)
    let midPlace = Self.sum(placeRows, velocityRows, half)
    let midVelocity = Self.sum(velocityRows, rates, half)
    let midRates = Self.rates(center, midPlace, midVelocity)
    placeRows = Self.sum(placeRows, midVelocity, span)
    velocityRows = Self.sum(velocityRows, midRates, span)

    place += (span / 6) * (velocity + 2 * middle + 2 * middleAgain + last)
    velocity += (span / 6) * (first + 2 * second + 2 * third + fourth)
    elapsed += span
  }

  /// At burnout: what a later one would have added.
  mutating func burnOut(_ model: FlightModel) {
    let air = model.dynamics.atmosphere.row(at: model.dynamics.frame.height(of: place))
    let relative = velocity - Vector(air.z, air.w, 0) - model.wind
    let push = (model.push(at: elapsed) / max(length(relative), 0.1)) * relative
    velocityRows.0[14] += push.x
    velocityRows.1[14] += push.y
    velocityRows.2[14] += push.z
  }

  @inline(__always)
  private static func rates(
    _ slopes: FlightModel.Slopes, _ place: (Numbers, Numbers, Numbers),
    _ velocity: (Numbers, Numbers, Numbers)
  ) -> (Numbers, Numbers, Numbers) {
    @inline(__always)
    func row(_ axis: Int, _ own: Numbers) -> Numbers {
      var sum = own + slopes.place.0[axis] * place.0
      sum += slopes.place.1[axis] * place.1
      sum += slopes.place.2[axis] * place.2
      sum += slopes.velocity.0[axis] * velocity.0
      sum += slopes.velocity.1[axis] * velocity.1
      sum += slopes.velocity.2[axis] * velocity.2
      return sum
    }
    return (row(0, slopes.numbers.0), row(1, slopes.numbers.1), row(2, slopes.numbers.2))
  }

  @inline(__always)
  private static func sum(
    _ rows: (Numbers, Numbers, Numbers), _ rates: (Numbers, Numbers, Numbers), _ span: Double
  ) -> (Numbers, Numbers, Numbers) {
    (rows.0 + span * rates.0, rows.1 + span * rates.1, rows.2 + span * rates.2)
  }
}
