package import TocsinModel

/// What is so in each zone, as a value: from notices at once, and put right by what the engine shows.
package struct ZoneBoard: Sendable {
  /// One warning in one zone.
  struct Row: Hashable, Sendable {
    var stage: Stage
    var hazard: String
    var issued: Timestamp
    var expected: Timestamp?
    var seconds: Double?
    var shelterSeconds: Int?
    var expires: Timestamp
    /// When it ended, and whether because it had been wrong.
    var ended: Timestamp?
    var corrected = false
  }

  private let mode: Mode
  /// By zone, then by warning.
  private var rows: [String: [String: Row]] = [:]
  /// Zones in districts that no living source sees.
  private var unseen: Set<String>
  /// The newest entry of the journal that this rests on.
  private var entry = 0

  /// How long a zone says that its warning has ended.
  static let fading = Duration.seconds(600)
  /// How long what is said of a zone without a warning holds, unless it is said again.
  static let holds = Duration.seconds(300)

  /// - Parameter zones: nobody sees them until the engine says so.
  package init(mode: Mode, zones: [String]) {
    self.mode = mode
    unseen = Set(zones)
  }

  /// Takes a notice, unless what the engine has shown since is newer.
  package mutating func take(_ notice: Notice, entry number: Int) {
    guard number > entry else { return }
    for row in notice.rows {
      var state =
        rows[row.zone]?[notice.warning]
        ?? Row(
          stage: notice.stage, hazard: notice.hazard, issued: notice.issued, expires: row.expires)
      switch notice.kind {
      case .allClear, .correction:
        state.ended = notice.issued
        state.corrected = notice.kind == .correction
      case .warning, .extension, .renewal:
        state = Row(
          stage: notice.stage, hazard: notice.hazard, issued: notice.issued,
          expected: row.expected, seconds: row.seconds, shelterSeconds: row.shelterSeconds,
          expires: row.expires)
      }
      rows[row.zone, default: [:]][notice.warning] = state
    }
    newest = max(newest, number)
  }

  /// The newest entry whose notice was taken.
  private var newest = 0

  /// Takes what the engine shows, unless a notice was newer.
  ///
  /// - Parameter unseen: the zones that no living source sees.
  /// - Returns: the zones of which something else is said now.
  package mutating func take(
    _ warnings: [Warning], unseen zones: Set<String>, entry number: Int, at now: Timestamp
  ) -> Set<String> {
    guard number >= newest else { return [] }
    let before = self
    entry = number
    unseen = zones
    rows = [:]
    for warning in warnings where warning.mode == mode {
      for (zone, state) in warning.zones {
        rows[zone, default: [:]][warning.id] = Row(
          stage: state.stage, hazard: warning.hazard, issued: state.issued,
          expected: state.expected, seconds: state.seconds, shelterSeconds: state.shelterSeconds,
          expires: state.expires, ended: state.ended, corrected: state.corrected)
      }
    }
    let touched = Set(rows.keys).union(before.rows.keys)
      .union(unseen.symmetricDifference(before.unseen))
    return touched.filter { !state(of: $0, at: now).says(before.state(of: $0, at: now)) }
  }

  /// What is said of a zone: its strongest warning, else the end of one, else nothing or that nobody sees.
  package func state(of zone: String, at now: Timestamp) -> ZoneTopic {
    let all = (rows[zone] ?? [:]).sorted { ($0.value.issued, $0.key) > ($1.value.issued, $1.key) }
    let active = all.filter { $0.value.ended == nil && $0.value.expires > now }
    if let strongest = active.max(by: { $0.value.stage < $1.value.stage }) {
      return ZoneTopic(
        zone, strongest.key, strongest.value, stage: strongest.value.stage.rawValue, mode: mode,
        expires: strongest.value.expires)
    }
    let ended = all.filter { row in row.value.ended.map { $0 + Self.fading > now } ?? false }
    if let last = ended.max(by: { $0.value.ended! < $1.value.ended! }) {
      return ZoneTopic(
        zone, last.key, last.value, stage: Stage.ended.rawValue, mode: mode,
        expires: last.value.ended! + Self.fading)
    }
    return ZoneTopic(
      zone: zone, stage: unseen.contains(zone) ? ZoneTopic.blind : ZoneTopic.calm, mode: mode,
      expires: now + Self.holds)
  }
}

/// What the topic of a zone says.
package struct ZoneTopic: Hashable, Sendable, Encodable {
  package var zone: String
  /// `shelter`, `early`, `ended`, ``calm`` or ``blind``.
  package var stage: String
  package var mode: Mode
  package var hazard: String?
  package var warning: String?
  package var issued: Timestamp?
  package var expected: Timestamp?
  package var seconds: Double?
  package var shelterSeconds: Int?
  package var ended: Timestamp?
  package var corrected: Bool?
  /// After this it says nothing any more.
  package var expires: Timestamp

  /// No warning, and somebody sees.
  package static let calm = "none"
  /// No warning, and nobody sees: that is no calm.
  package static let blind = "cannot-see"
  package static let stages = [calm, blind] + ["early", "shelter", "ended"]

  enum CodingKeys: String, CodingKey {
    case zone, stage, mode, hazard, warning, issued, expected, seconds
    case shelterSeconds = "shelter_seconds"
    case ended, corrected, expires
  }

  fileprivate init(zone: String, stage: String, mode: Mode, expires: Timestamp) {
    self.zone = zone
    self.stage = stage
    self.mode = mode
    self.expires = expires.milliseconds
  }

  fileprivate init(
    _ zone: String, _ warning: String, _ row: ZoneBoard.Row, stage: String, mode: Mode,
    expires: Timestamp
  ) {
    self.init(zone: zone, stage: stage, mode: mode, expires: expires)
    self.warning = warning
    hazard = row.hazard
    issued = row.issued
    if row.ended == nil {
      expected = row.expected
      seconds = row.seconds
      shelterSeconds = row.shelterSeconds
    } else {
      ended = row.ended
      corrected = row.corrected
    }
  }

  /// Whether it says the same, until whenever it holds where nothing is warned.
  fileprivate func says(_ other: ZoneTopic) -> Bool {
    var other = other
    if warning == nil, other.warning == nil { other.expires = expires }
    return self == other
  }
}
