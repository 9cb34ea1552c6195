import Testing
import TocsinCore
import TocsinModel

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
