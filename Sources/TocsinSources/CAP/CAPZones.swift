import CAP
import TocsinModel

/// Which zones of a plan an area of a message means.
struct CAPZones {
  let zones: [Zone]
  private let ids: Set<String>
  private let names: ZoneNames

  init(_ zones: [Zone]) {
    self.zones = zones
    ids = Set(zones.map(\.id))
    names = ZoneNames(zones)
  }

  /// By geocode where one is a zone's id, else by shape, else by the names in the description.
  ///
  /// A shape counts where it meets a zone: who lives at its edge is warned.
  ///
  /// - Returns: `unknown`: codes and names that should be a zone's and are none's.
  func meant(by area: CAP.Area) -> (zones: Set<String>, unknown: [String]) {
    let coded = area.geocodes.filter { ids.contains($0.value) }
    if !coded.isEmpty {
      let schemes = Set(coded.map(\.name))
      let unknown = area.geocodes.filter { schemes.contains($0.name) && !ids.contains($0.value) }
      return (Set(coded.map(\.value)), unknown.map(\.value))
    }
    let outlines = area.polygons.map { Outline.polygon($0.points.map(Position.init)) }
    let discs = area.circles.map { Outline.circle(Position($0.center), meters: $0.radius * 1000) }
    let shapes = outlines + discs
    if !shapes.isEmpty {
      return (Set(zones.filter { zone in shapes.contains { $0.meets(zone) } }.map(\.id)), [])
    }
    let match = names.match(area.description)
    return (Set(match.zones), match.unknown)
  }

  private enum Outline {
    case polygon([Position])
    case circle(Position, meters: Double)

    func meets(_ zone: Zone) -> Bool {
      switch self {
      case .circle(let center, let meters):
        let plane = Plane(around: center)
        return zone.area.contains(center)
          || zone.area.rings.contains { ring in
            Self.edges(ring).contains {
              distance(plane.offset(of: $0), plane.offset(of: $1)) <= meters
            }
          }
      case .polygon(let ring):
        guard ring.count >= 3 else { return false }
        let shape = TocsinModel.Area(ring: ring)
        return shape.contains(zone.label) || ring.contains { zone.area.contains($0) }
          || zone.area.rings.contains { other in
            other.contains { shape.contains($0) }
              || Self.edges(other).contains { a, b in
                Self.edges(ring).contains { c, d in Self.cross(a, b, c, d) }
              }
          }
      }
    }

    private static func edges(_ ring: [Position]) -> [(Position, Position)] {
      zip(ring, ring.dropFirst() + ring.prefix(1)).map { ($0, $1) }
    }

    /// Of the origin from a segment, in meters.
    private func distance(_ a: Offset, _ b: Offset) -> Double {
      let (dx, dy) = (b.east - a.east, b.north - a.north)
      let squared = dx * dx + dy * dy
      let share = squared > 0 ? min(max(-(a.east * dx + a.north * dy) / squared, 0), 1) : 0
      return Offset(east: a.east + share * dx, north: a.north + share * dy).length
    }

    private static func cross(
      _ a: Position, _ b: Position, _ c: Position, _ d: Position
    ) -> Bool {
      func side(_ p: Position, _ q: Position, _ r: Position) -> Bool {
        (q.longitude - p.longitude) * (r.latitude - p.latitude)
          > (q.latitude - p.latitude) * (r.longitude - p.longitude)
      }
      return side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
    }
  }
}

extension Position {
  fileprivate init(_ coordinate: CAP.Coordinate) {
    self.init(latitude: coordinate.latitude, longitude: coordinate.longitude)
  }
}

extension Timestamp {
  init(_ moment: CAP.Moment) { self.init(nanoseconds: Int64(moment.seconds) * 1_000_000_000) }
}
