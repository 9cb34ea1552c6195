/// One or more polygons, each an outer ring and its holes (GeoJSON, RFC 7946 section 3.1.6).
///
/// A ring's last position joins its first and is not repeated. What is inside is decided by the even-odd
/// rule over all rings, so that rings that cross themselves have a meaning too.
public struct Area: Hashable, Sendable {
  public typealias Ring = [Position]
  public var polygons: [[Ring]]

  public init(polygons: [[Ring]]) { self.polygons = polygons }

  public init(ring: Ring) { polygons = [[ring]] }

  public var isEmpty: Bool { polygons.allSatisfy { $0.allSatisfy { $0.count < 3 } } }

  public var rings: [Ring] { polygons.flatMap { $0 } }

  public func contains(_ position: Position) -> Bool {
    var inside = false
    for ring in rings {
      var previous = ring.last ?? position
      for corner in ring {
        if (corner.latitude > position.latitude) != (previous.latitude > position.latitude) {
          let share = (position.latitude - corner.latitude) / (previous.latitude - corner.latitude)
          if position.longitude < corner.longitude + share * (previous.longitude - corner.longitude)
          {
            inside.toggle()
          }
        }
        previous = corner
      }
    }
    return inside
  }
}

extension Area: Codable {
  /// As GeoJSON's coordinates of a MultiPolygon, rings not closed: `[[[[longitude, latitude], …]]]`.
  public init(from decoder: any Decoder) throws {
    let numbers = try decoder.singleValueContainer().decode([[[[Double]]]].self)
    polygons = try numbers.map { polygon in
      try polygon.map { ring in
        try ring.map { pair in
          guard pair.count >= 2 else {
            throw DecodingError.dataCorrupted(
              .init(
                codingPath: decoder.codingPath, debugDescription: "a position needs two numbers"))
          }
          return Position(latitude: pair[1], longitude: pair[0])
        }
      }
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(polygons.map { $0.map { $0.map { [$0.longitude, $0.latitude] } } })
  }
}
