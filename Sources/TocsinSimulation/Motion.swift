import TocsinModel

/// The equations of a flight, in axes that turn with the earth.
struct Motion {
  let flight: Flight

  init(_ flight: Flight) { self.flight = flight }

  /// Place and velocity in the earth's axes.
  struct Point {
    var place: SIMD3<Double>
    var velocity: SIMD3<Double>

    static func + (point: Point, change: Point) -> Point {
      Point(place: point.place + change.place, velocity: point.velocity + change.velocity)
    }

    static func * (change: Point, seconds: Double) -> Point {
      Point(place: change.place * seconds, velocity: change.velocity * seconds)
    }
  }

  var start: Point { point(flight.start) }

  func point(_ state: Flight.State) -> Point {
    let velocity = SIMD3(state.velocity.east, state.velocity.north, state.velocity.up)
    return Point(
      place: Earth.vector(state.position, height: state.height),
      velocity: Compass(at: state.position).global(velocity))
  }

  func state(_ point: Point, at elapsed: Duration) -> Flight.State {
    let (position, height) = Earth.place(point.place)
    let local = Compass(at: position).local(point.velocity)
    return Flight.State(
      time: flight.start.time + elapsed, position: position, height: height,
      velocity: Flight.Velocity(east: local.x, north: local.y, up: local.z))
  }

  /// One step of the classical fourth-order Runge-Kutta method, cut where the thrust ends.
  func moved(_ point: Point, by seconds: Double, at elapsed: Double) -> Point {
    let tumble = tumbling(at: elapsed)
    guard let thrust = flight.body.thrust else {
      return runge(point, by: seconds, Phase(isDriven: false, tumble: tumble))
    }
    let left = thrust.duration.inSeconds - elapsed
    if left > 1e-9, left < seconds {
      let burnt = runge(point, by: left, Phase(isDriven: true, tumble: tumble))
      return runge(burnt, by: seconds - left, Phase(isDriven: false, tumble: tumble))
    }
    return runge(point, by: seconds, Phase(isDriven: left > 1e-9, tumble: tumble))
  }

  private func tumbling(at elapsed: Double) -> Double {
    guard let tumble = flight.body.tumble, elapsed >= tumble.after.inSeconds else { return 1 }
    return tumble.factor
  }

  /// What acts on it throughout one step.
  private struct Phase {
    var isDriven: Bool
    /// The factor on drag by its tumbling.
    var tumble: Double
  }

  /// After how many seconds of a step the ground is reached.
  func descent(from point: Point, by seconds: Double, at elapsed: Double) -> Double {
    var (low, high) = (0.0, seconds)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let height = Earth.place(moved(point, by: middle, at: elapsed).place).height
      if height > flight.groundHeight { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private func runge(_ point: Point, by seconds: Double, _ phase: Phase) -> Point {
    let first = change(point, phase)
    let second = change(point + first * (seconds / 2), phase)
    let third = change(point + second * (seconds / 2), phase)
    let fourth = change(point + third * seconds, phase)
    return point + (first + second * 2 + third * 2 + fourth) * (seconds / 6)
  }

  private func change(_ point: Point, _ phase: Phase) -> Point {
    let (position, height) = Earth.place(point.place)
    let compass = Compass(at: position)
    var acceleration =
      compass.up * -Earth.gravity(latitude: position.latitude, height: height)
      - cross(Earth.rotation, point.velocity) * 2
    let air =
      point.velocity - compass.global(SIMD3(flight.wind.east, flight.wind.north, 0))
    acceleration += drag(air, height) * phase.tumble
    if phase.isDriven, let thrust = flight.body.thrust {
      acceleration += point.velocity * (thrust.acceleration / max(length(point.velocity), 1))
    }
    return Point(place: point.velocity, velocity: acceleration)
  }

  private func drag(_ air: SIMD3<Double>, _ height: Double) -> SIMD3<Double> {
    guard let coefficient = flight.body.ballisticCoefficient else { return .zero }
    let speed = length(air)
    let mach = speed / flight.atmosphere.speedOfSound(atHeight: height)
    let factor = flight.body.drag.factor(atMach: mach)
    let density = flight.atmosphere.density(atHeight: height)
    return air * (-0.5 * density * speed * factor / coefficient)
  }
}
