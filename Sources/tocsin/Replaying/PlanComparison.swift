import TocsinCore
import TocsinModel
import TocsinSources

/// What a journal's events would have led to under another plan, beside what they led to then.
struct PlanComparison: Encodable {
  /// One zone told one thing.
  struct Told: Hashable, Encodable {
    var zone: String
    var kind: Notice.Kind
    var stage: Stage
    var warning: String
    var t: Timestamp

    /// What makes it the same word at, perhaps, another time.
    struct Word: Hashable {
      var zone: String
      var kind: Notice.Kind
      var stage: Stage
    }
    var word: Word { Word(zone: zone, kind: kind, stage: stage) }
  }

  /// The same word at another time.
  struct Moved: Encodable {
    var then: Told
    var now: Told
  }

  private(set) var toldThen = 0
  private(set) var toldNow = 0
  private(set) var onlyThen: [Told] = []
  private(set) var onlyNow: [Told] = []
  private(set) var moved: [Moved] = []
  /// Words for people about the plan's file.
  private(set) var notes: [String] = []
  /// English, by zone: those of the journal's plans too, where the new one has other zones.
  private var names: [String: String] = [:]

  enum CodingKeys: String, CodingKey {
    case toldThen = "told_then"
    case toldNow = "told_now"
    case onlyThen = "only_then"
    case onlyNow = "only_now"
    case moved
  }

  /// - Parameter plan: a plan file; it is laid over each plan of the journal.
  init(_ entries: [Entry], mode: Mode, plan: String) throws {
    var sequencer = Sequencer(Tocsin(mode: mode))
    var made: [Entry] = []
    // A warning is named after its entry, whose number may be another now.
    var numbers: [String: String] = [:]
    for entry in entries {
      let content: Event.Content
      switch entry.event.content {
      // Its own wakes come of themselves, and its deliveries were never made.
      case .wake, .receipt: continue
      case .plan(let old):
        let read = try PlanFields.read(plan, over: old)
        notes = read.notes
        for zone in old.zones + read.plan.zones { names[zone.id] = zone.name["en"] }
        content = .plan(read.plan)
      case .command(let command): content = .command(command.renamed(numbers))
      case .plots, .statement: content = entry.event.content
      }
      let fresh = sequencer.receive(content, at: entry.event.time)
      if let own = fresh.last { numbers["W\(entry.event.number)"] = "W\(own.event.number)" }
      made += fresh
    }
    if let end = entries.last?.event.time { made += sequencer.advance(to: end) }
    compare(Self.told(in: entries), Self.told(in: made))
  }

  /// Once for each zone, whatever the number of channels.
  private static func told(in entries: [Entry]) -> [Told] {
    var seen: Set<Told> = []
    return entries.flatMap(\.effects).flatMap { effect -> [Told] in
      guard case .deliver(let delivery) = effect else { return [] }
      let notice = delivery.message.notice
      return notice.rows.map {
        Told(
          zone: $0.zone, kind: notice.kind, stage: notice.stage, warning: notice.warning,
          t: notice.issued)
      }
    }.filter { seen.insert($0).inserted }
  }

  /// The first word of a kind to a zone is set against the first, the second against the second.
  private mutating func compare(_ then: [Told], _ now: [Told]) {
    (toldThen, toldNow) = (then.count, now.count)
    var rest = Dictionary(grouping: now, by: \.word)
    for word in then {
      guard let match = rest[word.word]?.first else {
        onlyThen.append(word)
        continue
      }
      rest[word.word]?.removeFirst()
      if match.t != word.t { moved.append(Moved(then: word, now: match)) }
    }
    onlyNow = rest.values.flatMap(\.self).sorted { ($0.t, $0.zone) < ($1.t, $1.zone) }
  }

  var lines: [String] {
    var lines =
      onlyThen.map { "only then: \(words($0, $0.warning))" }
      + onlyNow.map { "only now: \(words($0, "\($0.warning) of this replay"))" }
    lines += moved.map { pair in
      let shift = (pair.now.t - pair.then.t).inSeconds
      let size = (abs(shift) * 1e3).rounded() / 1e3
      let word = words(pair.then, pair.then.warning)
      return "\(size) s \(shift < 0 ? "earlier" : "later") now: \(word)"
    }
    lines.append(
      "\(toldThen) told then, \(toldNow) now (each zone and word once): \(onlyThen.count) only then, "
        + "\(onlyNow.count) only now, \(moved.count) at another time.")
    if !onlyNow.isEmpty {
      lines.append(
        "A warning 'of this replay' has a number of the replay: the journal and 'tocsin explain' do not "
          + "know it.")
    }
    return lines
  }

  private func words(_ told: Told, _ warning: String) -> String {
    let name = names[told.zone] ?? told.zone
    return "\(told.t) \(warning) \(told.kind.rawValue), \(told.stage.rawValue): \(name)"
  }
}

extension Command {
  /// The same order for the warning as it is called now.
  fileprivate func renamed(_ names: [String: String]) -> Command {
    func new(_ id: String) -> String { names[id] ?? id }
    var copy = self
    switch order {
    case .early, .warn, .record, .intercepted: break
    case .extend(let id, let place): copy.order = .extend(warning: new(id), where: place)
    case .correct(let id): copy.order = .correct(warning: new(id))
    case .clear(let id): copy.order = .clear(warning: new(id))
    case .confirm(let id): copy.order = .confirm(warning: new(id))
    }
    return copy
  }
}
