extension Polygon {
  /// Whether its border meets itself anywhere but where one side follows the other.
  ///
  /// - Returns: `nil` when that would take more than `limit` comparisons of two sides to say.
  public func crossesItself(limit: Int = 20_000_000) -> Bool? {
    let byWest = zip(points, points.dropFirst()).map { Side(start: $0, end: $1) }
      .filter { $0.start != $0.end }  // A point written twice in a row is no side.
      .sorted { $0.west < $1.west }
    var comparisons = 0
    for (place, side) in byWest.enumerated() {
      for other in byWest[(place + 1)...] {
        guard other.west <= side.east else { break }
        comparisons += 1
        guard comparisons <= limit else { return nil }
        if side.meets(other) { return true }
      }
    }
    return false
  }

  private struct Side {
    var start: Coordinate
    var end: Coordinate

    var west: Double { min(start.longitude, end.longitude) }
    var east: Double { max(start.longitude, end.longitude) }

    func meets(_ other: Side) -> Bool {
      guard min(start.latitude, end.latitude) <= max(other.start.latitude, other.end.latitude),
        min(other.start.latitude, other.end.latitude) <= max(start.latitude, end.latitude)
      else { return false }
      // Neighbors share a point; they meet elsewhere only if one runs back over the other.
      if end == other.start { return runsBack(over: other) }
      if other.end == start { return other.runsBack(over: self) }
      let a = turn(to: other.start)
      let b = turn(to: other.end)
      let c = other.turn(to: start)
      let d = other.turn(to: end)
      if a * b < 0, c * d < 0 { return true }
      return (a == 0 && contains(other.start)) || (b == 0 && contains(other.end))
        || (c == 0 && other.contains(start)) || (d == 0 && other.contains(end))
    }

    private func runsBack(over next: Side) -> Bool {
      guard turn(to: next.end) == 0 else { return false }
      let along =
        (end.longitude - start.longitude) * (next.end.longitude - next.start.longitude)
        + (end.latitude - start.latitude) * (next.end.latitude - next.start.latitude)
      return along < 0
    }

    /// Above 0 when the point lies to the left, 0 when on the line.
    private func turn(to point: Coordinate) -> Double {
      (end.longitude - start.longitude) * (point.latitude - start.latitude)
        - (end.latitude - start.latitude) * (point.longitude - start.longitude)
    }

    /// Of a point on its line: whether it is between its ends.
    private func contains(_ point: Coordinate) -> Bool {
      point.longitude >= west && point.longitude <= east
        && point.latitude >= min(start.latitude, end.latitude)
        && point.latitude <= max(start.latitude, end.latitude)
    }
  }
}
