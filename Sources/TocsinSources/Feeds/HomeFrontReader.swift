import HomeFrontCommand
package import TocsinModel

/// Turns the Home Front Command's two files into statements, each thing told once.
///
/// The real-time file is first with everything, but holds one alert for some seconds; the history has what was
/// missed, and every end. What both tell is told once: the same zone, hazard and stage within three minutes, by
/// the times the feed gives. A new id in the real-time file is a new alert: a renewal, if the core holds it.
package struct HomeFrontReader: Sendable {
  let source: String
  /// The hazard of early warnings, which do not name one.
  let earlyHazard: String
  /// What "the whole country" means.
  let everywhere: [String]

  /// Of one alert in the real-time file: longer than any threat is announced, so something is stuck.
  static let longestAlert = Duration.seconds(300)
  /// Told again within this time, it is the same.
  static let sameWithin = Duration.seconds(180)
  /// What is older when we first see it is no news.
  static let oldest = Duration.seconds(120)

  /// Alerts of the real-time file, with when each was first seen.
  private var seen: [RealTimeAlert: Timestamp] = [:]
  private var newestID: Int64 = 0
  private var told: [Word: Timestamp] = [:]
  private var newestRow: Timestamp?

  private struct Word: Hashable {
    var place: String
    var hazard: String
    var stage: Stage
  }

  package init(source: String, earlyHazard: String = "rockets", everywhere: [String] = []) {
    self.source = source
    self.earlyHazard = earlyHazard
    self.everywhere = everywhere
  }

  // MARK: The real-time file

  package mutating func realTime(_ bytes: [UInt8], at now: Timestamp) -> FeedNews {
    let file: RealTimeFile
    do {
      file = try RealTimeFile(bytes)
    } catch {
      return .dead("real-time file: \(error)")
    }
    var news = FeedNews(faults: file.faults.map { "real-time file: \($0)" }, isAlive: true)
    guard let alert = file.alert else { return news }
    seen = seen.filter { $0.value + Self.longestAlert * 4 > now }
    if let first = seen[alert] {
      if first + Self.longestAlert < now {
        news.isAlive = false
        news.faults.append(
          "real-time file: the same alert has stood since \(first). The feed is frozen; it was told once."
        )
      }
      return news
    }
    let said = AlertID.unixSeconds(alert.id).map { Timestamp(nanoseconds: $0 * 1_000_000_000) }
    if let said, let fault = age(of: said, at: now) {
      return .dead("real-time file: alert \(alert.id) \(fault)")
    }
    seen[alert] = now
    newestID = max(newestID, said.map { $0.nanoseconds } ?? 0)
    announce(alert, said: said.map { min($0, now) } ?? now, &news)
    return news
  }

  /// What is wrong with the time of an alert that was not seen before.
  private func age(of said: Timestamp, at now: Timestamp) -> String? {
    if said + Self.oldest < now {
      return
        "is of \(said), and was not seen before. The feed is frozen or went back; it was not told."
    }
    if said + Self.oldest < Timestamp(nanoseconds: newestID) {
      return "is older than one seen before. The feed went back; it was not told."
    }
    if said > now + Self.oldest {
      return "is of \(said), which is to come. Compare the clocks; it was not told."
    }
    return nil
  }

  private mutating func announce(_ alert: RealTimeAlert, said: Timestamp, _ news: inout FeedNews) {
    let meaning = Meaning(alert)
    if let fault = meaning.fault { news.faults.append("real-time file: \(fault)") }
    guard let category = meaning.category else { return }
    tell(category, title: alert.title, alert.zones, said: said, id: alert.id, &news)
  }

  /// What an alert's number and title come to together.
  private struct Meaning {
    var category: AlertCategory?
    var fault: String?

    init(_ alert: RealTimeAlert) {
      let isCalledDrill = ["תרגיל", "בדיקה"].contains { alert.title.contains($0) }
      switch alert.category {
      case let known? where !known.isDrill && isCalledDrill:
        fault =
          "alert \(alert.id) has the number of real danger and is called a drill (\(alert.title)). "
          + "Nothing was sounded: a person has to decide."
      case let known?: category = known
      case nil where alert.number == 10 || isCalledDrill || (alert.number ?? 0) > 100:
        fault =
          "alert \(alert.id) (\(alert.title)) does not say whether it is early or over. "
          + "Nothing was sounded; the history will tell."
      case nil:
        category = AlertCategory(.general)
        fault =
          "alert \(alert.id) has the number \(alert.number.map(String.init) ?? "none"), which is not "
          + "known (\(alert.title)). It was taken as general danger."
      }
    }
  }

  // MARK: The history

  package mutating func history(_ bytes: [UInt8], at now: Timestamp) -> FeedNews {
    let file: HistoryFile
    do {
      file = try HistoryFile(bytes)
    } catch {
      return .dead("history: \(error)")
    }
    var news = FeedNews(faults: file.faults.map { "history: \($0)" }, isAlive: true)
    let rows = file.rows.compactMap { row in row.time.moment.map { (time: $0, row: row) } }
    if let fault = backStep(to: rows.map(\.time).max(), at: now) {
      return .dead("history: \(fault)")
    }
    let fresh = rows.filter { $0.time + Self.oldest >= now && $0.time <= now + Self.oldest }
    for (time, rows) in Dictionary(grouping: fresh, by: \.time).sorted(by: { $0.key < $1.key }) {
      tell(rows.map(\.row), said: min(time, now), &news)
    }
    return news
  }

  private mutating func backStep(to newest: Timestamp?, at now: Timestamp) -> String? {
    defer { newestRow = max(newest ?? .distantPast, newestRow ?? .distantPast) }
    guard let before = newestRow, before > .distantPast, before + .seconds(82_800) > now else {
      return nil
    }
    guard let newest else { return "it is empty, and was not before. Nothing was taken from it." }
    return newest < before
      ? "its newest entry is of \(newest), and was of \(before). It went back; nothing was taken."
      : nil
  }

  private mutating func tell(_ rows: [HistoryRow], said: Timestamp, _ news: inout FeedNews) {
    struct Kind: Hashable {
      var category: AlertCategory
      var title: String
    }
    var zones: [Kind: [String]] = [:]
    for row in rows.reversed() {
      guard let category = row.category else {
        news.faults.append(
          "history: \(row.zone) has the category \(row.number), which is not known (\(row.title)). "
            + "Nothing was sounded from the history.")
        continue
      }
      zones[Kind(category: category, title: row.title), default: []].append(row.zone)
    }
    for (kind, zones) in zones.sorted(by: { $0.value[0] < $1.value[0] }) {
      tell(kind.category, title: kind.title, zones, said: said, id: nil, &news)
    }
  }

  // MARK: Telling

  /// - Parameter id: given for an alert of the real-time file, which is told even if its words are not new.
  private mutating func tell(
    _ category: AlertCategory, title: String, _ zones: [String], said: Timestamp, id: String?,
    _ news: inout FeedNews
  ) {
    guard category.kind != .memorial else { return }
    let (tests, named) = (
      zones.filter { $0.contains("בדיקה") }, zones.filter { !$0.contains("בדיקה") }
    )
    if !tests.isEmpty {
      news.faults.append("test zones were left out: \(tests.joined(separator: "; "))")
    }
    guard !category.isDrill else {
      return news.statements.append(drill(title, named, said))
    }
    let stage: Stage =
      switch category.kind {
      case .ended: .ended
      case .earlyWarning: .early
      default: .shelter
      }
    let hazard = hazard(of: category.kind, title)
    told = told.filter { $0.value + Self.sameWithin > said }
    var places = named.flatMap { Self.isEverywhere($0) ? everywhere : [$0] }
    if id == nil {
      places.removeAll { told[Word(place: $0, hazard: hazard, stage: stage)] != nil }
    }
    guard !places.isEmpty else { return }
    for place in places { told[Word(place: place, hazard: hazard, stage: stage)] = said }
    news.statements.append(
      Statement(
        source: source, said: said,
        content: .announcement(
          Announcement(stage: stage, hazard: hazard, places: places, id: id))))
  }

  /// An end names its danger in the title at most; without a name it ends all that the feed has said.
  private func hazard(of kind: AlertCategory.Kind, _ title: String) -> String {
    switch kind {
    case .earlyWarning: return earlyHazard
    case .ended:
      let named = AlertCategory.Kind.allCases.first {
        $0.hazard != nil && $0 != .general && title.contains(AlertCategory($0).title)
      }
      return named?.hazard ?? ""
    default: return kind.hazard ?? "general"
    }
  }

  private static func isEverywhere(_ name: String) -> Bool {
    ["כל הארץ", "ברחבי הארץ"].contains(name.trimmed)
  }

  /// A drill of the feed's authority is told as what it is, and never as a warning.
  private func drill(_ title: String, _ zones: [String], _ said: Timestamp) -> Statement {
    Statement(
      source: source, said: said,
      content: .trouble(
        "announced a drill (\(title)) in \(zones.joined(separator: "; ")); nothing was sounded"))
  }
}
