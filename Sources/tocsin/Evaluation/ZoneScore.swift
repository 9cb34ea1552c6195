import TocsinModel

/// Which zones were warned rightly, needlessly and in time.
struct ZoneScore {
  private(set) var files = 0
  private(set) var inDanger = 0
  private(set) var missed = 0
  private(set) var needless = 0
  private(set) var needlessArea = 0.0
  /// Seconds from the warning to the impact, of the zones warned in time.
  private(set) var leads: [Double] = []
  /// Of the zones that the first plot left their shelter time: all, and those that got it.
  private(set) var reachable = 0
  private(set) var reached = 0

  /// A zone is in danger within this many meters of an impact, and not needlessly warned within
  /// 1,000.
  static let near = 300.0
  static let notFar = 1_000.0

  mutating func add(_ warned: [String: Timestamp], _ truth: FlightTruth, _ zones: [Zone]) {
    files += 1
    let impacts = truth.members.compactMap { member in
      member.impact.map { ($0, member.firstPlot) }
    }
    guard !impacts.isEmpty else { return }
    for zone in zones {
      let distances = impacts.map { ($0.0, $0.1, zone.area.distance(to: $0.0.place)) }
      let endangering = distances.filter { $0.2 <= Self.near }.min { $0.0.t < $1.0.t }
      let moment = warned[zone.id]
      if let (impact, first, _) = endangering {
        inDanger += 1
        note(moment, impact.t, first, zone)
      } else if moment != nil, !distances.contains(where: { $0.2 <= Self.notFar }) {
        needless += 1
        needlessArea += zone.area.squareKilometers
      }
    }
  }

  private mutating func note(
    _ warned: Timestamp?, _ impact: Timestamp, _ first: Timestamp?, _ zone: Zone
  ) {
    let lead = warned.map { (impact - $0).inSeconds } ?? 0
    if lead >= 5 { leads.append(lead) } else { missed += 1 }
    guard let shelter = zone.shelterSeconds.map(Double.init), let first,
      (impact - first).inSeconds >= shelter
    else { return }
    reachable += 1
    if lead >= shelter { reached += 1 }
  }
}

extension Area {
  /// Meters; 0 inside.
  func distance(to place: Position) -> Double {
    guard let box, place.latitude > box.south - 0.02, place.latitude < box.north + 0.02,
      place.longitude > box.west - 0.02, place.longitude < box.east + 0.02
    else { return .infinity }
    if contains(place) { return 0 }
    let plane = Plane(around: place)
    return rings.reduce(Double.infinity) { nearest, ring in
      let line = ring.map { plane.offset(of: $0) }
      return zip(line, line.dropFirst() + line.prefix(1)).reduce(nearest) {
        min($0, Self.distance($1.0, $1.1))
      }
    }
  }

  /// Of the origin from a stretch.
  private static func distance(_ from: Offset, _ to: Offset) -> Double {
    let along = to - from
    let length = along.east * along.east + along.north * along.north
    let share =
      length > 0 ? -(from.east * along.east + from.north * along.north) / length : 0
    let cut = min(max(share, 0), 1)
    return Offset(east: from.east + cut * along.east, north: from.north + cut * along.north)
      .length
  }

  private var box: (south: Double, north: Double, west: Double, east: Double)? {
    let places = rings.flatMap { $0 }
    guard let first = places.first else { return nil }
    return places.reduce(
      (first.latitude, first.latitude, first.longitude, first.longitude)
    ) {
      (
        min($0.0, $1.latitude), max($0.1, $1.latitude), min($0.2, $1.longitude),
        max($0.3, $1.longitude)
      )
    }
  }

  /// Outer rings less their holes.
  var squareKilometers: Double {
    polygons.reduce(0) { sum, polygon in
      guard let origin = polygon.first?.first else { return sum }
      let plane = Plane(around: origin)
      return sum
        + polygon.enumerated().reduce(0) { part, ring in
          let line = ring.element.map { plane.offset(of: $0) }
          let twice = zip(line, line.dropFirst() + line.prefix(1)).reduce(0) {
            $0 + $1.0.east * $1.1.north - $1.1.east * $1.0.north
          }
          return part + (ring.offset == 0 ? 1 : -1) * abs(twice) / 2e6
        }
    }
  }
}
