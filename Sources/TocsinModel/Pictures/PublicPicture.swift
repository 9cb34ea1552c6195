/// What everybody may see: zones, stages, seconds, and whether we can see at all.
///
/// It has no place for a track, a plot, an impact point, a radar site or a coverage hole: what could
/// correct somebody's aim cannot be written into it.
public struct PublicPicture: Hashable, Sendable, Codable {
  public var asOf: Timestamp
  /// The newest entry it rests on.
  public var entry: Int
  /// `actual` or `replay`; single rows may be exercises.
  public var mode: Mode
  public var title: Texts
  public var timeZone: String
  /// Whether what is shown is also written down.
  public var recorded: Bool
  /// Zones that are warned or were until a short time ago; by zone id, then mode.
  public var zones: [ZoneState]
  /// Warnings of the last day, newest first.
  public var warnings: [WarningState]
  /// By district.
  public var health: [DistrictHealth]
  /// What was said and done, oldest first.
  public var timeline: [Line]

  public struct ZoneState: Hashable, Sendable, Codable {
    public var zone: String
    public var stage: Stage
    public var mode: Mode
    public var hazard: String
    public var warning: String
    public var issued: Timestamp
    public var expected: Timestamp?
    public var seconds: Double?
    public var shelterSeconds: Int?
    public var expires: Timestamp
    public var ended: Timestamp?
    public var corrected: Bool

    public init(_ id: String, _ state: ZoneWarning, of warning: Warning) {
      zone = id
      stage = state.ended == nil ? state.stage : .ended
      mode = warning.mode
      hazard = warning.hazard
      self.warning = warning.id
      issued = state.issued
      expected = state.expected
      seconds = state.seconds
      shelterSeconds = state.shelterSeconds
      expires = state.expires
      ended = state.ended
      corrected = state.corrected
    }

    enum CodingKeys: String, CodingKey {
      case zone, stage, mode, hazard, warning, issued, expected, seconds
      case shelterSeconds = "shelter_seconds"
      case expires, ended, corrected
    }
  }

  public struct WarningState: Hashable, Sendable, Codable {
    public var id: String
    public var mode: Mode
    public var hazard: String
    public var hazardName: Texts
    public var stage: Stage
    public var issued: Timestamp
    public var ended: Timestamp?
    public var corrected: Bool
    public var zones: [String]
    public var text: Texts

    public init(
      id: String, mode: Mode, hazard: String, hazardName: Texts, stage: Stage,
      issued: Timestamp, ended: Timestamp?, corrected: Bool, zones: [String], text: Texts
    ) {
      self.id = id
      self.mode = mode
      self.hazard = hazard
      self.hazardName = hazardName
      self.stage = stage
      self.issued = issued
      self.ended = ended
      self.corrected = corrected
      self.zones = zones
      self.text = text
    }

    enum CodingKeys: String, CodingKey {
      case id, mode, hazard
      case hazardName = "hazard_name"
      case stage, issued, ended, corrected, zones, text
    }
  }

  public struct DistrictHealth: Hashable, Sendable, Codable {
    public var district: Texts
    public var state: State
    /// Since when it has been so; `nil`: since we started.
    public var since: Timestamp?

    public enum State: String, Hashable, Sendable, Codable {
      /// At least one source sees it and lives.
      case covered
      /// Its sources are silent: blind is not calm.
      case blind
      /// No source covers it.
      case uncovered
    }

    public init(district: Texts, state: State, since: Timestamp?) {
      self.district = district
      self.state = state
      self.since = since
    }
  }

  public struct Line: Hashable, Sendable, Codable {
    /// When it was said or done; where only a day or "Saturday night" is known, the words say so.
    public var time: Timestamp
    public var kind: Kind
    /// English words; for statements the content in its own language.
    public var text: String
    /// Whose word it is.
    public var source: String
    public var warning: String?
    public var zones: [String]

    public enum Kind: String, Hashable, Sendable, Codable {
      case warning, `extension`, renewal, correction, statement
      case allClear = "all-clear"
    }

    public init(
      time: Timestamp, kind: Kind, text: String, source: String, warning: String? = nil,
      zones: [String] = []
    ) {
      self.time = time
      self.kind = kind
      self.text = text
      self.source = source
      self.warning = warning
      self.zones = zones
    }

    enum CodingKeys: String, CodingKey {
      case time = "t"
      case kind, text, source, warning, zones
    }
  }

  public init(
    asOf: Timestamp, entry: Int, mode: Mode, title: Texts, timeZone: String, recorded: Bool,
    zones: [ZoneState], warnings: [WarningState], health: [DistrictHealth], timeline: [Line]
  ) {
    self.asOf = asOf
    self.entry = entry
    self.mode = mode
    self.title = title
    self.timeZone = timeZone
    self.recorded = recorded
    self.zones = zones
    self.warnings = warnings
    self.health = health
    self.timeline = timeline
  }

  enum CodingKeys: String, CodingKey {
    case asOf = "as_of"
    case entry, mode, title
    case timeZone = "time_zone"
    case recorded, zones, warnings, health, timeline
  }
}
