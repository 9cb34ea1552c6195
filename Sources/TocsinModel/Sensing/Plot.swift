/// One detection of one target by one radar in one scan.
///
/// Source: EUROCONTROL ASTERIX category 048, target report. Its JSON is the fixed form of `Docs/FORMATS.md`.
public struct Plot: Hashable, Sendable {
  /// When the radar measured it, by the radar's clock.
  public var measured: Timestamp
  /// The radar's id in the plan.
  public var radar: String
  /// Slant range in meters, above 0.
  public var range: Double
  /// Degrees clockwise from true north, 0 to 360.
  public var azimuth: Double
  /// Geometric elevation in degrees above the radar's horizontal, −90 to 90.
  public var elevation: Double
  /// The measurement's own standard deviations; `nil`: the radar's.
  public var sigma: Sigma?
  /// Meters per second, positive when receding.
  public var doppler: Double?
  /// The radar's own name for it.
  public var id: String?

  /// One standard deviation of each coordinate.
  public struct Sigma: Hashable, Sendable, Codable {
    /// Meters.
    public var range: Double
    /// Degrees.
    public var azimuth: Double
    /// Degrees.
    public var elevation: Double

    public init(range: Double, azimuth: Double, elevation: Double) {
      self.range = range
      self.azimuth = azimuth
      self.elevation = elevation
    }

    enum CodingKeys: String, CodingKey {
      case range = "range_m"
      case azimuth = "azimuth_deg"
      case elevation = "elevation_deg"
    }
  }

  public init(
    measured: Timestamp, radar: String, range: Double, azimuth: Double, elevation: Double,
    sigma: Sigma? = nil, doppler: Double? = nil, id: String? = nil
  ) {
    self.measured = measured
    self.radar = radar
    self.range = range
    self.azimuth = azimuth
    self.elevation = elevation
    self.sigma = sigma
    self.doppler = doppler
    self.id = id
  }
}

extension Plot: Codable {
  enum CodingKeys: String, CodingKey {
    case measured = "t"
    case radar
    case range = "range_m"
    case azimuth = "azimuth_deg"
    case elevation = "elevation_deg"
    case sigma
    case doppler = "doppler_mps"
    case id = "plot_id"
  }
}
