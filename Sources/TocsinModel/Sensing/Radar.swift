/// A radar as the plan knows it.
public struct Radar: Hashable, Sendable {
  public var id: String
  public var position: Position
  /// Meters above the ellipsoid.
  public var height: Double
  /// What its plots are worth when they do not say it themselves.
  public var sigma: Plot.Sigma?

  public init(id: String, position: Position, height: Double, sigma: Plot.Sigma? = nil) {
    self.id = id
    self.position = position
    self.height = height
    self.sigma = sigma
  }
}

extension Radar: Codable {
  enum CodingKeys: String, CodingKey {
    case id = "radar"
    case latitude = "lat"
    case longitude = "lon"
    case height = "height_m"
    case sigma
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    position = Position(
      latitude: try container.decode(Double.self, forKey: .latitude),
      longitude: try container.decode(Double.self, forKey: .longitude))
    height = try container.decode(Double.self, forKey: .height)
    sigma = try container.decodeIfPresent(Plot.Sigma.self, forKey: .sigma)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(position.latitude, forKey: .latitude)
    try container.encode(position.longitude, forKey: .longitude)
    try container.encode(height, forKey: .height)
    try container.encodeIfPresent(sigma, forKey: .sigma)
  }
}
