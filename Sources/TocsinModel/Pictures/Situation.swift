/// What operators see beyond the public picture. Never public.
public struct Situation: Hashable, Sendable, Codable {
  public var asOf: Timestamp
  public var entry: Int
  public var tracks: [TrackState]
  public var warnings: [Warning]
  public var sources: [SourceState]
  /// By the order of the plan; empty where one stands alone.
  public var radars: [RadarState]
  public var outcomes: [Outcome]
  /// Deliveries without a receipt.
  public var openDeliveries: [OpenDelivery]
  /// The newest refusals, oldest first.
  public var refusals: [Refusal]

  public struct TrackState: Hashable, Sendable, Codable {
    public var id: String
    public var position: Position
    /// Ellipsoidal meters.
    public var height: Double
    public var speedMps: Double
    public var phase: String
    public var plots: Int
    /// How likely all these are of one body, and the tracks that some may belong to; `nil` where there is no doubt to
    /// speak of.
    public var purity: Double?
    public var rivals: [String]?
    public var firstPlot: Timestamp
    public var lastPlot: Timestamp
    public var radars: [String]
    public var impact: Position?
    public var impactTime: Timestamp?
    public var covariance: Forecast.Covariance?
    public var sigmaTimeSeconds: Double?
    public var burstProbability: Double?
    /// What the ellipse stands for where it is several; and where fragments come down after a burst.
    public var parts: [Forecast.Part]?
    public var fragments: [Forecast.Part]?
    /// P(zone) above one in ten thousand, greatest first.
    public var probabilities: [ZoneProbability]

    public init(
      id: String, position: Position, height: Double, speedMps: Double, phase: String, plots: Int,
      purity: Double? = nil, rivals: [String]? = nil, firstPlot: Timestamp, lastPlot: Timestamp,
      radars: [String], forecast: Forecast?,
      probabilities: [ZoneProbability]
    ) {
      self.id = id
      self.position = position
      self.height = height
      self.speedMps = speedMps
      self.phase = phase
      self.plots = plots
      self.purity = purity
      self.rivals = rivals
      self.firstPlot = firstPlot
      self.lastPlot = lastPlot
      self.radars = radars
      impact = forecast?.impact
      impactTime = forecast?.impactTime
      covariance = forecast?.covariance
      sigmaTimeSeconds = forecast?.sigmaTime
      burstProbability = forecast?.burstProbability
      parts = forecast.flatMap { $0.parts.isEmpty ? nil : $0.parts }
      fragments = forecast.flatMap { $0.fragments.isEmpty ? nil : $0.fragments }
      self.probabilities = probabilities
    }

    enum CodingKeys: String, CodingKey {
      case id, position
      case height = "height_m"
      case speedMps = "speed_mps"
      case phase, plots, purity, rivals
      case firstPlot = "first_plot"
      case lastPlot = "last_plot"
      case radars, impact
      case impactTime = "impact_t"
      case covariance = "covariance_m2"
      case sigmaTimeSeconds = "sigma_t_s"
      case burstProbability = "p_burst"
      case parts, fragments, probabilities
    }
  }

  public struct SourceState: Hashable, Sendable, Codable {
    public var id: String
    public var name: Texts
    public var kind: Source.Kind
    public var lastHeard: Timestamp?
    public var isBlind: Bool
    public var hasAuthority: Bool

    public init(
      id: String, name: Texts, kind: Source.Kind, lastHeard: Timestamp?, isBlind: Bool,
      hasAuthority: Bool
    ) {
      self.id = id
      self.name = name
      self.kind = kind
      self.lastHeard = lastHeard
      self.isBlind = isBlind
      self.hasAuthority = hasAuthority
    }

    enum CodingKeys: String, CodingKey {
      case id, name, kind
      case lastHeard = "last_heard"
      case isBlind = "blind"
      case hasAuthority = "authority"
    }
  }

  /// What has been learned of a radar from those that see the same bodies.
  public struct RadarState: Hashable, Sendable, Codable {
    public var id: String
    /// What its coordinates are believed to be too great by, and is taken off them.
    public var bias: Plot.Sigma
    /// Seconds by which its plots come later than the clock or other plots.
    public var delaySeconds: Double

    public init(id: String, bias: Plot.Sigma, delaySeconds: Double) {
      self.id = id
      self.bias = bias
      self.delaySeconds = delaySeconds
    }

    enum CodingKeys: String, CodingKey {
      case id, bias
      case delaySeconds = "delay_s"
    }
  }

  public struct OpenDelivery: Hashable, Sendable, Codable {
    public var id: String
    public var outlet: String
    public var warning: String
    public var since: Timestamp
    public var failure: String?

    public init(id: String, outlet: String, warning: String, since: Timestamp, failure: String?) {
      self.id = id
      self.outlet = outlet
      self.warning = warning
      self.since = since
      self.failure = failure
    }
  }

  public init(
    asOf: Timestamp, entry: Int, tracks: [TrackState], warnings: [Warning],
    sources: [SourceState], radars: [RadarState], outcomes: [Outcome],
    openDeliveries: [OpenDelivery], refusals: [Refusal]
  ) {
    self.asOf = asOf
    self.entry = entry
    self.tracks = tracks
    self.warnings = warnings
    self.sources = sources
    self.radars = radars
    self.outcomes = outcomes
    self.openDeliveries = openDeliveries
    self.refusals = refusals
  }

  enum CodingKeys: String, CodingKey {
    case asOf = "as_of"
    case entry, tracks, warnings, sources, radars, outcomes
    case openDeliveries = "open_deliveries"
    case refusals
  }
}

/// How probably a track comes down in a zone or near it.
public struct ZoneProbability: Hashable, Sendable, Codable {
  public var zone: String
  /// 0 to 1.
  public var probability: Double

  public init(zone: String, probability: Double) {
    self.zone = zone
    self.probability = probability
  }

  enum CodingKeys: String, CodingKey {
    case zone
    case probability = "p"
  }
}

/// How a track ended, by our sensors' account: one account among others.
public struct Outcome: Hashable, Sendable, Codable {
  public var track: String
  public var time: Timestamp
  public var end: End
  public var ground: Ground
  /// The zones it may have come down in or near, likeliest first; empty over open ground.
  public var zones: [ZoneProbability]
  /// Meters above the ground where the last plot was.
  public var lastHeight: Double
  /// The sensors whose account it is.
  public var radars: [String]

  public enum End: String, Hashable, Sendable, Codable { case burst, impact, unknown }
  public enum Ground: String, Hashable, Sendable, Codable { case open, zone, unknown }

  public init(
    track: String, time: Timestamp, end: End, ground: Ground, zones: [ZoneProbability],
    lastHeight: Double, radars: [String]
  ) {
    self.track = track
    self.time = time
    self.end = end
    self.ground = ground
    self.zones = zones
    self.lastHeight = lastHeight
    self.radars = radars
  }

  enum CodingKeys: String, CodingKey {
    case track
    case time = "t"
    case end, ground, zones
    case lastHeight = "last_height_m"
    case radars
  }
}
