import Testing
import TocsinModel
import TocsinSimulation

@Suite struct `A flight` {
  @Test func `without air is the parabola of the schoolbook, bent by the turning earth`() {
    let flight = Flight(start: .rising(east: 120, north: 160, up: 150), body: .inVacuum)
    let path = Path(of: flight)
    let plane = Plane(around: flight.start.position)
    // The earth's turning seen at 31.6 degrees north, east, north, up.
    let turning = SIMD3(0.0, 6.2109e-5, 3.8210e-5)
    let pull = SIMD3(0.0, 0, -9.795)
    let first = SIMD3(120.0, 160, 150)
    for second in stride(from: 1.0, through: 20, by: 1) {
      let state = path.state(at: flight.start.time + .seconds(second))!
      let offset = plane.offset(of: state.position)
      let (square, cube) = (second * second, second * second * second)
      let sideways = cross(turning, first) * -square
      let bend = cross(turning, pull) * (-cube / 3)
      let straight: SIMD3<Double> = first * second + pull * (square / 2)
      let expected = straight + sideways + bend
      // The ground falls away under a straight line.
      let curved = offset.length * offset.length / 12_742_000
      let up = state.height - 500 - curved
      #expect(abs(offset.east - expected.x) < 1.5, "east after \(second) s")
      #expect(abs(offset.north - expected.y) < 1.5, "north after \(second) s")
      #expect(abs(up - expected.z) < 1.5, "up after \(second) s")
    }
  }

  @Test(arguments: [100.0, 400, 900])
  func `without air keeps its energy`(speed: Double) {
    let flight = Flight(start: .rising(east: speed / 2, north: 0, up: speed), body: .inVacuum)
    let energies = Path(of: flight).states.map(\.energy)
    // The test's potential and the ellipsoid's gravity differ in the fourth digit.
    #expect(energies.max()! - energies.min()! < 1e-3 * speed * speed)
  }

  @Test func `in air loses energy at every step while nothing drives it`() {
    let energies = Path(of: .usual).states.map(\.energy)
    #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func `falls at last at the speed at which the air carries its weight`() {
    let start = Flight.State(
      time: .noon, position: .center, height: 3000,
      velocity: Flight.Velocity(east: 0, north: 0, up: -50))
    let body = Body(ballisticCoefficient: 100, drag: .level)
    let path = Path(of: Flight(start: start, body: body))
    let expected = (2 * 9.795 * 100 / 1.225).squareRoot()
    #expect(path.end == .impact)
    #expect(abs(path.last.velocity.speed - expected) < 0.5)
  }

  @Test func `goes less far the more the air slows it`() {
    let reaches = [2000.0, 4000, 8000].map { coefficient -> Double in
      var flight = Flight.usual
      flight.body.ballisticCoefficient = coefficient
      return Plane(around: .center).offset(of: Path(of: flight).last.position).length
    }
    #expect(reaches == reaches.sorted())
    #expect(reaches[0] < reaches[2] - 500)
  }

  @Test func `is carried by the wind, and in still air by nothing`() {
    var windy = Flight.usual
    windy.wind = Offset(east: 10, north: 0)
    let plane = Plane(around: .center)
    let (still, carried) = (Path(of: .usual).last, Path(of: windy).last)
    let drift = plane.offset(of: carried.position) - plane.offset(of: still.position)
    let seconds = (carried.time - windy.start.time).inSeconds
    #expect(drift.east > 5)
    #expect(drift.east < 10 * seconds)
    // The air slows it a little differently along its way, too.
    #expect(abs(drift.north) < 40)
  }

  @Test func `ends on the ground it was given, to a millimeter`() {
    var flight = Flight.usual
    flight.groundHeight = 123.5
    let path = Path(of: flight)
    #expect(path.end == .impact)
    #expect(abs(path.last.height - 123.5) < 0.001)
    #expect(path.states.dropLast().allSatisfy { $0.height > 123.5 })
  }

