import Testing
import TocsinCore
import TocsinModel
import TocsinSimulation

@Suite struct `The zones near a forecast` {
  struct Map: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var zones: [Zone]
  }

  /// Small zones, 3 km apart.
  static func small(around center: Position, side: Int = 20) -> [Zone] {
    let plane = Plane(around: center)
    return (0..<side * side).map { index in
      let place = plane.position(
        at: Offset(
          east: Double(index % side - side / 2) * 3000,
          north: Double(index / side - side / 2) * 3000
        ))
      return Scene.zone("\(center.longitude)-\(index)", place)
    }
  }

  static func wide(_ id: String, around center: Position, reach: Double) -> Zone {
    let plane = Plane(around: center)
    var zone = Scene.zone(id, center)
    zone.area = Area(
      ring: (0..<7).map { plane.position(at: Offset(angle: Double($0) * 0.9, length: reach)) })
    return zone
  }

  static let moment = Timestamp(seconds: 1_700_000_000)
  static let home = Position(latitude: 31.5, longitude: 34.5)
  static let maps = [
    Map(testDescription: "plain", zones: small(around: home)),
    Map(
      testDescription: "across 180 degrees",
      zones: small(around: Position(latitude: -17, longitude: 179.99))
        + [wide("strait", around: Position(latitude: -17, longitude: -179.95), reach: 40_000)]),
    Map(
      testDescription: "with a zone over all others",
      zones: small(around: home) + [wide("province", around: home, reach: 60_000)]),
    Map(
      testDescription: "from the far north to the south",
      zones: small(around: Position(latitude: 78, longitude: 15), side: 8)
        + small(around: Position(latitude: -33, longitude: -71), side: 8)),
    Map(testDescription: "one", zones: [Scene.zone("only", home)]),
    Map(testDescription: "none", zones: []),
  ]

  @Test(arguments: maps)
  func `are those that a look at every zone finds, with the same P`(map: Map) {
    let atlas = Atlas(Plan(zones: map.zones))
    var chance = SeededGenerator(seed: 11)
    var found = 0
    for _ in 0..<300 {
      let zone = map.zones.isEmpty ? nil : map.zones[Int(chance.unit() * Double(map.zones.count))]
      let part = ellipse(about: zone?.label ?? Self.home, &chance)
      let near: [ZoneProbability] = atlas.probabilities(of: part)
      #expect(near == atlas.probabilities(of: part, among: map.zones.indices))
      found += near.count
    }
    #expect(map.zones.isEmpty || found > 100)
  }

  @Test func `lie on both sides of 180 degrees`() {
    let zones = [179.995, -179.995].map {
      Scene.zone("at \($0)", Position(latitude: 0, longitude: $0))
    }
    let atlas = Atlas(Plan(zones: zones))
    for longitude in [179.999, 180, -180, -179.999] {
      let part = Forecast.Part(
        share: 1, impact: Position(latitude: 0, longitude: longitude), impactTime: Self.moment,
        covariance: .init(eastEast: 90_000, eastNorth: 0, northNorth: 90_000), sigmaTime: 1)
      #expect(atlas.probabilities(of: part).map(\.zone) == zones.map(\.id))
    }
  }

  /// Axes of 20 m to 50 km, up to 5 km from the place.
  private func ellipse(
    about place: Position, _ chance: inout SeededGenerator
  ) -> Forecast.Part {
    let lengths = [chance.unit(), chance.unit()].map { 20 * power(2500, $0 * $0) }
    let turn = Offset(angle: chance.unit() * 7, length: 1)
    let (long, short) = (lengths[0] * lengths[0], lengths[1] * lengths[1])
    let away = Offset(angle: chance.unit() * 7, length: chance.unit() * 5000)
    return Forecast.Part(
      share: 1, impact: Plane(around: place).position(at: away), impactTime: Self.moment,
      covariance: .init(
        eastEast: long * turn.east * turn.east + short * turn.north * turn.north,
        eastNorth: (long - short) * turn.east * turn.north,
        northNorth: long * turn.north * turn.north + short * turn.east * turn.east),
      sigmaTime: 1)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
private func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
