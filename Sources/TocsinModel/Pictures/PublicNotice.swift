/// A notice as everybody may hear it: without the probability, from which an impact place could be guessed.
public struct PublicNotice: Hashable, Sendable, Codable {
  public var kind: Notice.Kind
  public var warning: String
  public var mode: Mode
  public var hazard: String
  public var hazardName: Texts
  public var stage: Stage
  public var issued: Timestamp
  public var rows: [Row]
  public var texts: Texts
  public var ref: String?
  /// The clock by which pages count down.
  public var now: Timestamp
  /// Seconds of that clock in one second of the wall's.
  public var rate: Double

  public struct Row: Hashable, Sendable, Codable {
    public var zone: String
    public var seconds: Double?
    public var shelterSeconds: Int?
    public var expected: Timestamp?
    public var expires: Timestamp
    /// As ``Notice/Row/stillUnder``.
    public var stillUnder: [String]?

    enum CodingKeys: String, CodingKey {
      case zone, seconds
      case shelterSeconds = "shelter_seconds"
      case expected, expires
      case stillUnder = "still_under"
    }
  }

  public init(_ message: Delivery.Message, hazardName: Texts, now: Timestamp, rate: Double) {
    let notice = message.notice
    kind = notice.kind
    warning = notice.warning
    mode = message.mode
    hazard = notice.hazard
    self.hazardName = hazardName
    stage = notice.stage
    issued = notice.issued
    rows = notice.rows.map {
      Row(
        zone: $0.zone, seconds: $0.seconds, shelterSeconds: $0.shelterSeconds,
        expected: $0.expected, expires: $0.expires, stillUnder: $0.stillUnder)
    }
    texts = notice.texts
    ref = notice.ref
    self.now = now
    self.rate = rate
  }

  enum CodingKeys: String, CodingKey {
    case kind, warning, mode, hazard
    case hazardName = "hazard_name"
    case stage, issued, rows, texts, ref, now, rate
  }
}
