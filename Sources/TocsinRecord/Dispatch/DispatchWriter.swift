import TocsinModel

extension Dispatch {
  /// Writes it; `nil` for a language that it has no grammar of.
  public init?(_ dossier: Dossier, language: String) {
    guard let grammar = Grammar(language, timeZone: dossier.timeZone) else { return nil }
    let writer = DispatchWriter(dossier: dossier, grammar: grammar)
    incident = dossier.incident.id
    self.language = language
    asOf = dossier.asOf
    isRightToLeft = grammar.isRightToLeft
    headline = writer.headline
    sections = Kind.allCases.compactMap { kind in
      let sentences = writer.sentences(kind)
      guard !sentences.isEmpty else { return nil }
      return Section(kind: kind, title: grammar.say("title.\(kind.rawValue)"), sentences: sentences)
    }
  }
}

/// Goes through a dossier in the order of a report.
struct DispatchWriter {
  let dossier: Dossier
  let grammar: Grammar

  func sentences(_ kind: Dispatch.Kind) -> [Dispatch.Sentence] {
    switch kind {
    case .lead: lead
    case .happened: happened
    case .warned: shelter + warned
    case .ended: said { ["end", "ground", "place"].contains($0.matter) || $0 == .impactTime }
    case .interception: said { $0 == .interception }
    case .ceasefire: said { $0.matter == "ceasefire" } + ceasefireComputed
    case .strikes: said { $0.matter == "strikes" }
    case .operation: said { $0.matter == "operation" }
    case .said: said(Self.isElsewhere)
    case .disputed: disputed
    case .unknown: unknown
    case .simulated: simulated
    }
  }

  private static func isElsewhere(_ attribute: Record.Attribute) -> Bool {
    let placed: Set = [
      "end", "ground", "place", "interception", "ceasefire", "strikes", "operation", "siren",
    ]
    if attribute == .sirenCause || attribute == .sirenSounded { return true }
    return !placed.contains(attribute.matter) && attribute != .impactTime
  }

  private var witnesses: [Recorded] {
    dossier.statements.filter { $0.statement.simulated != true }
  }

  private func make(
    _ text: String, _ ids: [String], computed: Bool = false, frame: String? = nil
  ) -> Dispatch.Sentence {
    .init(text: text, ids: ids, isComputed: computed, frame: frame)
  }

  // MARK: What was said

  /// One sentence for every utterance, by the time said, then as recorded.
  private func said(_ isMeant: (Record.Attribute) -> Bool) -> [Dispatch.Sentence] {
    let meant = witnesses.filter { isMeant($0.statement.attribute) }
    var groups: [[Recorded]] = []
    for recorded in meant {
      if let index = groups.firstIndex(where: { isOneSentence($0[0], recorded) }) {
        groups[index].append(recorded)
      } else {
        groups.append([recorded])
      }
    }
    return groups.enumerated().sorted { left, right in
      (time(left.element), left.offset) < (time(right.element), right.offset)
    }.map { sentence($0.element) }
  }

  private func time(_ group: [Recorded]) -> Timestamp {
    group[0].statement.saidAt.from ?? group[0].recordedAt
  }

  private func isOneSentence(_ one: Recorded, _ other: Recorded) -> Bool {
    let (left, right) = (one.statement, other.statement)
    guard let utterance = left.utterance, utterance == right.utterance else { return false }
    return left.stance == right.stance && left.speaker == right.speaker
      && left.relays == right.relays && left.saidAt == right.saidAt
      && grammar.clause(left) != nil && grammar.clause(right) != nil
  }

  private func sentence(_ group: [Recorded]) -> Dispatch.Sentence {
    make(
      grammar.attributed(group.map(\.statement)), group.map(\.id),
      frame: Grammar.frame(group[0].statement))
  }

  // MARK: Headline and lead

  var headline: Dispatch.Sentence {
    let title = grammar.isolated(dossier.incident.title[grammar.language])
    var parts: [String] = []
    var ids: [String] = [dossier.incident.id]
    let zones = warnedRows.map(\.zone)
    if !zones.isEmpty {
      parts.append(grammar.say("head.warned", ["n": String(Set(zones).count)]))
      ids += warnedRows.map(\.ids).flatMap { $0 }
    }
    let disputes = dossier.findings.filter { $0.status == .disputed }
    parts.append(grammar.say("head.disputed", ["n": String(disputes.count)]))
    ids += disputes.flatMap(\.positions).flatMap(\.statements)
    return make(
      title + grammar.say("colon") + parts.joined(separator: grammar.say("semicolon")),
      Self.unique(ids))
  }

  private var lead: [Dispatch.Sentence] {
    let speakers = Set(
      witnesses.map { "\($0.statement.speaker.kind)|\($0.statement.speaker.name.text)" })
    let text = grammar.say(
      "lead",
      [
        "t": grammar.moment(dossier.asOf), "n": String(witnesses.count),
        "m": String(speakers.count), "zone": grammar.isolated(dossier.timeZone),
      ])
    return [make(grammar.sentence(text), [dossier.incident.id])]
  }

