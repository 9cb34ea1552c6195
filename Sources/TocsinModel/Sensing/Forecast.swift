/// Where and when a track will come down, and how surely.
public struct Forecast: Hashable, Sendable, Codable {
  public var track: String
  /// The data time it was made at: that of the newest plot it rests on.
  public var time: Timestamp
  /// The mean of the ground point.
  public var impact: Position
  /// The mean of the moment it reaches the ground.
  public var impactTime: Timestamp
  /// Of the ground point about its mean.
  public var covariance: Covariance
  /// One standard deviation of the moment, in seconds.
  public var sigmaTime: Double
  /// Probability, 0 to 1, that the body has already burst or ended in the air.
  public var burstProbability: Double
  /// Whether that is decided: nothing whole is in the air any more.
  public var ended: Bool
  /// What mean and covariance stand for where one ellipse does not tell it, such as a motor that may be
  /// out or burn on: shares that add up to 1. Empty: the one ellipse is all.
  public var parts: [Part]
  /// After a burst, or a reported interception: where fragments of several kinds come down, each with
  /// a share of 1, because each of them comes down. Empty: none are expected.
  public var fragments: [Part]

  /// One of several ellipses.
  public struct Part: Hashable, Sendable, Codable {
    /// 0 to 1.
    public var share: Double
    public var impact: Position
    public var impactTime: Timestamp
    public var covariance: Covariance
    /// One standard deviation of the moment, in seconds.
    public var sigmaTime: Double

    enum CodingKeys: String, CodingKey {
      case share, impact
      case impactTime = "impact_t"
      case covariance = "covariance_m2"
      case sigmaTime = "sigma_t_s"
    }

    public init(
      share: Double, impact: Position, impactTime: Timestamp, covariance: Covariance,
      sigmaTime: Double
    ) {
      self.share = share
      self.impact = impact
      self.impactTime = impactTime
      self.covariance = covariance
      self.sigmaTime = sigmaTime
    }
  }

  /// When the slowest fragment is down, by two standard deviations; `nil` without fragments.
  public var lastFragment: Timestamp? {
    fragments.map { $0.impactTime + .milliseconds(Int64(min(2e3 * $0.sigmaTime, 1e9))) }.max()
  }

  /// A symmetric 2×2 matrix of square meters, east and north.
  public struct Covariance: Hashable, Sendable, Codable {
    public var eastEast: Double
    public var eastNorth: Double
    public var northNorth: Double

    public init(eastEast: Double, eastNorth: Double, northNorth: Double) {
      self.eastEast = eastEast
      self.eastNorth = eastNorth
      self.northNorth = northNorth
    }

    public var determinant: Double { eastEast * northNorth - eastNorth * eastNorth }
  }

  public init(
    track: String, time: Timestamp, impact: Position, impactTime: Timestamp,
    covariance: Covariance, sigmaTime: Double, burstProbability: Double, ended: Bool,
    parts: [Part] = [], fragments: [Part] = []
  ) {
    self.track = track
    self.time = time
    self.impact = impact
    self.impactTime = impactTime
    self.covariance = covariance
    self.sigmaTime = sigmaTime
    self.burstProbability = burstProbability
    self.ended = ended
    self.parts = parts
    self.fragments = fragments
  }

  /// Parts and fragments may be missing: older journals have none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    track = try container.decode(String.self, forKey: .track)
    time = try container.decode(Timestamp.self, forKey: .time)
    impact = try container.decode(Position.self, forKey: .impact)
    impactTime = try container.decode(Timestamp.self, forKey: .impactTime)
    covariance = try container.decode(Covariance.self, forKey: .covariance)
    sigmaTime = try container.decode(Double.self, forKey: .sigmaTime)
    burstProbability = try container.decode(Double.self, forKey: .burstProbability)
    ended = try container.decode(Bool.self, forKey: .ended)
    parts = try container.decodeIfPresent([Part].self, forKey: .parts) ?? []
    fragments = try container.decodeIfPresent([Part].self, forKey: .fragments) ?? []
  }
}
