import Foundation
package import HomeFrontCommand
package import TocsinModel
import TocsinSources

/// What clients of the Home Front Command read, made of our warnings of real danger and nothing else.
///
/// A fold over the decisions in the state, so that it is the same after a restart. Exercises and replays are
/// not in it: these clients cannot tell them from danger.
package struct CompatibleAlerts: Sendable {
  package struct Options: Hashable, Sendable {
    /// How long zones stand in the real-time file after the newest word on them. The slowest known client asks
    /// every 20 s; the file is no state of the zones, and clients that find it empty say that a siren ended.
    package var shown: Duration
    /// Whether an end stands in the real-time file too. Old clients report it as an alert.
    package var endsInRealTime: Bool

    package init(shown: Duration = .seconds(30), endsInRealTime: Bool = false) {
      self.shown = shown
      self.endsInRealTime = endsInRealTime
    }
  }

  /// Newest first.
  package private(set) var history: [HistoryRow] = []
  private var episodes: [Headline: Episode] = [:]
  private let options: Options
  private let names: [String: String]

  /// How long each of several alerts stands in the file before the next takes its place.
  static let turn: Int64 = 6

  package init(_ warnings: [Warning], plan: Plan, options: Options = Options()) {
    self.options = options
    names = Dictionary(
      plan.zones.map { ($0.id, $0.name["he"]) }, uniquingKeysWith: { first, _ in first })
    let hazards = Dictionary(
      plan.hazards.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let heard = warnings.filter {
      $0.mode == .actual && $0.outlets.contains(Outlet.compatible.id)
    }
    var last: Int64 = 0
    for word in Word.all(heard, hazards) {
      // Whole seconds that only grow, so that no two contents share an id.
      last = max(last + 1, Int64(word.time.seconds.rounded(.down)))
      take(word, id: AlertID.id(unixSeconds: last), heard)
    }
    history.reverse()
  }

  // MARK: Reading

  /// What stands in the real-time file now; several alerts take turns, as one file holds one category.
  package func onNow(at now: Timestamp) -> RealTimeAlert? {
    let on = active(at: now)
    guard !on.isEmpty else { return nil }
    let turn = Int64(now.seconds.rounded(.down)) / Self.turn
    return on[Int(turn % Int64(on.count))].alert
  }

  /// What Tzofar's clients ask for beside their stream: all dangers that are on.
  func notifications(at now: Timestamp) -> [UInt8] {
    let list = active(at: now).compactMap { alert, category, since -> [String: JSONValue]? in
      guard let threat = category.tzofarThreat else { return nil }
      return [
        "notificationId": .text(alert.id), "time": .number(since.seconds.rounded(.down)),
        "threat": .number(Double(threat)), "isDrill": .flag(false),
        "cities": .list(alert.zones.map(JSONValue.text)),
      ]
    }
    return (try? JSONEncoder.web.encode(list)).map(Array.init) ?? Array("[]".utf8)
  }

  private func active(
    at now: Timestamp
  ) -> [(alert: RealTimeAlert, category: AlertCategory, since: Timestamp)] {
    let on = episodes.filter { _, episode in
      !episode.zones.isEmpty && episode.newest + options.shown > now
    }
    return on.sorted { $0.value.id < $1.value.id }.map { headline, episode in
      let alert = RealTimeAlert(
        id: episode.id, number: headline.category.realTimeNumber, title: headline.title,
        zones: episode.zones.map(name), instruction: headline.instruction)
      return (alert, headline.category, episode.newest)
    }
  }

  private func name(_ zone: String) -> String { names[zone] ?? zone }

  // MARK: Folding

  /// What one object of the file says besides its zones.
  private struct Headline: Hashable {
    var category: AlertCategory
    var title: String
    var instruction: String
  }

  /// Zones that were told one after another without a pause, and stand in the file together.
  private struct Episode {
    var id: String
    var zones: [String] = []
    var newest: Timestamp
  }

  private mutating func take(_ word: Word, id: String, _ warnings: [Warning]) {
    let zones = word.isEnd ? word.zones.filter { !isHeld($0, beside: word, warnings) } : word.zones
    if word.isEnd { remove(zones, id) }
    let category = AlertCategory(word.kind)
    let headline = Headline(
      category: category, title: word.title, instruction: word.instruction)
    if !word.isEnd || options.endsInRealTime { show(zones, headline, word.time, id) }
    let time = IsraelTime(word.time)
    history += zones.sorted().reversed().map {
      HistoryRow(
        zone: name($0), time: time, number: category.historyNumber, title: word.title,
        serial: word.entry)
    }
  }

  private mutating func show(
    _ zones: [String], _ headline: Headline, _ time: Timestamp, _ id: String
  ) {
    guard !zones.isEmpty else { return }
    var episode = episodes[headline] ?? Episode(id: id, newest: time)
    if episode.newest + options.shown <= time { episode.zones = [] }
    let new = zones.filter { !episode.zones.contains($0) }
    if !new.isEmpty { episode.id = id }
    episode.zones += new
    episode.newest = time
    episodes[headline] = episode
  }

  private mutating func remove(_ zones: [String], _ id: String) {
    for (headline, episode) in episodes where episode.zones.contains(where: zones.contains) {
      episodes[headline]?.zones.removeAll(where: zones.contains)
      episodes[headline]?.id = id
    }
  }

  /// Whether another warning holds a zone when one ends there: then nobody hears that it is over.
  private func isHeld(_ zone: String, beside word: Word, _ warnings: [Warning]) -> Bool {
    warnings.contains { other in
      guard other.id != word.warning, let state = other.zones[zone] else { return false }
      return state.issued <= word.time && (state.ended.map { $0 > word.time } ?? true)
    }
  }
}

/// One decision, as these clients would hear of it.
private struct Word {
  var entry: Int
  var time: Timestamp
  var warning: String
  var kind: AlertCategory.Kind
  var title: String
  var instruction: String
  var zones: [String]

  var isEnd: Bool { kind == .ended }

  static func all(_ warnings: [Warning], _ hazards: [String: Hazard]) -> [Word] {
    warnings.flatMap { warning in
      warning.decisions.map { Word($0, of: warning, hazards[warning.hazard]) }
    }.sorted { ($0.time, $0.entry, $0.warning) < ($1.time, $1.entry, $1.warning) }
  }

  init(_ decision: Warning.Decision, of warning: Warning, _ hazard: Hazard?) {
    entry = decision.entry
    time = decision.time
    self.warning = warning.id
    zones = decision.zones.map(\.zone)
    let isOver = decision.kind == .allClear || decision.kind == .correction
    let danger = AlertCategory.Kind(hazard: warning.hazard)
    kind = isOver ? .ended : decision.stage == .early ? .earlyWarning : danger
    title =
      kind == .general ? hazard?.name["he"] ?? warning.hazard : AlertCategory(kind).title
    let text = hazard?.text(of: decision.kind, stage: decision.stage ?? .shelter)
    instruction = text?["he"] ?? ""
    if decision.kind == .correction { title += " - " + (text?["he"] ?? "") }
  }
}
