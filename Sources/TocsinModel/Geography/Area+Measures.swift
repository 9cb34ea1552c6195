extension Area {
  /// Meters from a place; 0 inside, infinite where it is farther than about a kilometer.
  package func distance(to place: Position) -> Double {
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
  package var squareKilometers: Double {
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