  // MARK: In order of time

  private var happened: [Dispatch.Sentence] {
    let groups = dossier.computed.filter { $0.kind == .sirens }
    var timed: [(Timestamp, Dispatch.Sentence)] = groups.flatMap { group in
      rows(group).map { (group.from, $0) }
    }
    let spoken = witnesses.filter { recorded in
      let inGroup = groups.contains { $0.rows.contains(recorded.id) }
      return recorded.statement.attribute == .sirenPlaces && !inGroup
        || recorded.statement.attribute == .sirenTime
    }
    timed += spoken.map { recorded in
      let when = recorded.statement.validAt?.from ?? recorded.statement.saidAt.from
      return (when ?? recorded.recordedAt, sentence([recorded]))
    }
    for calm in dossier.computed where calm.kind == .calm {
      timed.append((calm.from + .nanoseconds(1), self.calm(calm)))
    }
    return timed.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map(\.element.1)
  }

  /// The rows of one group, in one sentence for each log that has them.
  private func rows(_ group: Computed) -> [Dispatch.Sentence] {
    let members = group.rows.compactMap { id in dossier.statements.first { $0.id == id } }
    return Dictionary(grouping: members, by: \.statement.speaker).sorted {
      $0.key.name.text < $1.key.name.text
    }.map { speaker, rows in
      let places = rows.map { row in
        grammar.say(
          "place.at", ["p": placeName(row.statement), "t": row.moment.map(grammar.clock) ?? ""])
      }
      let clause = grammar.say("c.siren.places", ["v": grammar.list(places)])
      let frame = Grammar.frame(rows[0].statement)
      let text = grammar.say(frame, ["who": grammar.who(speaker), "clause": clause])
      return make(
        grammar.sentence(text + " (" + grammar.day(group.from) + ")"), rows.map(\.id), frame: frame)
    }
  }

  /// The zone's name where the place is one zone; else the place as it was named.
  private func placeName(_ statement: Record.Statement) -> String {
    guard case .place(let place) = statement.value.amount else { return "" }
    if let zone = place.zones?.first, place.zones?.count == 1, let name = dossier.zones[zone] {
      return grammar.isolated(name[grammar.language])
    }
    return grammar.list(place.names.map(grammar.words))
  }

  private func calm(_ calm: Computed) -> Dispatch.Sentence {
    let text = grammar.say(
      "calm",
      [
        "a": grammar.moment(calm.from), "b": grammar.moment(calm.to),
        "d": grammar.duration(calm.duration),
      ])
    return make(grammar.sentence(text), calm.rows, computed: true)
  }

  // MARK: Who was warned, with how many seconds

  private struct Warned {
    var zone: String
    var ids: [String]
  }

  /// Zones that a log has rows of.
  private var warnedRows: [Warned] {
    let rows = dossier.computed.filter { $0.kind == .sirens }.flatMap(\.rows)
    var byZone: [String: [String]] = [:]
    for recorded in dossier.statements where rows.contains(recorded.id) {
      guard case .place(let place) = recorded.statement.value.amount else { continue }
      for zone in place.zones ?? place.names.map(\.text) {
        byZone[zone, default: []].append(recorded.id)
      }
    }
    return byZone.map { Warned(zone: $0.key, ids: $0.value) }.sorted { $0.zone < $1.zone }
  }

  /// The time to shelter of each zone that a log names, from the list of zones.
  private var shelter: [Dispatch.Sentence] {
    let known = warnedRows.filter { dossier.shelterSeconds[$0.zone] != nil }
    guard !known.isEmpty else { return [] }
    let items = known.map { row in
      grammar.say(
        "zone.seconds",
        [
          "z": grammar.isolated(dossier.zones[row.zone]?[grammar.language] ?? row.zone),
          "s": grammar.say("u.s", ["n": String(dossier.shelterSeconds[row.zone] ?? 0)]),
        ])
    }
    return [
      make(
        grammar.sentence(grammar.say("shelter", ["list": grammar.list(items)])),
        Self.unique(known.flatMap(\.ids)), computed: true)
    ]
  }

  /// Our own warnings, each zone at its first.
  private var warned: [Dispatch.Sentence] {
    let calls = dossier.warnings.filter {
      $0.stage != .ended && ($0.kind == .warning || $0.kind == .extension)
    }
    let modes = Dictionary(grouping: calls, by: \.mode)
    return modes.sorted { $0.key.rawValue < $1.key.rawValue }.map { mode, calls in
      var first: [String: Archive.WarningRow] = [:]
      for call in calls where first[call.zone] == nil { first[call.zone] = call }
      let rows = first.values.sorted { ($0.issued, $0.zone) < ($1.issued, $1.zone) }
      let items = rows.map { row in
        let name = grammar.isolated(dossier.zones[row.zone]?[grammar.language] ?? row.zone)
        let given = row.seconds.map { grammar.say("u.s", ["n": String(Int($0.rounded()))]) }
        return grammar.say(
          given == nil ? "zone.at" : "zone.given",
          ["z": name, "t": grammar.clock(row.issued), "s": given ?? ""])
      }
      return make(
        grammar.sentence(grammar.say("warned.\(mode.rawValue)", ["list": grammar.list(items)])),
        Self.unique(rows.map(\.warning)), computed: true)
    }
  }

