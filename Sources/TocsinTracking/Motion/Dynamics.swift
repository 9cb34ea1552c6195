import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// What acts on a body in flight, in one frame: gravity, the Earth's turning, drag and thrust.
///
///     a = −g(h) up − 2 Ω × v − ½ ρ(h) k C(M) |u| u + T u/|u|,   u = v − wind
struct Dynamics: Sendable {
  let frame: Frame
  let atmosphere: Atmosphere
  /// Gravity at the ellipsoid with the centrifugal part (Somigliana), and the Earth's turning in
  /// the frame.
  let shape = DragShape()
  let gravity: Double
  let turning: Vector

  init(frame: Frame, atmosphere: Atmosphere) {
    self.frame = frame
    self.atmosphere = atmosphere
    let sine = sin(frame.origin.latitude * .pi / 180)
    gravity =
      9.7803253359 * (1 + 0.00193185265241 * sine * sine)
      / (1 - Frame.eccentricitySquared * sine * sine).squareRoot()
    turning = frame.direction(fromGeocentric: Vector(0, 0, 7.292115e-5))
  }

  /// What the body brings with it: ln(k / (m²/kg)), the wind beside the message's, thrust in m/s².
  struct Body {
    /// k C at low speed, in m²/kg; kept beside its ln because `exp` is slow.
    private(set) var drag: Double
    var logDrag: Double { didSet { drag = exp(logDrag) } }
    var wind: Vector
    var thrust: Double
    /// Added to `logDrag` above the speed of sound, see `DragShape.supersonic`.
    var shape = 0.0

    init(logDrag: Double, wind: Vector, thrust: Double) {
      self.logDrag = logDrag
      self.wind = wind
      self.thrust = thrust
      drag = exp(logDrag)
    }
  }

  func acceleration(_ place: Vector, _ velocity: Vector, _ body: Body) -> Vector {
    let height = frame.height(of: place)
    let air = atmosphere.row(at: height)
    let wind = velocity - Vector(air.z, air.w, 0) - body.wind
    let speed = max(length(wind), 0.1)
    let mach = speed / air.y
    var drag = 0.5 * air.x * body.drag * shape.value(at: mach) * speed
    if body.shape != 0 { drag *= exp(body.shape * DragShape.supersonic(mach)) }
    return (body.thrust / speed - drag) * wind - weight(height) * frame.up(at: place)
      - 2 * cross(turning, velocity)
  }

  @inline(__always)
  func weight(_ height: Double) -> Double { gravity - 3.086e-6 * height }

  func mach(_ place: Vector, _ velocity: Vector, _ wind: Vector) -> Double {
    let air = atmosphere.air(at: frame.height(of: place))
    return length(velocity - air.wind - wind) / air.sound
  }

  /// The derivatives of the acceleration; each is the vector that one unit of the cause adds.
  struct Slopes {
    var place: (Vector, Vector, Vector)
    var velocity: (Vector, Vector, Vector)
    var logDrag: Vector
    var windEast: Vector
    var windNorth: Vector
    var logThrust: Vector
  }

  func slopes(_ place: Vector, _ velocity: Vector, _ body: Body) -> Slopes {
    let height = frame.height(of: place)
    let air = atmosphere.air(at: height)
    let wind = velocity - air.wind - body.wind
    let speed = max(length(wind), 0.1)
    let mach = speed / air.sound
    let form = shape.valueAndSlope(at: mach)
    let drag = 0.5 * air.density * body.drag * form.value * speed
    let steepness = mach * form.slope / form.value
    let pull = -drag * wind
    let push = body.thrust / speed
    let heading = wind / speed
    // −D (|u| I + (1 + M C'/C) u uᵀ/|u|) + T/|u| (I − u uᵀ/|u|²)
    let along = -drag * (1 + steepness) * speed - push * speed
    let level = push - drag
    func column(_ axis: Vector) -> Vector {
      level * axis + along * (dot(heading, axis) / speed) * heading
    }
    let (x, y, z) = (Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1))
    let (byX, byY, byZ) = (column(x), column(y), column(z))
    let byHeight = pull * (air.densitySlope - steepness * air.soundSlope)
    let up = frame.up(at: place)
    let fall = weight(height) * frame.curvatureEast
    return Slopes(
      place: (
        byHeight * up.x - Vector(fall, 0, 0), byHeight * up.y - Vector(0, fall, 0),
        byHeight * up.z + Vector(0, 0, 2 * fall)
      ),
      velocity: (
        byX - 2 * cross(turning, x), byY - 2 * cross(turning, y), byZ - 2 * cross(turning, z)
      ),
      logDrag: pull, windEast: -byX, windNorth: -byY, logThrust: push * wind)
  }

  /// One Runge–Kutta step of fourth order; the midpoint rule where it is short.
  func step(_ place: Vector, _ velocity: Vector, _ body: Body, _ span: Double) -> (Vector, Vector) {
    let half = 0.5 * span
    let first = acceleration(place, velocity, body)
    let middle = velocity + half * first
    let second = acceleration(place + half * velocity, middle, body)
    if span <= 0.12 {
      return (place + span * velocity + (0.5 * span * span) * first, velocity + span * second)
    }
    let middleAgain = velocity + half * second
    let third = acceleration(place + half * middle, middleAgain, body)
    let last = velocity + span * third
    let fourth = acceleration(place + span * middleAgain, last, body)
    return (
      place + (span / 6) * (velocity + 2 * middle + 2 * middleAgain + last),
      velocity + (span / 6) * (first + 2 * second + 2 * third + fourth)
    )
  }
}
