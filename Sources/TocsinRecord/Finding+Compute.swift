import TocsinModel

extension Finding {
  /// All findings of one incident's statements, by attribute in the order of the list. Pure: the order in
  /// which statements are given changes nothing, nor does giving one twice.
  /// - Parameter gaps: statements that are there and not shown.
  public static func all(
    of incident: String, _ statements: [Recorded], gaps: [String: Gap] = [:]
  ) -> [Finding] {
    var topics: [Topic: [String: Member]] = [:]
    for recorded in statements {
      topics[Topic(recorded.statement), default: [:]][recorded.id] = Member(recorded)
    }
    return topics.map { topic, members in
      finding(of: incident, topic, members.values.sorted { $0.id < $1.id }, gaps)
    }.sorted { $0.order < $1.order }
  }

  private static func finding(
    of incident: String, _ topic: Topic, _ members: [Member], _ gaps: [String: Gap]
  ) -> Finding {
    let shown = members.filter { gaps[$0.id] == nil }
    let history = History(shown)
    let current = shown.filter { history.changes[$0.id] == nil }
    let held = current.filter(\.takesPosition)
    let positions = Position.all(of: held)
    var finding = Finding(
      incident: incident, attribute: topic.attribute, subject: topic.subject, scope: topic.scope,
      status: .noStatement, positions: positions.map(\.position),
      changes: history.different + history.institutional(held),
      withoutPosition: current.filter { !$0.takesPosition }.map(\.id),
      gaps: members.compactMap { gaps[$0.id] }, relations: Pair.all(of: positions))
    finding.changes.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    finding.status = finding.computedStatus
    return finding
  }

  private var computedStatus: Status {
    let disputed = relations.filter { $0.relation == .conflicting }
    if !disputed.isEmpty {
      return disputed.allSatisfy { isWithinInstitution($0) } ? .changed : .disputed
    }
    if relations.contains(where: { $0.relation == .incomparable }) { return .incomparable }
    if changes.contains(where: { $0.kind != .update }) { return .changed }
    if positions.count > 1 || !changes.isEmpty { return .compatible }
    guard let only = positions.first else { return .noStatement }
    return only.independent > 1 ? .agreed : .singleSource
  }

  /// Whether two positions are an institution's own, at different times.
  private func isWithinInstitution(_ pair: Pair) -> Bool {
    let sides = pair.positions.map { Set(positions[$0].statements) }
    return changes.contains { change in
      change.byInstitution
        && ((sides[0] == [change.from] && sides[1] == [change.to])
          || (sides[1] == [change.from] && sides[0] == [change.to]))
    }
  }

  private var order: (Int, String, String) {
    let index = Record.Attribute.allCases.firstIndex(of: attribute) ?? 0
    return (index, subject ?? "", scope ?? "")
  }
}

/// What belongs together to be compared.
private struct Topic: Hashable {
  var attribute: Record.Attribute
  var subject: String?
  var scope: String?

  init(_ statement: Record.Statement) {
    attribute = statement.attribute
    subject = statement.subject
    switch attribute.rule {
    case .quantity, .count: scope = nil
    default: scope = statement.value.scope
    }
  }
}

/// A statement with what is asked of it again and again; a reference, because thousands are sorted.
private final class Member: Sendable {
  let id: String
  let statement: Record.Statement
  /// When it was said, as far as that is known.
  let from: Timestamp?
  let to: Timestamp?
  /// Who speaks, for telling what the same speaker said before. An unnamed speaker is nobody else.
  let voice: String
  /// Where the knowledge comes from.
  let root: String
  let key: PositionKey

