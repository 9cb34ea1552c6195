import Foundation
import TocsinModel
import TocsinSources
import UkraineAlerts

/// What clients of the Ukrainian services read, made of our warnings of real danger and nothing else.
///
/// There an alert is a state with start and end; early warnings are no alert there.
struct CompatibleRegions: Sendable {
  private let zones: CompatibleZones
  /// Of the last day, newest first.
  private let alerts: [(number: Int, alert: RegionAlert)]
  /// When the newest of them changed; `nil` if there is none.
  let changed: Timestamp?
  /// The newest entry that said anything of them.
  let newestEntry: Int

  init(_ warnings: [Warning], zones: CompatibleZones) {
    self.zones = zones
    let heard = warnings.filter {
      $0.mode == .actual && $0.outlets.contains(Outlet.compatible.id)
    }
    let decisions = heard.flatMap(\.decisions)
    changed = decisions.map(\.time).max()
    newestEntry = decisions.map(\.entry).max() ?? 0
    alerts = heard.flatMap { warning in
      zones.rows.compactMap { row -> (number: Int, alert: RegionAlert)? in
        guard let state = warning.zones[row.zone.id], state.stage == .shelter else { return nil }
        return (row.number, Self.alert(row, state, of: warning))
      }
    }.sorted { ($1.alert.started ?? "", $0.number) < ($0.alert.started ?? "", $1.number) }
  }

  private static func alert(
    _ row: CompatibleZones.Row, _ state: ZoneWarning, of warning: Warning
  ) -> RegionAlert {
    let entry = warning.decisions.first?.entry ?? 0
    return RegionAlert(
      id: entry * (CompatibleZones.lastNumber + 1) + row.number, region: String(row.number),
      title: name(row.zone), size: .hromada, kind: RegionAlert.Kind(hazard: warning.hazard),
      started: time(state.issued), finished: state.ended.map(time),
      updated: time(state.ended ?? state.issued))
  }

  /// The Ukrainian name, else the one in the zone's own list.
  private static func name(_ zone: Zone) -> String {
    zone.name.byLanguage["uk"] ?? zone.name.byLanguage["he"] ?? zone.name["en"]
  }

  /// With exactly three decimals: one client reads no other form.
  static func time(_ moment: Timestamp) -> String {
    let milliseconds = moment.milliseconds.nanoseconds / 1_000_000
    let second = Timestamp(nanoseconds: (milliseconds - milliseconds % 1000) * 1_000_000)
    let rest = String(milliseconds % 1000 + 1000).dropFirst()
    return second.description.dropLast() + "." + rest + "Z"
  }

  private var on: [RegionAlert] { alerts.map(\.alert).filter { $0.finished == nil } }

  // MARK: alerts.in.ua

  func active(_ now: Timestamp, note: String) -> [UInt8] {
    ActiveAlerts(on, updated: updated(now), disclaimer: note).bytes
  }

  /// All of the last day in one region.
  func history(of number: Int, _ now: Timestamp, note: String) -> [UInt8] {
    ActiveAlerts(
      alerts.filter { $0.number == number }.map(\.alert), updated: updated(now), disclaimer: note
    ).bytes
  }

  private func updated(_ now: Timestamp) -> String {
    let text = Self.time(changed ?? now)
    return text.prefix(10).replacingOccurrences(of: "-", with: "/") + " "
      + text.dropFirst(11).prefix(8) + " +0000"
  }

  /// By number: zones of our plan stand at theirs, all other places are "no such region".
  func letters(version: Int) -> [UInt8] {
    var states = [RegionLetters.State](
      repeating: .unknown, count: (zones.rows.map(\.number).max() ?? 0) + 1)
    for row in zones.rows { states[row.number] = state(row.number) }
    return RegionLetters.bytes(states, version: version)
  }

  func letter(of number: Int, version: Int) -> [UInt8]? {
    guard zones.rows.contains(where: { $0.number == number }) else { return nil }
    return RegionLetters.bytes([state(number)], version: version)
  }

  /// The fixed list of Ukrainian oblasts: a zone stands for one only if it has its name.
  func oblastLetters(version: Int) -> [UInt8] {
    RegionLetters.bytes(
      RegionLetters.oblasts.map { oblast in
        zones.rows.first { Self.name($0.zone) == oblast }.map { state($0.number) } ?? .calm
      }, version: version)
  }

  private func state(_ number: Int) -> RegionLetters.State {
    on.contains { $0.region == String(number) && $0.kind == .airRaid } ? .active : .calm
  }

  // MARK: ukrainealarm

  /// - Parameter number: one region's; `nil` for all that have an alert.
  func states(of number: Int?) -> RegionStates {
    let rows = zones.rows.filter { row in
      number.map { $0 == row.number } ?? on.contains { $0.region == String(row.number) }
    }
    return RegionStates(rows.map(region))
  }

  var tree: RegionList { RegionList(zones.rows.map(region)) }

  private func region(_ row: CompatibleZones.Row) -> RegionStates.Region {
    let own = on.filter { $0.region == String(row.number) }
    return RegionStates.Region(
      id: String(row.number), name: Self.name(row.zone), englishName: row.zone.name["en"],
      updated: own.compactMap(\.started).max() ?? changed.map(Self.time), alerts: own)
  }
}