  @Test func `ends in the air when it bursts`() {
    var flight = Flight.usual
    flight.burst = .milliseconds(7510)
    let path = Path(of: flight)
    #expect(path.end == .burst)
    #expect(path.last.time == .noon + .milliseconds(7510))
    #expect(path.last.height > 100)
    #expect(path.state(at: path.last.time + .nanoseconds(1)) == nil)
  }

  @Test func `that comes down before it would burst comes down`() {
    var flight = Flight.usual
    flight.burst = .seconds(600)
    #expect(Path(of: flight).end == .impact)
  }

  @Test func `is driven as long as its thrust lasts and not longer`() {
    var flight = Flight(start: .rising(east: 30, north: 0, up: 40), body: .inVacuum)
    flight.body.thrust = Body.Thrust(acceleration: 100, duration: .milliseconds(1990))
    let path = Path(of: flight)
    let burnt = path.state(at: .noon + .milliseconds(1990))!
    // 50 m/s and 199 m/s along the line of flight, less what gravity takes from it.
    #expect(burnt.velocity.speed < 50 + 199)
    #expect(burnt.velocity.speed > 50 + 199 - 9.8 * 1.99)
    let energies = path.states.filter { $0.time > burnt.time }.map(\.energy)
    #expect(energies.max()! - energies.min()! < 3)
  }

  @Test func `is the same between its steps as at them`() {
    let (fine, coarse) = (
      Path(of: .usual, step: .milliseconds(5)), Path(of: .usual, step: .milliseconds(50))
    )
    for millisecond in stride(from: 0, to: 20_000, by: 333) {
      let time = Timestamp.noon + .milliseconds(millisecond)
      let (one, other) = (fine.state(at: time)!, coarse.state(at: time)!)
      let plane = Plane(around: .center)
      let apart = plane.offset(of: one.position) - plane.offset(of: other.position)
      #expect(apart.length < 0.01)
      #expect(abs(one.height - other.height) < 0.01)
    }
  }
}

@Suite struct `The standard atmosphere` {
  /// Source: ISO 2533, table 1: geometric height, density, speed of sound.
  @Test(arguments: [
    (0.0, 1.2250, 340.29), (1000.0, 1.1117, 336.43), (5000.0, 0.73643, 320.55),
    (10_000.0, 0.41351, 299.53), (20_000.0, 0.088910, 295.07), (30_000.0, 0.018410, 301.71),
  ])
  func `has the table's density and speed of sound`(row: (Double, Double, Double)) {
    #expect(abs(Atmosphere.standard.density(atHeight: row.0) / row.1 - 1) < 0.001)
    #expect(abs(Atmosphere.standard.speedOfSound(atHeight: row.0) - row.2) < 0.05)
  }

  @Test func `is thinner when it is warmer`() {
    #expect(Atmosphere(warmer: 20).density(atHeight: 100) < 1.15)
  }
}

private func cross(_ left: SIMD3<Double>, _ right: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(
    left.y * right.z - left.z * right.y, left.z * right.x - left.x * right.z,
    left.x * right.y - left.y * right.x)
}

extension Flight.State {
  /// Per kilogram: of motion, and of height in a gravity that weakens with it.
  fileprivate var energy: Double {
    let speed = velocity.speed
    return speed * speed / 2 + 9.795 * height * (1 - height / 6_378_000)
  }

  static func rising(east: Double, north: Double, up: Double) -> Flight.State {
    Flight.State(
      time: .noon, position: .center, height: 500,
      velocity: Flight.Velocity(east: east, north: north, up: up))
  }
}

extension Flight {
  static let usual = Flight(
    start: .rising(east: 150, north: 60, up: 180), body: Body(ballisticCoefficient: 3000))
}

extension Body {
  static let inVacuum = Body(ballisticCoefficient: nil)
}

extension Timestamp {
  static let noon = Timestamp("2026-01-01T12:00:00Z")!
}

extension Position {
  static let center = Position(latitude: 31.6, longitude: 34.6)
}