  init(_ recorded: Recorded) {
    id = recorded.id
    statement = recorded.statement
    let (value, speaker) = (statement.value, statement.speaker)
    from = statement.saidAt.from
    to = statement.saidAt.to ?? statement.saidAt.from
    voice =
      speaker.kind == .anonymous
      ? "anonymous " + id
      : [speaker.kind.rawValue, speaker.name.text, value.unit ?? "", value.scope ?? ""]
        .joined(separator: "|")
    root =
      switch statement.root {
      case .speaker: "speaker:" + speaker.kind.rawValue + ":" + speaker.name.text
      case .origin(let origin): "origin:" + origin
      case .unknown: "unknown:" + (speaker.kind == .anonymous ? id : speaker.name.text)
      }
    let sense = value.sense
    key = PositionKey(
      stance: statement.stance, sense: sense,
      words: sense.words == nil && value.amount.isSpoken ? statement.quote?.text : nil)
  }

  var takesPosition: Bool { statement.stance == .asserts || statement.stance == .denies }
}

private struct PositionKey: Hashable {
  var stance: Record.Stance
  var sense: Record.Value.Sense
  var words: String?
}

/// What every speaker said before.
private struct History {
  /// By the id of the statement that no longer counts.
  private(set) var changes: [String: Finding.Change] = [:]
  private let byID: [String: Member]

  init(_ members: [Member]) {
    byID = Dictionary(members.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for recorded in members {
      guard let replaced = recorded.statement.replaces,
        let earlier = byID[replaced.statement]?.statement.speaker,
        recorded.statement.speaker.mayReplace(earlier)
      else { continue }
      let known = changes[replaced.statement]
      // Of two that replace one, the same is taken whatever the order they came in.
      guard known.map({ recorded.id < $0.to }) ?? true else { continue }
      changes[replaced.statement] = Finding.Change(
        speaker: recorded.statement.speaker.name.text,
        byInstitution: recorded.statement.speaker.name.text != earlier.name.text,
        from: replaced.statement, to: recorded.id, kind: replaced.kind,
        speakersWord: replaced.speakersWord)
    }
    for (_, spoken) in Dictionary(grouping: members, by: \.voice) { note(laterOf: spoken) }
  }

  /// The next statement of the same speaker that is later beyond doubt.
  private mutating func note(laterOf spoken: [Member]) {
    guard spoken.count > 1, spoken[0].statement.attribute.rule.supersedes else { return }
    let timed = spoken.inOrder
    for recorded in timed where changes[recorded.id] == nil {
      guard let end = recorded.to, let next = timed.firstAfter(end) else { continue }
      changes[recorded.id] = Finding.Change(
        speaker: recorded.statement.speaker.name.text, byInstitution: false, from: recorded.id,
        to: next.id, kind: nil, speakersWord: nil)
    }
  }

  /// Only those where something else was said, not the same again.
  var different: [Finding.Change] {
    changes.values.filter { change in
      guard let from = byID[change.from]?.statement, let to = byID[change.to]?.statement else {
        return false
      }
      return from.value.sense != to.value.sense || from.stance != to.stance
        || from.certainty.level != to.certainty.level
    }
  }

  /// An institution that said something else by another speaker: both stay positions.
  func institutional(_ held: [Member]) -> [Finding.Change] {
    let groups = Dictionary(grouping: held) { $0.statement.speaker.onBehalfOf ?? "" }
    return groups.flatMap { institution, spoken -> [Finding.Change] in
      guard !institution.isEmpty, spoken.count > 1 else { return [] }
      let timed = spoken.inOrder
      return zip(timed, timed.dropFirst()).compactMap { earlier, later in
        guard let end = earlier.to, let start = later.from, end < start,
          earlier.voice != later.voice,
          Comparison.relation(earlier.statement, later.statement) == .conflicting
        else { return nil }
        return Finding.Change(
          speaker: institution, byInstitution: true, from: earlier.id, to: later.id,
          kind: nil, speakersWord: nil)
      }
    }
  }
}

extension [Member] {
  /// Those whose time is known, by it.
  fileprivate var inOrder: [Member] {
    filter { $0.from != nil }.sorted {
      ($0.from ?? .distantPast, $0.id) < ($1.from ?? .distantPast, $1.id)
    }
  }

