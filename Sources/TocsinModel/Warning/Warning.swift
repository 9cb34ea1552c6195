/// One decision to warn some zones, from its first notice to its end.
public struct Warning: Hashable, Sendable, Codable {
  /// `W` and the number of the event that raised it.
  public let id: String
  public let mode: Mode
  public let hazard: String
  public let cause: Cause
  public let issued: Timestamp
  /// By zone id; what has ended stays, with its end.
  public package(set) var zones: [String: ZoneWarning]
  /// The channels that were told; a correction goes to exactly these.
  public package(set) var outlets: [String]
  /// Why, decision by decision, for operators and for `tocsin explain`.
  public package(set) var decisions: [Decision]

  /// Who or what raised it.
  public enum Cause: Hashable, Sendable, Codable {
    case track(String)
    case source(String)
    case operatorOrder(String)
  }

  /// One decision about this warning.
  public struct Decision: Hashable, Sendable, Codable {
    /// The number of the event it answers.
    public var entry: Int
    public var time: Timestamp
    public var kind: Notice.Kind
    /// The stage it put the zones at; `nil` in journals from before it was kept.
    public var stage: Stage?
    /// The forecast it rests on, if a track is the cause.
    public var forecast: Forecast?
    /// How many plots the track had, and from which radars.
    public var plots: Int?
    /// How likely all these are of one body, 0 to 1, and the tracks that some may belong to; `nil` where there is no
    /// doubt to speak of (below 1 in 200).
    public var purity: Double?
    public var rivals: [String]?
    public var radars: [String]
    public var zones: [Row]
    /// Words for what the numbers do not say.
    public var note: String?

    public struct Row: Hashable, Sendable, Codable {
      public var zone: String
      /// P(zone), 0 to 1.
      public var probability: Double?
      /// The threshold of the policy at that moment.
      public var threshold: Double?

      public init(zone: String, probability: Double? = nil, threshold: Double? = nil) {
        self.zone = zone
        self.probability = probability
        self.threshold = threshold
      }
    }

    public init(
      entry: Int, time: Timestamp, kind: Notice.Kind, stage: Stage? = nil,
      forecast: Forecast? = nil, plots: Int? = nil, purity: Double? = nil,
      rivals: [String]? = nil, radars: [String] = [], zones: [Row], note: String? = nil
    ) {
      self.entry = entry
      self.time = time
      self.kind = kind
      self.stage = stage
      self.forecast = forecast
      self.plots = plots
      self.purity = purity
      self.rivals = rivals
      self.radars = radars
      self.zones = zones
      self.note = note
    }
  }

  package init(
    id: String, mode: Mode, hazard: String, cause: Cause, issued: Timestamp
  ) {
    self.id = id
    self.mode = mode
    self.hazard = hazard
    self.cause = cause
    self.issued = issued
    zones = [:]
    outlets = []
    decisions = []
  }

  /// Whether any zone is still warned.
  public var isActive: Bool { zones.values.contains { $0.ended == nil } }

  /// The active zones' ids in order.
  public var activeZones: [String] {
    zones.filter { $0.value.ended == nil }.keys.sorted()
  }
}

/// One zone within one warning.
public struct ZoneWarning: Hashable, Sendable, Codable {
  public var stage: Stage
  public var issued: Timestamp
  /// When the impact is expected; `nil` when nobody has said it.
  public var expected: Timestamp?
  /// Expected impact − issued, in seconds, else the zone's shelter seconds; `nil` when neither is known.
  public var seconds: Double?
  public var shelterSeconds: Int?
  /// P(zone) when it was decided; `nil` when not decided on a forecast.
  public var probability: Double?
  public var expires: Timestamp
  public var ended: Timestamp?
  /// Whether it ended because it had been wrong.
  public var corrected: Bool

  public init(
    stage: Stage, issued: Timestamp, expected: Timestamp? = nil, seconds: Double? = nil,
    shelterSeconds: Int? = nil, probability: Double? = nil, expires: Timestamp
  ) {
    self.stage = stage
    self.issued = issued
    self.expected = expected
    self.seconds = seconds
    self.shelterSeconds = shelterSeconds
    self.probability = probability
    self.expires = expires
    corrected = false
  }
}
