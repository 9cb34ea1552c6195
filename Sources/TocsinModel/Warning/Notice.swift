/// What channels are told about one warning at one moment: one row per zone.
public struct Notice: Hashable, Sendable, Codable {
  public var kind: Kind
  public var warning: String
  public var hazard: String
  public var stage: Stage
  public var issued: Timestamp
  public var rows: [Row]
  /// In all languages of the plan.
  public var texts: Texts
  /// What the operator's command carried, echoed verbatim (load tools put their send time there).
  public var ref: String?

  public enum Kind: String, Hashable, Sendable, Codable {
    case warning, `extension`, renewal, correction
    case allClear = "all-clear"
  }

  public struct Row: Hashable, Sendable, Codable {
    public var zone: String
    public var seconds: Double?
    public var shelterSeconds: Int?
    public var expected: Timestamp?
    public var expires: Timestamp
    public var probability: Double?
    /// The other warnings that still hold the zone when this one ends; `nil` when none does. While there is
    /// one, no channel may tell the zone that it is all clear.
    public var stillUnder: [String]?

    public init(
      zone: String, seconds: Double?, shelterSeconds: Int?, expected: Timestamp?,
      expires: Timestamp, probability: Double?, stillUnder: [String]? = nil
    ) {
      self.zone = zone
      self.seconds = seconds
      self.shelterSeconds = shelterSeconds
      self.expected = expected
      self.expires = expires
      self.probability = probability
      self.stillUnder = stillUnder
    }

    enum CodingKeys: String, CodingKey {
      case zone, seconds
      case shelterSeconds = "shelter_seconds"
      case expected, expires
      case probability = "p"
      case stillUnder = "still_under"
    }
  }

  public init(
    kind: Kind, warning: String, hazard: String, stage: Stage, issued: Timestamp, rows: [Row],
    texts: Texts, ref: String? = nil
  ) {
    self.kind = kind
    self.warning = warning
    self.hazard = hazard
    self.stage = stage
    self.issued = issued
    self.rows = rows
    self.texts = texts
    self.ref = ref
  }
}