  /// The first, in order of time, that begins after a moment.
  fileprivate func firstAfter(_ moment: Timestamp) -> Member? {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].from ?? .distantPast > moment { high = middle } else { low = middle + 1 }
    }
    return low < endIndex ? self[low] : nil
  }
}

extension Record.Speaker {
  /// Nobody replaces another's words: only the speaker, or somebody who speaks for the same institution.
  fileprivate func mayReplace(_ earlier: Record.Speaker) -> Bool {
    if kind == earlier.kind, name.text == earlier.name.text { return true }
    return onBehalfOf != nil && onBehalfOf == earlier.onBehalfOf
  }
}

extension Record.Attribute.Rule {
  /// Whether a speaker's later value takes the place of the earlier; places and words add up instead.
  fileprivate var supersedes: Bool {
    switch self {
    case .places, .words: false
    default: true
    }
  }
}

/// A position with the statements behind it.
private struct Stand {
  var position: Finding.Position
  var members: [Member]
}

extension Finding.Position {
  fileprivate static func all(of held: [Member]) -> [Stand] {
    Dictionary(grouping: held, by: \.key).values.map(stand).sorted { left, right in
      (left.position.firstSaid ?? .distantFuture, left.position.statements[0])
        < (right.position.firstSaid ?? .distantFuture, right.position.statements[0])
    }
  }

  private static func stand(_ members: [Member]) -> Stand {
    let members = members.sorted { $0.id < $1.id }
    let holders = Dictionary(grouping: members, by: \.root).map(Finding.Holder.init)
      .sorted { $0.root < $1.root }
    let unknown = holders.count { $0.root.hasPrefix("unknown:") }
    return Stand(
      position: Finding.Position(
        stance: members[0].statement.stance, value: members[0].statement.value, holders: holders,
        independent: holders.count - unknown, unknownRoots: unknown,
        firstSaid: members.compactMap(\.from).min(),
        lastSaid: members.compactMap(\.to).max(),
        statements: members.map(\.id)),
      members: members)
  }
}

extension Record.Value.Amount {
  fileprivate var isSpoken: Bool {
    switch self {
    case .spoken, .unknown: true
    default: false
    }
  }
}

extension Finding.Holder {
  fileprivate init(root: String, members: [Member]) {
    let members = members.sorted { $0.id < $1.id }
    let speakers = Set(members.map(\.statement.speaker))
    let relays = Set(
      members.flatMap(\.statement.relays).map { [$0.agent.text, $0.reference ?? ""] })
    self.init(
      root: root, speakers: speakers.sorted { $0.name.text < $1.name.text },
      appearances: relays.count, statements: members.map(\.id))
  }
}

extension Finding.Pair {
  fileprivate static func all(of stands: [Stand]) -> [Finding.Pair] {
    var pairs: [Finding.Pair] = []
    for left in stands.indices {
      for right in stands.indices where right > left {
        let relation = Finding.Pair.relation(stands[left], stands[right])
        if relation != .compatible || stands.count < 12 {
          pairs.append(Finding.Pair(positions: [left, right], relation: relation))
        }
      }
    }
    return pairs
  }

  private static func relation(_ left: Stand, _ right: Stand) -> Relation {
    let first = Comparison.relation(left.members[0].statement, right.members[0].statement)
    guard left.members[0].statement.attribute.rule == .count else { return first }
    // Only counts depend on the time too: any two that speak of one time are enough.
    let assert = left.position.stance == .asserts && right.position.stance == .asserts
    guard first == .compatible, assert else { return first }
    let spans = (Set(left.members.map(\.statement.asOf)), Set(right.members.map(\.statement.asOf)))
    let meet = spans.0.contains { span in spans.1.contains { Comparison.overlap(span, $0) } }
    guard meet else { return .compatible }
    return Comparison.relation(
      left.members[0].statement.value, right.members[0].statement.value,
      by: left.members[0].statement.attribute.rule)
  }
}
