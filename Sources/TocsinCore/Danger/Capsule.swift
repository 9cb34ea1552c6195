import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// All within a radius of an edge.
struct Capsule {
  let from: Offset
  let to: Offset
  let radius: Double
  /// A unit vector, also where the edge has no length.
  let along: Offset
  let length: Double

  init(from: Offset, to: Offset, radius: Double) {
    self.from = from
    self.to = to
    self.radius = radius
    length = (to - from).length
    along = length > 0 ? (1 / length) * (to - from) : Offset(east: 1, north: 0)
  }

  func contains(_ point: Offset) -> Bool { isWithin(radius, of: point) }

  /// Whether its edge is.
  func isWithin(_ distance: Double, of point: Offset) -> Bool {
    let away = point - from
    let rest = away - max(0, min(length, away.dot(along))) * along
    return rest.dot(rest) < distance * distance
  }

  /// Counterclockwise, itself on the left.
  var borders: [Border] {
    let right = Offset(east: along.north, north: -along.east)
    let angle = atan2(right.north, right.east)
    return [
      .side(start: from + radius * right, along: along, length: length),
      .bow(center: to, radius: radius, start: angle),
      .side(start: to - radius * right, along: -1 * along, length: length),
      .bow(center: from, radius: radius, start: angle + .pi),
    ]
  }
}

extension Offset {
  func dot(_ other: Offset) -> Double { east * other.east + north * other.north }

  static func + (left: Offset, right: Offset) -> Offset {
    Offset(east: left.east + right.east, north: left.north + right.north)
  }

  static func * (factor: Double, offset: Offset) -> Offset {
    Offset(east: factor * offset.east, north: factor * offset.north)
  }
}
