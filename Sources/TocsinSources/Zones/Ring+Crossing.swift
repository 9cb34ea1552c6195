import TocsinModel

extension Area.Ring {
  /// A corner near which the ring crosses, touches or retraces itself; `nil` for a simple ring.
  ///
  /// Compared on a grid of 1e-7 degrees (about 1 cm) in whole numbers, so that the answer is exact there.
  /// Edges are swept by latitude: about n·√n steps for n corners of an ordinary outline.
  ///
  /// Source: OGC 06-103r4, section 6.1.11.1, what makes a polygon's boundary simple.
  var firstCrossing: Position? {
    let points = map(GridPoint.init)
    let edges = points.indices.map { Edge($0, points) }.sorted {
      ($0.low, $0.index) < ($1.low, $1.index)
    }
    var active: [Edge] = []
    for edge in edges {
      active.removeAll { $0.high < edge.low }
      if let other = active.first(where: { $0.meets(edge, of: count) }) {
        return self[Swift.min(edge.index, other.index)]
      }
      active.append(edge)
    }
    return nil
  }
}

private struct GridPoint: Equatable {
  var x: Int64
  var y: Int64

  init(_ position: Position) {
    x = Int64((position.longitude * 1e7).rounded())
    y = Int64((position.latitude * 1e7).rounded())
  }

  /// Twice the signed area of the triangle; whole, and far from the ends of 128 bits.
  func side(_ a: GridPoint, _ b: GridPoint) -> Int {
    let left = Int128(a.x - x) * Int128(b.y - y)
    let right = Int128(a.y - y) * Int128(b.x - x)
    return (left - right).signum() == 0 ? 0 : left > right ? 1 : -1
  }

  /// Whether it lies on an edge that it is known to be in line with.
  func isBetween(_ a: GridPoint, _ b: GridPoint) -> Bool {
    x >= min(a.x, b.x) && x <= max(a.x, b.x) && y >= min(a.y, b.y) && y <= max(a.y, b.y)
  }
}

/// From one corner of a ring to the next.
private struct Edge {
  var index: Int
  var start: GridPoint
  var end: GridPoint
  var low: Int64 { min(start.y, end.y) }
  var high: Int64 { max(start.y, end.y) }

  init(_ index: Int, _ points: [GridPoint]) {
    self.index = index
    start = points[index]
    end = points[(index + 1) % points.count]
  }

  func meets(_ other: Edge, of count: Int) -> Bool {
    if (index + 1) % count == other.index { return turnsBack(to: other) }
    if (other.index + 1) % count == index { return other.turnsBack(to: self) }
    let a = start.side(end, other.start)
    let b = start.side(end, other.end)
    let c = other.start.side(other.end, start)
    let d = other.start.side(other.end, end)
    if a != b && c != d && a * b <= 0 && c * d <= 0 { return true }
    return a == 0 && other.start.isBetween(start, end) || b == 0 && other.end.isBetween(start, end)
      || c == 0 && start.isBetween(other.start, other.end)
      || d == 0 && end.isBetween(other.start, other.end)
  }

  /// Whether the next edge runs back over this one.
  private func turnsBack(to next: Edge) -> Bool {
    start.side(end, next.end) == 0
      && (next.end.isBetween(start, end) || start.isBetween(end, next.end))
  }
}
