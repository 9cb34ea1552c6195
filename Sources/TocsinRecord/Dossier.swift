public import TocsinModel

/// All that the record shows of one incident at one moment: the same for the page, the command line, the
/// interface and the dispatch.
public struct Dossier: Hashable, Sendable, Codable {
  public var incident: Record.Incident
  public var opened: Archive.Opened
  public var links: [Archive.Link]
  public var asOf: Timestamp
  public var timeZone: String
  /// What may be shown, by the time recorded.
  public var statements: [Recorded]
  /// What is there and is not shown.
  public var gaps: [Finding.Gap]
  public var tombstones: [Archive.Tombstone]
  public var findings: [Finding]
  public var assessments: [Archive.Assessed]
  public var resolutions: [Archive.Resolved]
  public var warnings: [Archive.WarningRow]
  public var periods: [Period]
  public var computed: [Computed]
  /// When the knowledge changed: every moment that an as-of view differs at.
  public var moments: [Timestamp]
  /// The zones that are named in it.
  public var zones: [String: Texts]
  /// Their times to shelter, in seconds, where their authority has stated one.
  public var shelterSeconds: [String: Int]

  /// An operation, a ceasefire or strikes, with the start and end that were stated, and what fell inside.
  public struct Period: Hashable, Sendable, Codable {
    public var matter: String
    public var subject: String?
    public var starts: [Record.When]
    public var ends: [Record.When]
    /// The ids that name its parties.
    public var parties: [String]
    /// Rows of logs after its earliest possible start (and before its latest end).
    public var sirens: [String]
    /// Of these, the rows that lie inside whatever the start was.
    public var sirensSurely: [String]
    public var launches: [String]
    public var warnings: [String]
  }
}

/// Something that we worked out of the record's own rows: nobody said it, and it says so.
public struct Computed: Hashable, Sendable, Codable {
  public var kind: Kind
  public var from: Timestamp
  public var to: Timestamp
  public var count: Int
  /// The ids of the rows it rests on.
  public var rows: [String]
  /// What was said that it stands beside.
  public var beside: Record.Attribute

  public enum Kind: String, Hashable, Sendable, Codable {
    /// Rows of a log not more than ten minutes apart.
    case sirens
    /// The longest time without a row between two.
    case calm
  }

  public var duration: Duration { to - from }
}

extension Archive {
  /// What there is on an incident; `nil` if nobody has opened it.
  public func dossier(of id: String) -> Dossier? {
    let id = current(id)
    guard let opened = incidents[id], let now = time else { return nil }
    let members = members(of: id)
    let gaps = gaps(members, at: now)
    let shown = members.filter { gaps[$0.id] == nil }
    // What was made for a replay or an exercise is no witness of the day.
    let witnesses = members.filter { $0.statement.simulated != true }
    let known = Set(members.map(\.id))
    let warnings = warnings(near: shown)
    let named = zones(in: shown, warnings)
    return Dossier(
      incident: opened.incident, opened: opened,
      links: (sameAs.values + partOf.values.flatMap { $0 })
        .filter { current($0.incident) == id || current($0.other) == id }
        .sorted { ($0.at, $0.incident) < ($1.at, $1.incident) },
      asOf: now, timeZone: timeZone, statements: shown,
      gaps: gaps.values.sorted { $0.statement < $1.statement },
      tombstones: tombstones.values.filter { known.contains($0.statement) }
        .sorted { $0.statement < $1.statement },
      findings: Finding.all(of: id, witnesses, gaps: gaps),
      assessments: shown.flatMap { assessments[$0.id] ?? [] },
      resolutions: resolutions.filter { current($0.resolution.incident) == id },
      warnings: warnings, periods: Dossier.Period.all(in: shown, warnings),
      computed: Computed.all(in: shown), moments: moments(known, id),
      zones: named.mapValues(\.name), shelterSeconds: named.compactMapValues(\.shelterSeconds))
  }

