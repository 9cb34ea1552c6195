import CAP
import TocsinModel

extension TocsinModel.Area {
  /// The outer rings as CAP's polygons, to a millionth of a degree. Holes are left out: CAP has none, and one
  /// too many warned is better than one too few. A ring that crosses itself, which recipients refuse, becomes
  /// the convex one around it.
  var outlines: [Polygon] {
    polygons.compactMap(\.first).compactMap { ring in
      let points = Self.closed(ring.map(\.quantised))
      guard points.count >= 4 else { return nil }
      let polygon = Polygon(points: points)
      if polygon.crossesItself() == false { return polygon }
      let around = Self.closed(Self.convex(ring.map(\.quantised)))
      return around.count >= 4 ? Polygon(points: around) : nil
    }
  }

  private static func closed(_ ring: Ring) -> [Coordinate] {
    var points: [Coordinate] = []
    for corner in ring {
      let point = Coordinate(latitude: corner.latitude, longitude: corner.longitude)
      if points.last != point { points.append(point) }
    }
    while points.count > 1, points.last == points.first { points.removeLast() }
    return points.first.map { points + [$0] } ?? []
  }

  /// The convex ring around points (A. M. Andrew, "Another efficient algorithm for convex hulls in two
  /// dimensions", 1979).
  private static func convex(_ points: [Position]) -> Ring {
    let sorted = points.sorted { ($0.longitude, $0.latitude) < ($1.longitude, $1.latitude) }
    func half(_ points: some Sequence<Position>) -> Ring {
      var chain: Ring = []
      for point in points {
        while chain.count > 1, turn(chain[chain.count - 2], chain[chain.count - 1], point) <= 0 {
          chain.removeLast()
        }
        chain.append(point)
      }
      return Array(chain.dropLast())
    }
    return half(sorted) + half(sorted.reversed())
  }

  /// Above 0 where the way from `a` over `b` to `c` turns left.
  private static func turn(_ a: Position, _ b: Position, _ c: Position) -> Double {
    (b.longitude - a.longitude) * (c.latitude - a.latitude)
      - (b.latitude - a.latitude) * (c.longitude - a.longitude)
  }
}
