import TocsinModel

/// The line that keeps a given distance from an area, on the area's own plane.
///
/// Made from the distance field of the area on a square grid by marching squares, so it exists for every
/// area, also one whose rings cross themselves or have holes. It is within `tolerance` of the true line
/// where the step of the grid is 40 m or less (areas up to 10 km across); wider areas take a wider step.
struct Outline: Hashable, Sendable {
  /// A stretch of the line, the area on its left; its ends in meters on the plane.
  struct Edge: Hashable, Sendable {
    var from: Offset
    var to: Offset
  }

  var edges: [Edge] = []
  /// The farthest point of the line from the plane's origin, in meters; 0 for an empty area.
  var reach = 0.0

  /// Meters.
  static let tolerance = 1.0

  /// - Parameter radius: meters from the area, above 0.
  init(around area: Area, radius: Double, on plane: Plane) {
    let rings = area.rings.filter { $0.count >= 3 }.map { $0.map(plane.offset(of:)) }
    guard let field = DistanceField(of: rings, radius: radius) else { return }
    let loops = field.loops().map { simplified($0, tolerance: Self.tolerance) }
    for loop in loops where loop.count >= 3 {
      for (index, corner) in loop.enumerated() {
        edges.append(Edge(from: corner, to: loop[(index + 1) % loop.count]))
        reach = max(reach, corner.length)
      }
    }
  }
}

/// Distance to an area minus a radius, at the corners of a grid; negative inside the outline.
private struct DistanceField {
  let origin: Offset
  let step: Double
  let columns: Int
  let rows: Int
  var values: [Double] = []

  init?(of rings: [[Offset]], radius: Double) {
    let corners = rings.joined()
    guard let west = corners.map(\.east).min(), let east = corners.map(\.east).max(),
      let south = corners.map(\.north).min(), let north = corners.map(\.north).max()
    else { return nil }
    let width = max(east - west, north - south) + 2 * radius
    step = max(40, width / 256)
    let margin = radius + 2 * step
    origin = Offset(east: west - margin, north: south - margin)
    columns = Int(((east - west + 2 * margin) / step).rounded(.up)) + 1
    rows = Int(((north - south + 2 * margin) / step).rounded(.up)) + 1
    values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        values.append(signedDistance(from: corner(column, row), to: rings) - radius)
      }
    }
  }

  func corner(_ column: Int, _ row: Int) -> Offset {
    Offset(east: origin.east + Double(column) * step, north: origin.north + Double(row) * step)
  }

  /// The closed lines where the field is zero, the inside on the left.
  func loops() -> [[Offset]] {
    var next: [Int: Int] = [:]  // From crossing to crossing; only looked up, never iterated.
    var starts: [Int] = []
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        for (from, to) in crossings(column, row) {
          next[from] = to
          starts.append(from)
        }
      }
    }
    var loops: [[Offset]] = []
    for start in starts {
      var loop: [Offset] = []
      var crossing = start
      while let following = next.removeValue(forKey: crossing) {
        loop.append(point(of: crossing))
        crossing = following
      }
      if loop.count >= 3 { loops.append(loop) }
    }
    return loops
  }

  /// A crossing is named by the grid corner it starts at, twice, plus 1 if it lies on the northward side.
  private func crossings(_ column: Int, _ row: Int) -> [(Int, Int)] {
    let southWest = row * columns + column
    let (southEast, northWest) = (southWest + 1, southWest + columns)
    let northEast = northWest + 1
    let (south, west, north, east) =
      (southWest * 2, southWest * 2 + 1, northWest * 2, southEast * 2 + 1)
    var inside = 0
    for (bit, corner) in [southWest, southEast, northEast, northWest].enumerated()
    where values[corner] < 0 { inside |= 1 << bit }
    switch inside {
    case 1: return [(south, west)]
    case 2: return [(east, south)]
    case 3: return [(east, west)]
    case 4: return [(north, east)]
    case 6: return [(north, south)]
    case 7: return [(north, west)]
    case 8: return [(west, north)]
    case 9: return [(south, north)]
    case 11: return [(east, north)]
    case 12: return [(west, east)]
    case 13: return [(south, east)]
    case 14: return [(west, south)]
    case 5, 10:
      let middle =
        values[southWest] + values[southEast] + values[northWest] + values[northEast]
      let joined = middle < 0
      if inside == 5 {
        return joined ? [(south, east), (north, west)] : [(south, west), (north, east)]
      }
      return joined ? [(west, south), (east, north)] : [(east, south), (west, north)]
    default: return []
    }
  }

  private func point(of crossing: Int) -> Offset {
    let first = crossing / 2
    let second = crossing % 2 == 0 ? first + 1 : first + columns
    let share = values[first] / (values[first] - values[second])
    let (from, to) = (
      corner(first % columns, first / columns), corner(second % columns, second / columns)
    )
    return Offset(
      east: from.east + share * (to.east - from.east),
      north: from.north + share * (to.north - from.north))
  }
}

/// Meters to the nearest ring, negative inside (even-odd).
private func signedDistance(from point: Offset, to rings: [[Offset]]) -> Double {
  var inside = false
  var nearest = Double.infinity
  for ring in rings {
    guard var previous = ring.last else { continue }
    for corner in ring {
      let (alongEast, alongNorth) = (corner.east - previous.east, corner.north - previous.north)
      let (east, north) = (point.east - previous.east, point.north - previous.north)
      if (corner.north > point.north) != (previous.north > point.north),
        east < north * alongEast / alongNorth
      {
        inside.toggle()
      }
      let square = alongEast * alongEast + alongNorth * alongNorth
      let share = square > 0 ? (east * alongEast + north * alongNorth) / square : 0
      let held = max(0, min(1, share))
      let (offEast, offNorth) = (east - held * alongEast, north - held * alongNorth)
      nearest = min(nearest, offEast * offEast + offNorth * offNorth)
      previous = corner
    }
  }
  return inside ? -nearest.squareRoot() : nearest.squareRoot()
}

/// A closed line with as few corners as keep it within a tolerance.
///
/// Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points …", 1973.
private func simplified(_ loop: [Offset], tolerance: Double) -> [Offset] {
  guard loop.count > 4 else { return loop }
  let opposite = loop.count / 2
  var keep = Array(repeating: false, count: loop.count + 1)
  keep[0] = true
  keep[opposite] = true
  let closed = loop + [loop[0]]
  var spans = [(0, opposite), (opposite, loop.count)]
  while let (first, last) = spans.popLast() {
    guard last - first > 1 else { continue }
    let (from, to) = (closed[first], closed[last])
    var worst = (distance: tolerance, index: -1)
    for index in first + 1..<last {
      let distance = distanceToLine(closed[index], from, to)
      if distance > worst.distance { worst = (distance, index) }
    }
    if worst.index > 0 {
      keep[worst.index] = true
      spans.append((first, worst.index))
      spans.append((worst.index, last))
    }
  }
  return loop.indices.filter { keep[$0] }.map { loop[$0] }
}

private func distanceToLine(_ point: Offset, _ from: Offset, _ to: Offset) -> Double {
  let along = to - from
  let away = point - from
  guard along.length > 0 else { return away.length }
  return abs(along.east * away.north - along.north * away.east) / along.length
}