  /// Statements of the incident, of all merged into it, and of what it is a part of as far as they are about
  /// an operation, a ceasefire or strikes; by the time recorded.
  private func members(of id: String) -> [Recorded] {
    let wholes = Set(
      partOf.values.flatMap { $0 }.filter { current($0.incident) == id }.map { current($0.other) })
    return statements.values.filter { recorded in
      let home = current(belongs[recorded.id] ?? recorded.statement.incident)
      if home == id { return true }
      let matter = recorded.statement.attribute.matter
      return wholes.contains(home) && Dossier.Period.matters.contains(matter)
    }.sorted { ($0.recordedAt, $0.id) < ($1.recordedAt, $1.id) }
  }

  private func gaps(_ members: [Recorded], at now: Timestamp) -> [String: Finding.Gap] {
    var gaps: [String: Finding.Gap] = [:]
    for recorded in members { gaps[recorded.id] = gap(recorded, at: now) }
    return gaps
  }

  private func gap(_ recorded: Recorded, at now: Timestamp) -> Finding.Gap? {
    let id = recorded.id
    if let tombstone = tombstones[id] {
      return .init(statement: id, kind: .removed, reasonClass: tombstone.reasonClass)
    }
    let handling = handlings[id]?.last?.handling ?? recorded.statement.handling
    let reason = handling?.reasonClass ?? "not stated"
    if handling?.status == .withheld {
      return .init(statement: id, kind: .withheld, reasonClass: reason)
    }
    if handling?.status == .canceled {
      return .init(statement: id, kind: .canceled, reasonClass: reason)
    }
    if let until = handling?.embargoUntil, until > now {
      return .init(statement: id, kind: .embargo, reasonClass: reason, until: until)
    }
    guard recorded.statement.attribute == .impactPlace else { return nil }
    let asOf = recorded.statement.asOf
    let until = (asOf.to ?? asOf.from ?? recorded.recordedAt) + impactDelay
    return until > now
      ? .init(statement: id, kind: .embargo, reasonClass: "place of impact", until: until) : nil
  }

  /// Warnings of ours within ten minutes before the first and thirty after the last row of a log.
  private func warnings(near shown: [Recorded]) -> [WarningRow] {
    let times = shown.compactMap(\.rowTime) + shown.compactMap(\.moment)
    guard let first = times.min(), let last = times.max() else { return [] }
    return warnings.filter {
      $0.issued >= first - .seconds(600) && $0.issued <= last + .seconds(1800)
    }
  }

  private func moments(_ known: Set<String>, _ id: String) -> [Timestamp] {
    let times = steps.compactMap { step -> Timestamp? in
      switch step.content {
      case .said(let recorded): known.contains(recorded.id) ? step.time : nil
      case .act(let act, _): act.concerns(known, id) ? step.time : nil
      case .plan, .notice: nil
      }
    }
    return Set(times).sorted()
  }

  private func zones(in shown: [Recorded], _ warnings: [WarningRow]) -> [String: Zone] {
    let said = shown.flatMap { recorded -> [String] in
      if case .place(let place) = recorded.statement.value.amount { place.zones ?? [] } else { [] }
    }
    let ids = Set(said + warnings.map(\.zone))
    return zones.filter { ids.contains($0.key) }
  }
}

extension Record.Act {
  fileprivate func concerns(_ known: Set<String>, _ id: String) -> Bool {
    switch self {
    case .open(let incident): incident.id == id
    case .merge(let one, let other, _), .part(let one, let other, _): one == id || other == id
    case .split(let one, let new, _, _): one == id || new.id == id
    // Statements stand in their own steps.
    case .state: false
    case .assess(let assessment): known.contains(assessment.statement)
    case .resolve(let resolution): resolution.incident == id
    case .handle(let statement, _), .remove(let statement, _, _, _): known.contains(statement)
    }
  }
}

extension Recorded {
  /// The moment of a row of a log: a document's siren, to the second.
  var rowTime: Timestamp? {
    guard statement.attribute == .sirenPlaces, statement.stance == .asserts,
      statement.simulated != true,
      statement.speaker.kind == .document || statement.speaker.kind == .sensor
    else { return nil }
    return moment
  }

  /// A moment to the second that what was said holds for.
  var moment: Timestamp? {
    statement.validAt?.precision == .second
      ? statement.validAt?.from
      : statement.attribute == .sirenPlaces && statement.saidAt.precision == .second
        ? statement.saidAt.from : nil
  }
}
