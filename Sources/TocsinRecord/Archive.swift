public import TocsinModel

/// Everything recorded: a fold over the journal. A value; the same entries give the same archive.
///
/// It keeps the steps that made it, so that ``asOf(_:)`` can answer what was known at any moment.
public struct Archive: Sendable {
  public internal(set) var incidents: [String: Opened] = [:]
  public internal(set) var statements: [String: Recorded] = [:]
  /// The zones of the newest plan, by id.
  public internal(set) var zones: [String: Zone] = [:]
  public internal(set) var title = Texts("")
  public internal(set) var timeZone = "UTC"
  /// What stands in the journal and could not be taken into the record, and why.
  public internal(set) var refused: [Refused] = []
  public internal(set) var warnings: [WarningRow] = []
  /// The newest moment that the record knows of.
  public internal(set) var time: Timestamp?
  /// How long a place of impact is kept back after the event.
  public var impactDelay = Duration.seconds(86_400)

  /// The incident that each statement belongs to now.
  var belongs: [String: String] = [:]
  var sameAs: [String: Link] = [:]
  var partOf: [String: [Link]] = [:]
  var assessments: [String: [Assessed]] = [:]
  var resolutions: [Resolved] = []
  var handlings: [String: [Handled]] = [:]
  public internal(set) var tombstones: [String: Tombstone] = [:]
  var steps: [Step] = []

  public init() {}

  /// An incident, and who opened it.
  public struct Opened: Hashable, Sendable, Codable {
    public var incident: Record.Incident
    public var at: Timestamp
    public var by: String
  }

  /// A merge, a part or a split: by whom, when and why.
  public struct Link: Hashable, Sendable, Codable {
    public var incident: String
    public var other: String
    public var at: Timestamp
    public var by: String
    public var reason: String
  }

  public struct Assessed: Hashable, Sendable, Codable {
    public var assessment: Record.Assessment
    public var at: Timestamp
  }

  public struct Resolved: Hashable, Sendable, Codable {
    public var resolution: Record.Resolution
    public var at: Timestamp
    /// The statement that came later and conflicts with it; `nil` while it stands.
    public var reopenedBy: String?
    var entry: Int
  }

  struct Handled: Hashable, Sendable {
    var handling: Record.Handling
    var at: Timestamp
  }

  /// What is left of a removed statement.
  public struct Tombstone: Hashable, Sendable, Codable {
    public var statement: String
    public var reasonClass: String
    public var reason: String
    public var by: String
    public var at: Timestamp
    public var sha256: String
  }

  public struct Refused: Hashable, Sendable, Codable {
    public var entry: Int
    public var faults: [Record.Fault]
  }

  /// A warning of ours for one zone.
  public struct WarningRow: Hashable, Sendable, Codable {
    public var warning: String
    public var kind: Notice.Kind
    public var stage: Stage
    public var mode: Mode
    public var hazard: String
    public var zone: String
    public var issued: Timestamp
    /// The time given: from the warning to the expected impact.
    public var seconds: Double?
    /// The zone's own time to shelter.
    public var shelterSeconds: Int?
    public var entry: Int

    package init(
      warning: String, kind: Notice.Kind, stage: Stage, mode: Mode, hazard: String, zone: String,
      issued: Timestamp, seconds: Double? = nil, shelterSeconds: Int? = nil, entry: Int
    ) {
      self.warning = warning
      self.kind = kind
      self.stage = stage
      self.mode = mode
      self.hazard = hazard
      self.zone = zone
      self.issued = issued
      self.seconds = seconds
      self.shelterSeconds = shelterSeconds
      self.entry = entry
    }
  }

  /// One entry of the journal as far as the record is concerned.
  struct Step: Hashable, Sendable {
    var entry: Int
    var time: Timestamp
    var content: Content

    enum Content: Hashable, Sendable {
      /// Hashed once, however often the record is read as of some moment.
      case said(Recorded)
      case act(Record.Act, by: String)
      case plan(Plan)
      case notice(Notice, Mode)
    }
  }
}

extension Archive {
  public init(_ entries: some Sequence<Entry>) {
    for entry in entries { take(entry) }
  }

  /// Takes the next entry of the journal.
  public mutating func take(_ entry: Entry) {
    time = max(time ?? entry.event.time, entry.event.time)
    for content in Self.contents(of: entry) {
      take(Step(entry: entry.event.number, time: entry.event.time, content: content))
    }
  }

  private static func step(_ act: Record.Act, by person: String, _ entry: Entry) -> Step.Content {
    guard case .state(let statement) = act else { return .act(act, by: person) }
    return .said(Recorded(statement, at: entry.event.time, by: person))
  }

  /// What was known at a moment: nothing that came later leaks into it.
  public func asOf(_ moment: Timestamp) -> Archive {
    var archive = Archive()
    archive.impactDelay = impactDelay
    for step in steps where step.time <= moment { archive.take(step) }
    archive.time = min(moment, time ?? moment)
    return archive
  }

  private static func contents(of entry: Entry) -> [Step.Content] {
    let isRefused = entry.effects.contains {
      if case .refuse(let refusal) = $0 { refusal.reason == .unreadable } else { false }
    }
    switch entry.event.content {
    case .plan(let plan): return [.plan(plan)]
    case .statement(let statement):
      if case .said(let said) = statement.content, !isRefused {
        return [step(.state(said), by: statement.source, entry)] + notices(entry)
      }
    case .command(let command):
      if case .record(let act) = command.order, !isRefused {
        return [.act(act, by: command.person)]
      }
    case .plots, .receipt, .wake: break
    }
    return notices(entry)
  }

  /// Each notice once, however many channels it went to.
  private static func notices(_ entry: Entry) -> [Step.Content] {
    var seen: [Notice] = []
    return entry.effects.compactMap { effect in
      guard case .deliver(let delivery) = effect else { return nil }
      let notice = delivery.message.notice
      guard !seen.contains(notice) else { return nil }
      seen.append(notice)
      return .notice(notice, delivery.message.mode)
    }
  }

  private mutating func take(_ step: Step) {
    steps.append(step)
    time = max(time ?? step.time, step.time)
    switch step.content {
    case .plan(let plan): adopt(plan)
    case .notice(let notice, let mode): note(notice, mode, step)
    case .said(let recorded):
      if isSound(.state(recorded.statement), step) { add(recorded) }
    case .act(let act, let person):
      if isSound(act, step) { apply(act, by: person, step) }
    }
  }

  private mutating func isSound(_ act: Record.Act, _ step: Step) -> Bool {
    let faults = act.faults + faults(of: act)
    if !faults.isEmpty { refused.append(Refused(entry: step.entry, faults: faults)) }
    return faults.isEmpty
  }

  private mutating func adopt(_ plan: Plan) {
    zones = Dictionary(plan.zones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    title = plan.title
    timeZone = plan.timeZone
  }

  private mutating func note(_ notice: Notice, _ mode: Mode, _ step: Step) {
    warnings += notice.rows.map { row in
      WarningRow(
        warning: notice.warning, kind: notice.kind, stage: notice.stage, mode: mode,
        hazard: notice.hazard, zone: row.zone, issued: notice.issued, seconds: row.seconds,
        shelterSeconds: row.shelterSeconds, entry: step.entry)
    }
  }
}
