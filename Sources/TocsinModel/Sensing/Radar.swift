/// A radar as the plan knows it.
public struct Radar: Hashable, Sendable {
  public var id: String
  public var position: Position
  /// Meters above the ellipsoid.
  public var height: Double
  /// What its plots are worth when they do not say it themselves.
  public var sigma: Plot.Sigma?
  /// One standard deviation of the constant error of each coordinate; `nil`: as much as `sigma`. Where
  /// several radars see the same bodies, it is estimated.
  public var bias: Plot.Sigma?
  /// One standard deviation of the moments that it states, in seconds.
  public var clockSigma: Double?
  /// Whether ranges and elevations are those of the bent ray; else refraction has been taken out.
  public var isApparent: Bool
  /// What it has in common with others: a link, a mast, a power line. Radars with one of these in common
  /// are one witness.
  public var shares: [String]

  public init(
    id: String, position: Position, height: Double, sigma: Plot.Sigma? = nil,
    bias: Plot.Sigma? = nil, clockSigma: Double? = nil, isApparent: Bool = false,
    shares: [String] = []
  ) {
    self.id = id
    self.position = position
    self.height = height
    self.sigma = sigma
    self.bias = bias
    self.clockSigma = clockSigma
    self.isApparent = isApparent
    self.shares = shares
  }
}

extension Radar: Codable {
  enum CodingKeys: String, CodingKey {
    case id = "radar"
    case latitude = "lat"
    case longitude = "lon"
    case height = "height_m"
    case sigma, bias
    case clockSigma = "clock_s"
    case elevation, shares
  }

  /// What the elevations are; how a radars file says it.
  public enum Elevation: String, Codable, CaseIterable { case geometric, apparent }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    position = Position(
      latitude: try container.decode(Double.self, forKey: .latitude),
      longitude: try container.decode(Double.self, forKey: .longitude))
    height = try container.decode(Double.self, forKey: .height)
    sigma = try container.decodeIfPresent(Plot.Sigma.self, forKey: .sigma)
    bias = try container.decodeIfPresent(Plot.Sigma.self, forKey: .bias)
    clockSigma = try container.decodeIfPresent(Double.self, forKey: .clockSigma)
    isApparent =
      try container.decodeIfPresent(Elevation.self, forKey: .elevation) == .apparent
    shares = try container.decodeIfPresent([String].self, forKey: .shares) ?? []
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(position.latitude, forKey: .latitude)
    try container.encode(position.longitude, forKey: .longitude)
    try container.encode(height, forKey: .height)
    try container.encodeIfPresent(sigma, forKey: .sigma)
    try container.encodeIfPresent(bias, forKey: .bias)
    try container.encodeIfPresent(clockSigma, forKey: .clockSigma)
    if isApparent { try container.encode(Elevation.apparent, forKey: .elevation) }
    if !shares.isEmpty { try container.encode(shares, forKey: .shares) }
  }
}
