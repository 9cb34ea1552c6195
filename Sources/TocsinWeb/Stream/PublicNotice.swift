import TocsinModel

/// A notice as everybody may hear it: without the probability, from which an impact place could be guessed.
struct PublicNotice: Hashable, Sendable, Codable {
  var kind: Notice.Kind
  var warning: String
  var mode: Mode
  var hazard: String
  var hazardName: Texts
  var stage: Stage
  var issued: Timestamp
  var rows: [Row]
  var texts: Texts
  var ref: String?
  /// The clock by which pages count down.
  var now: Timestamp
  var rate: Double

  struct Row: Hashable, Sendable, Codable {
    var zone: String
    var seconds: Double?
    var shelterSeconds: Int?
    var expected: Timestamp?
    var expires: Timestamp

    enum CodingKeys: String, CodingKey {
      case zone, seconds
      case shelterSeconds = "shelter_seconds"
      case expected, expires
    }
  }

  init(_ message: Delivery.Message, hazardName: Texts, clock: WebClock.Reading) {
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
        expected: $0.expected, expires: $0.expires)
    }
    texts = notice.texts
    ref = notice.ref
    now = clock.now
    rate = clock.rate
  }

  var event: StreamEvent.Kind { kind == .allClear || kind == .correction ? .allClear : .warning }

  enum CodingKeys: String, CodingKey {
    case kind, warning, mode, hazard
    case hazardName = "hazard_name"
    case stage, issued, rows, texts, ref, now, rate
  }
}