  // MARK: The ceasefire, computed beside what was said

  private var ceasefireComputed: [Dispatch.Sentence] {
    dossier.periods.filter { $0.matter == "ceasefire" && !$0.sirens.isEmpty }.map { period in
      let groups = dossier.computed.filter { group in
        group.kind == .sirens && group.rows.contains { period.sirens.contains($0) }
      }
      let items = groups.map { group in
        let rows = group.rows.filter(period.sirens.contains)
        return grammar.say(
          group.from == group.to ? "group.moment" : "group.span",
          [
            "n": String(rows.count), "d": grammar.day(group.from), "a": grammar.clock(group.from),
            "b": grammar.clock(group.to),
          ])
      }
      return make(
        grammar.sentence(
          grammar.say(
            "since.ceasefire",
            [
              "list": items.joined(separator: grammar.say("semicolon")),
              "surely": String(period.sirensSurely.count),
            ])), period.sirens, computed: true)
    }
  }

  // MARK: Disputed and unknown

  private var disputed: [Dispatch.Sentence] {
    dossier.findings.compactMap { finding in
      let key = "status.\(finding.status.rawValue)"
      guard [.disputed, .incomparable, .changed].contains(finding.status) else { return nil }
      let positions = finding.positions.map(position)
      let text = grammar.say(
        key,
        [
          "topic": grammar.topic(finding.attribute),
          "list": positions.joined(separator: grammar.say("semicolon")),
          "n": String(finding.positions.count),
        ])
      let changed = finding.changes.flatMap { [$0.from, $0.to] }
      return make(
        grammar.sentence(text), Self.unique(finding.positions.flatMap(\.statements) + changed))
    }
  }

  /// What is held, and by whom.
  private func position(_ position: Finding.Position) -> String {
    let first = dossier.statements.first { $0.id == position.statements[0] }
    let clause =
      first.flatMap { grammar.clause($0.statement) }
      ?? first?.statement.quote.map { grammar.quoted(grammar.words($0)) }
      ?? first?.statement.value.words.map { grammar.isolated($0.text) } ?? ""
    let key = position.stance == .denies ? "position.denied" : "position"
    let who = position.holders.flatMap(\.speakers).map(grammar.who)
    return grammar.say(key, ["clause": clause, "who": grammar.list(Self.unique(who))])
  }

  private var unknown: [Dispatch.Sentence] {
    var sentences: [Dispatch.Sentence] = []
    let asked = Self.questions(dossier.incident.kind)
    let said = Set(dossier.findings.filter { $0.status != .noStatement }.map(\.attribute))
    let open = asked.filter { !said.contains($0) }
    if !open.isEmpty {
      sentences.append(
        make(
          grammar.sentence(grammar.say("nothing", ["list": grammar.list(open.map(grammar.topic))])),
          [dossier.incident.id]))
    }
    let rootless = witnesses.filter { if case .unknown = $0.statement.root { true } else { false } }
    if !rootless.isEmpty {
      let speakers = Self.unique(rootless.map { grammar.who($0.statement.speaker) })
      sentences.append(
        make(
          grammar.sentence(grammar.say("rootless", ["list": grammar.list(speakers)])),
          rootless.map(\.id)))
    }
    let timeless = witnesses.filter { !$0.statement.saidAt.isKnown }
    if !timeless.isEmpty {
      sentences.append(
        make(
          grammar.sentence(grammar.say("timeless", ["n": String(timeless.count)])),
          timeless.map(\.id)))
    }
    for (reason, gaps) in Dictionary(grouping: dossier.gaps, by: \.reasonClass).sorted(by: {
      $0.key < $1.key
    }) {
      sentences.append(
        make(
          grammar.sentence(
            grammar.say(
              "withheld", ["n": String(gaps.count), "reason": grammar.isolated(reason)])),
          gaps.map(\.statement)))
    }
    return sentences
  }

  /// What a reader asks of every incident of a kind.
  private static func questions(_ kind: Record.Incident.Kind) -> [Record.Attribute] {
    switch kind {
    case .attack:
      [.launchCount, .firedBy, .end, .interception, .cause, .countKilled, .countInjured]
    case .falseAlert: [.sirenCause, .warningTime]
    case .naturalHazard: [.warningTime, .countKilled, .countInjured]
    case .other: [.cause]
    }
  }

  private var simulated: [Dispatch.Sentence] {
    dossier.statements.filter { $0.statement.simulated == true }.map { recorded in
      var sentence = sentence([recorded])
      sentence.text = grammar.say("simulated", ["s": sentence.text])
      return sentence
    }
  }

  static func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
    var seen: Set<Item> = []
    return items.filter { seen.insert($0).inserted }
  }
}
