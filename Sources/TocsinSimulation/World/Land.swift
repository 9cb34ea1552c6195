import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The ground of a world: towns of differing size as zones, some in several, around a center.
struct Land {
  let center: Position
  /// Ellipsoidal meters, everywhere the same.
  let groundHeight: Double
  /// Radians from east towards north, from the center to where bodies come from.
  let front: Double
  private(set) var zones: [Zone] = []

  /// Meters from the center within which towns lie.
  static let reach = 25_000.0

  private struct Town {
    var place: Offset
    var radius: Double
  }

  init(_ chance: inout SeededGenerator) {
    center = Position(latitude: chance.within(25...55), longitude: chance.within(-170...170))
    groundHeight = chance.within(0...400)
    front = chance.within(0...(2 * .pi))
    let hasPeople = chance.unit() < 0.5
    for town in Self.towns(chance.whole(100...300), &chance) {
      add(town, hasPeople: hasPeople, &chance)
    }
  }

  /// So many tries; a town that would overlap another is not built.
  private static func towns(_ count: Int, _ chance: inout SeededGenerator) -> [Town] {
    var towns: [Town] = []
    for _ in 0..<count {
      let town = Town(
        place: Offset(
          angle: chance.within(0...(2 * .pi)), length: reach * pow(chance.unit(), 0.6)),
        radius: min(450 * exp(0.8 * abs(chance.normal())), 3_500))
      let isFree = towns.allSatisfy {
        ($0.place - town.place).length > 1.25 * ($0.radius + town.radius)
      }
      if isFree { towns.append(town) }
    }
    return towns
  }

  /// Towns above 1.8 km are two zones, above 2.6 km four, cut like a cake.
  private mutating func add(_ town: Town, hasPeople: Bool, _ chance: inout SeededGenerator) {
    let plane = Plane(around: center)
    let corners = (0..<12).map { corner in
      let spoke = Offset(
        angle: Double(corner) * .pi / 6, length: town.radius * chance.within(0.75...1.25))
      return plane.position(
        at: Offset(east: town.place.east + spoke.east, north: town.place.north + spoke.north))
    }
    let parts = town.radius > 2_600 ? 4 : town.radius > 1_800 ? 2 : 1
    let density = hasPeople ? chance.within(300...6_000) : 0
    let shelter = chance.unit() < 0.08 ? nil : shelterSeconds(at: town.place)
    for part in 0..<parts {
      let slice = (0...(12 / parts)).map { corners[(part * 12 / parts + $0) % 12] }
      let middle = plane.position(at: town.place)
      let area = Area(ring: parts == 1 ? corners : slice + [middle])
      let number = zones.count + 1
      zones.append(
        Zone(
          id: "\(number)", name: Texts("Zone \(number)"), district: Texts(district(town.place)),
          area: area, label: middle, shelterSeconds: shelter,
          people: hasPeople ? Int(area.squareKilometers * density) : nil))
    }
  }

  private func district(_ place: Offset) -> String {
    (place.north < 0 ? "South" : "North") + (place.east < 0 ? "-West" : "-East")
  }

  /// The farther from where bodies come from, the longer.
  private func shelterSeconds(at place: Offset) -> Int {
    let away = (Offset(angle: front, length: Self.reach) - place).length
    return away < 14_000 ? 15 : away < 20_000 ? 30 : away < 27_000 ? 45 : away < 36_000 ? 60 : 90
  }

  /// One to three, of differing kind.
  func radars(_ chance: inout SeededGenerator) -> [RadarSimulator] {
    (0..<chance.whole(1...3)).map { index in
      let place = Offset(
        angle: chance.within(0...(2 * .pi)), length: chance.within(0...12_000))
      let kind = RadarKind.allCases[chance.whole(0...2)]
      return radar(kind, id: "\(kind.rawValue)\(index + 1)", at: place)
    }
  }

  /// - Parameter place: meters from the center.
  func radar(_ kind: RadarKind, id: String, at place: Offset) -> RadarSimulator {
    let sigma = kind.sigma
    return RadarSimulator(
      radar: Radar(
        id: id, position: Plane(around: center).position(at: place), height: groundHeight + 20,
        sigma: sigma), sigma: sigma, interval: kind.interval, turns: kind == .turning,
      detection: 0.9, mask: 1)
  }
}

/// What a radar of a made-up world is like.
enum RadarKind: String, CaseIterable {
  case fine = "A"
  case medium = "B"
  /// Coarse, by an antenna that turns.
  case turning = "C"

  var sigma: Plot.Sigma {
    switch self {
    case .fine: .init(range: 10, azimuth: 0.06, elevation: 0.06)
    case .medium: .init(range: 30, azimuth: 0.15, elevation: 0.15)
    case .turning: .init(range: 50, azimuth: 0.2, elevation: 0.3)
    }
  }

  var interval: Duration {
    switch self {
    case .fine: .milliseconds(100)
    case .medium: .seconds(1)
    case .turning: .seconds(4)
    }
  }
}
