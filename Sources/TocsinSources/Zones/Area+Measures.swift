import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Area {
  /// Meters from a position to the area; 0 inside it, infinite if it is empty.
  func distance(from position: Position) -> Double {
    if contains(position) { return 0 }
    let plane = Plane(around: position)
    var nearest = Double.infinity
    for ring in rings {
      guard var previous = ring.last.map({ plane.offset(of: $0) }) else { continue }
      for corner in ring {
        let corner = plane.offset(of: corner)
        nearest = min(nearest, Self.distance(previous, corner))
        previous = corner
      }
    }
    return nearest
  }

  /// From the origin to an edge.
  private static func distance(_ start: Offset, _ end: Offset) -> Double {
    let edge = end - start
    let square = edge.east * edge.east + edge.north * edge.north
    let share = square == 0 ? 0 : -(start.east * edge.east + start.north * edge.north) / square
    let held = min(max(share, 0), 1)
    return Offset(
      east: start.east + held * edge.east, north: start.north + held * edge.north
    ).length
  }

  /// A position to stand a name on: the centroid of the largest ring, or, when that lies outside, the
  /// middle of the widest stretch inside at its latitude.
  var middle: Position? {
    guard let first = rings.first?.first else { return nil }
    let plane = Plane(around: first)
    let flat = rings.map { $0.map { plane.offset(of: $0) } }
    guard let largest = flat.max(by: { abs($0.signedArea) < abs($1.signedArea) }),
      let centroid = Self.centroid(largest)
    else { return first }
    if contains(plane.position(at: centroid)) { return plane.position(at: centroid) }
    let crossings = flat.flatMap { Self.crossings($0, north: centroid.north) }.sorted()
    var widest: (width: Double, east: Double) = (0, 0)
    for index in stride(from: 0, to: crossings.count - 1, by: 2) {
      let width = crossings[index + 1] - crossings[index]
      if width > widest.width { widest = (width, crossings[index] + width / 2) }
    }
    if widest.width == 0 { return first }
    return plane.position(at: Offset(east: widest.east, north: centroid.north))
  }

  private static func centroid(_ ring: [Offset]) -> Offset? {
    let area = ring.signedArea
    guard abs(area) > 1e-6, var previous = ring.last else { return nil }
    var sum = Offset(east: 0, north: 0)
    for corner in ring {
      let cross = previous.east * corner.north - corner.east * previous.north
      sum.east += (previous.east + corner.east) * cross
      sum.north += (previous.north + corner.north) * cross
      previous = corner
    }
    return Offset(east: sum.east / (6 * area), north: sum.north / (6 * area))
  }

  private static func crossings(_ ring: [Offset], north: Double) -> [Double] {
    guard var previous = ring.last else { return [] }
    var easts: [Double] = []
    for corner in ring {
      if (corner.north > north) != (previous.north > north) {
        let share = (north - corner.north) / (previous.north - corner.north)
        easts.append(corner.east + share * (previous.east - corner.east))
      }
      previous = corner
    }
    return easts
  }
}
