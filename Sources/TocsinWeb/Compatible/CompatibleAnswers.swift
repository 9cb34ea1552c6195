import HomeFrontCommand
import Synchronization
import TocsinCore
import TocsinEngine
import TocsinModel
import UkraineAlerts

/// What there is to say to clients of other authorities' feeds, as of one entry.
struct CompatibleAnswers: Sendable {
  let alerts: CompatibleAlerts
  let zones: CompatibleZones
  let regions: CompatibleRegions
  let note: String

  init(_ tocsin: Tocsin, options: CompatibleAlerts.Options) {
    let warnings = Array(tocsin.warnings.values)
    alerts = CompatibleAlerts(warnings, plan: tocsin.plan, options: options)
    zones = CompatibleZones(tocsin.plan)
    regions = CompatibleRegions(warnings, zones: zones)
    note = "Warnings of Tocsin (\(tocsin.plan.title["en"])), not of an authority."
  }

  /// The answer to a path, in small letters and without empty parts; `nil` when it is none of these.
  func answer(_ path: [String], _ language: String, at now: Timestamp) -> [UInt8]? {
    homeFront(path, language, at: now) ?? ukraine(path, at: now)
  }

  private func homeFront(_ path: [String], _ language: String, at now: Timestamp) -> [UInt8]? {
    switch path.joined(separator: "/") {
    case "warningmessages/alert/alerts.json": RealTimeFile(alerts.onNow(at: now)).bytes
    case "warningmessages/alert/history/alertshistory.json",
      "warningmessages/history/alertshistory.json":
      HistoryFile(alerts.history).shortBytes
    // Whatever span is asked for: we answer from the state, which holds the last day.
    case "shared/ajax/getalarmshistory.aspx": HistoryFile(alerts.history).longBytes
    case "shared/ajax/getdistricts.aspx": zones.lists.districts(language)
    case "shared/ajax/getcitiesmix.aspx": zones.lists.citiesMix(language)
    case "shared/ajax/getalarminstructions.aspx": zones.lists.instructions(language)
    case "districts/cities_heb.json": zones.lists.citiesMix("he")
    case "districts/cities_eng.json": zones.lists.citiesMix("en")
    case "districts/cities_rus.json": zones.lists.citiesMix("ru")
    case "districts/cities_arb.json": zones.lists.citiesMix("ar")
    case "alerts/alertstranslation.json": ZoneLists.translations(zones.translations)
    case "alerts/alertcategories.json": ZoneLists.categories
    case "static/cities.json": zones.lists.tzofar
    case "lists-versions": Array(#"{"cities":1,"polygons":1}"#.utf8)
    case "notifications": alerts.notifications(at: now)
    default: nil
    }
  }

  private func ukraine(_ path: [String], at now: Timestamp) -> [UInt8]? {
    guard let first = path.first, path.count > 1 else { return nil }
    let version = first == "v2" ? 2 : 1
    let rest = path.dropFirst().map { $0.hasSuffix(".json") ? String($0.dropLast(5)) : $0 }
    switch (first, rest.count) {
    case ("v1", 2) where rest == ["alerts", "active"]: return regions.active(now, note: note)
    case ("v1", 4) where rest[0] == "regions" && rest[2] == "alerts":
      return Int(rest[1]).map { regions.history(of: $0, now, note: note) }
    case ("v1", 2...), ("v2", 2...): return letters(Array(rest), version)
    case ("api", 2...) where rest[0] == "v3": return alarm(Array(rest.dropFirst()))
    default: return nil
    }
  }

  private func letters(_ path: [String], _ version: Int) -> [UInt8]? {
    guard path[0] == "iot" else { return nil }
    switch (path[1], path.count) {
    case ("active_air_raid_alerts_by_oblast", 2): return regions.oblastLetters(version: version)
    case ("active_air_raid_alerts", 2): return regions.letters(version: version)
    case ("active_air_raid_alerts", 3):
      return Int(path[2]).flatMap { regions.letter(of: $0, version: version) }
    default: return nil
    }
  }

  private func alarm(_ path: [String]) -> [UInt8]? {
    switch path {
    case ["alerts"]: return regions.states(of: nil).bytes
    case ["alerts", "status"]: return Array(#"{"lastActionIndex":\#(regions.newestEntry)}"#.utf8)
    case ["regions"]: return regions.tree.bytes
    default:
      guard path.count == 2, path[0] == "alerts", let number = Int(path[1]) else { return nil }
      return regions.states(of: number).bytes
    }
  }
}

/// Keeps the answers of the newest entry, however many ask.
final class CompatibleShelf: Sendable {
  let options: CompatibleAlerts.Options
  // Requests make and read it, each in its own task.
  private let kept = Mutex<(entry: Int, answers: CompatibleAnswers)?>(nil)

  init(options: CompatibleAlerts.Options) { self.options = options }

  func answers(_ view: View) -> CompatibleAnswers {
    let entry = view.tocsin.number
    if let kept = kept.withLock({ $0 }), kept.entry == entry { return kept.answers }
    let answers = CompatibleAnswers(view.tocsin, options: options)
    kept.withLock { $0 = (entry, answers) }
    return answers
  }
}
