import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// One to twelve bodies of one kind within ten seconds, first seen while they are still driven.
struct Salvo {
  private(set) var bodies: [World.Falling] = []

  private let land: Land
  private let wind: Offset
  private let atmosphere: Atmosphere
  /// What they share: seconds of thrust, m/s it gives, kg/m², meters from the center.
  private let burn, gain, coefficient, distance: Double

  /// - Parameter count: how many bodies; `nil`: by chance.
  init(over land: Land, wind: Offset, count: Int? = nil, _ chance: inout SeededGenerator) {
    self.land = land
    self.wind = wind
    atmosphere = Atmosphere(warmer: 6 * chance.normal())
    burn = chance.within(1...3.5)
    gain = chance.within(250...900)
    coefficient = 8_500 * exp(0.35 * chance.normal())
    distance = chance.within(10_000...22_000)
    for _ in 0..<(count ?? chance.whole(1...12)) { bodies.append(body(&chance)) }
  }

  /// One in ten bursts, one in ten tumbles.
  private func body(_ chance: inout SeededGenerator) -> World.Falling {
    var flight = flight(&chance)
    let fate = chance.unit()
    let moment = Duration.milliseconds(chance.whole(8_000...30_000))
    if fate < 0.1 {
      flight.body.tumble = Body.Tumble(after: moment, factor: chance.within(2...5))
    }
    guard fate > 0.9 else { return World.Falling(path: Path(of: flight)) }
    let unbroken = Path(of: flight)
    flight.burst = moment
    let path = Path(of: flight)
    guard path.end == .burst else { return World.Falling(path: path) }
    return World.Falling(path: path, unbroken: unbroken, pieces: pieces(of: path, &chance))
  }

  private func flight(_ chance: inout SeededGenerator) -> Flight {
    let burn = burn * (1 + 0.02 * chance.normal())
    let acceleration = gain * (1 + 0.03 * chance.normal()) / burn
    let seen = burn * chance.within(0.3...0.7)
    let elevation = chance.within(40...65) * .pi / 180
    let course = land.front + .pi + 0.3 * chance.normal()
    let speed = acceleration * seen
    let from = Offset(angle: land.front + 0.05 * chance.normal(), length: distance)
    return Flight(
      start: .init(
        time: World.start + .milliseconds(chance.whole(5_000...15_000)),
        position: Plane(around: land.center).position(at: from),
        height: land.groundHeight + 0.5 * acceleration * seen * seen * sin(elevation),
        velocity: .init(
          east: speed * cos(elevation) * cos(course), north: speed * cos(elevation) * sin(course),
          up: speed * sin(elevation))),
      body: Body(
        ballisticCoefficient: coefficient * exp(0.05 * chance.normal()),
        thrust: .init(
          acceleration: acceleration, duration: .milliseconds(Int64((burn - seen) * 1e3)))),
      wind: wind, atmosphere: atmosphere, groundHeight: land.groundHeight)
  }

  /// One that stays nearly whole, and four lighter ones.
  private func pieces(of path: Path, _ chance: inout SeededGenerator) -> [Path] {
    [0.6 * coefficient, 540, 170, 54, 18].map { coefficient in
      var state = path.last
      let kick = coefficient > 1_000 ? 15.0 : 60
      state.velocity.east += kick * chance.normal()
      state.velocity.north += kick * chance.normal()
      state.velocity.up += kick * chance.normal()
      return Path(
        of: Flight(
          start: state, body: Body(ballisticCoefficient: coefficient, drag: .slender),
          wind: wind, atmosphere: atmosphere, groundHeight: land.groundHeight),
        step: .milliseconds(50))
    }
  }
}
