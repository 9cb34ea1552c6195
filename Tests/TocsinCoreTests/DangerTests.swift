import Testing
import TocsinCore
import TocsinModel
import TocsinSimulation

@Suite struct `P(zone)` {
  static let place = Position(latitude: 31.5, longitude: 34.5)

  func forecast(east: Double, north: Double, sigma: Double) -> Forecast {
    let now = Timestamp(seconds: 1_700_000_000)
    let plane = Plane(around: Self.place)
    return Forecast(
      track: "1", time: now, impact: plane.position(at: Offset(east: east, north: north)),
      impactTime: now + .seconds(30),
      covariance: .init(eastEast: sigma * sigma, eastNorth: 0, northNorth: sigma * sigma),
      sigmaTime: 1, burstProbability: 0, ended: false)
  }

  func atlas(radius: Double = 300) -> Atlas {
    var plan = Plan(zones: [Scene.zone("town", Self.place)])
    plan.policy.dangerRadius = radius
    return Atlas(plan)
  }

  @Test func `is one at the middle of a sharp forecast and nothing far away`() {
    #expect(
      atlas().probabilities(of: forecast(east: 0, north: 0, sigma: 50)).map(\.probability) == [1])
    #expect(atlas().probabilities(of: forecast(east: 5000, north: 0, sigma: 50)).isEmpty)
  }

  @Test func `is a half on the line that keeps the danger radius`() throws {
    let p = try #require(atlas().probabilities(of: forecast(east: 800, north: 0, sigma: 20)).first)
    #expect(abs(p.probability - 0.5) < 0.03)
  }

  /// A body's odds to come down within a distance of a point, and of a long wall.
  @Test(arguments: [50.0, 300, 4000])
  func `is exact around a point and along a wall`(sigma: Double) {
    let plane = Plane(around: Self.place)
    let ground = GroundDistribution(
      mean: Offset(east: 0, north: 0),
      covariance: .init(eastEast: sigma * sigma, eastNorth: 0, northNorth: sigma * sigma))
    let point = Outline(
      around: Area(ring: [Self.place, Self.place, Self.place]), radius: 300, on: plane)
    let half = 300 * 300 / (2 * sigma * sigma)
    #expect(abs(ground.probability(within: point) - (1 - exponential(-half))) < 1e-7)
    let ends = [-60_000.0, 60_000].map { plane.position(at: Offset(east: $0, north: 0)) }
    let wall = Outline(around: Area(ring: ends + [Self.place]), radius: 300, on: plane)
    #expect(abs(ground.probability(within: wall) - errorFunction(half.squareRoot())) < 1e-7)
  }

  @Test(arguments: 1...UInt64(20))
  func `is right for a ring that crosses itself`(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let corners = (0..<8).map { _ in
      Offset(east: chance.unit() * 2000 - 1000, north: chance.unit() * 2000 - 1000)
    }
    let plane = Plane(around: Self.place)
    let area = Area(ring: corners.map(plane.position(at:)))
    let outline = Outline(around: area, radius: 300, on: plane)
    let ground = GroundDistribution(
      mean: Offset(east: 200, north: -300),
      covariance: .init(eastEast: 250_000, eastNorth: 80_000, northNorth: 160_000))
    let step = 10.0
    var sum = 0.0
    for column in -130..<130 {
      for row in -130..<130 {
        let point = Offset(east: Double(column) * step, north: Double(row) * step)
        guard
          area.contains(plane.position(at: point))
            || corners.indices.contains(where: {
              distance(point, corners[$0], corners[($0 + 1) % 8]) < 300
            })
        else { continue }
        let (east, north) = (point.east - 200, point.north + 300)
        let square = 160_000 * east * east - 160_000 * east * north + 250_000 * north * north
        sum += exponential(-square / (2 * 33.6e9))
      }
    }
    sum *= step * step / (2 * .pi * 33.6e9.squareRoot())
    #expect(abs(ground.probability(within: outline) - sum) < 0.001)
  }

  /// The rounded square against a sum over a fine grid.
  @Test(arguments: [(300.0, 200.0, 400.0), (1200, -700, 600), (0, 900, 250)])
  func `equals the sum over a fine grid`(east: Double, north: Double, sigma: Double) throws {
    let step = 10.0
    var sum = 0.0
    for column in -85..<85 {
      for row in -85..<85 {
        let (x, y) = ((Double(column) + 0.5) * step, (Double(row) + 0.5) * step)
        let (outX, outY) = (max(abs(x) - 500, 0), max(abs(y) - 500, 0))
        guard outX * outX + outY * outY <= 300 * 300 else { continue }
        let square = (x - east) * (x - east) + (y - north) * (y - north)
        sum += exponential(-square / (2 * sigma * sigma))
      }
    }
    sum *= step * step / (2 * .pi * sigma * sigma)
    let p = try #require(
      atlas().probabilities(of: forecast(east: east, north: north, sigma: sigma)).first)
    #expect(abs(p.probability - sum) < 0.004)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
private func exponential(_ value: Double) -> Double { exp(value) }
private func errorFunction(_ value: Double) -> Double { erf(value) }

private func distance(_ point: Offset, _ from: Offset, _ to: Offset) -> Double {
  let (along, away) = (to - from, point - from)
  let share = (away.east * along.east + away.north * along.north) / (along.length * along.length)
  let held = max(0, min(1, share))
  return Offset(east: away.east - held * along.east, north: away.north - held * along.north).length
}
