import TocsinModel

/// A convex ring around the origin of a plane, counter-clockwise.
struct ConvexRing {
  var corners: [Offset]

  /// Keeps what is nearer to the origin than to a point.
  mutating func cut(towards point: Offset) {
    let limit = (point.east * point.east + point.north * point.north) / 2
    corners = corners.clipped { limit - ($0.east * point.east + $0.north * point.north) }
  }

  /// The part of any ring that lies inside.
  func clipping(_ ring: [Offset]) -> [Offset] {
    var ring = ring
    var previous = corners.last
    for corner in corners {
      guard let start = previous, !ring.isEmpty else { break }
      ring = ring.clipped { point in  // inside is to the left of each edge
        (corner.east - start.east) * (point.north - start.north)
          - (corner.north - start.north) * (point.east - start.east)
      }
      previous = corner
    }
    return ring
  }
}

extension [Offset] {
  /// The part where a linear function is not negative.
  func clipped(_ inside: (Offset) -> Double) -> [Offset] {
    guard var previous = last else { return [] }
    var before = inside(previous)
    var kept: [Offset] = []
    for corner in self {
      let here = inside(corner)
      if (before < 0) != (here < 0) {
        let share = before / (before - here)
        kept.append(
          Offset(
            east: previous.east + share * (corner.east - previous.east),
            north: previous.north + share * (corner.north - previous.north)))
      }
      if here >= 0 { kept.append(corner) }
      (previous, before) = (corner, here)
    }
    return kept
  }

  /// Square meters, positive for a counter-clockwise ring.
  var signedArea: Double {
    guard var previous = last else { return 0 }
    var twice = 0.0
    for corner in self {
      twice += previous.east * corner.north - corner.east * previous.north
      previous = corner
    }
    return twice / 2
  }
}
