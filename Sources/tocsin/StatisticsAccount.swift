import TocsinHistory
import TocsinModel

/// Statistics in lines for a terminal.
struct StatisticsAccount {
  let lines: [String]

  init(_ from: Statistics) {
    lines =
      Self.sums(from) + Self.bars("By day", .byDay, from, limit: 40)
      + Self.bars("By hour of the day", .byHour, from) + Self.bars("By weekday", .byWeekday, from)
      + Self.bars("By hazard", .byHazard, from)
      + Self.bars("By district", .byDistrict, from, limit: 20)
      + Self.zones(from) + Self.bars("Busiest hours", .busiestHours, from, limit: 10)
      + Self.episodes(from) + Self.calms(from) + Self.early(from)
  }

  private static func sums(_ from: Statistics) -> [String] {
    var lines = [
      "\(from.warnings) warnings in \(from.episodes.count) episodes, \(from.byDay.count) days with any."
    ]
    let others = [
      (from.earlyWarnings, "early warnings"), (from.ends, "ends"), (from.drills, "of drills"),
      (from.noDanger, "of sirens without danger"), (from.repeats, "repeated and not counted"),
      (from.unknownCategory, "of an unknown category"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    lines.append(
      "\(from.rows) rows"
        + (others.isEmpty ? "." : ", among them \(others.joined(separator: ", "))."))
    if from.offMap > 0 {
      lines.append("\(from.offMap) warnings for names that are not, or not wholly, on the map.")
    }
    return lines
  }

  private static func bars(
    _ title: String, _ name: HistoryTable.Name, _ from: Statistics, limit: Int = .max
  ) -> [String] {
    let rows = HistoryTable(name, of: from).rows
    guard !rows.isEmpty else { return [] }
    let shown =
      rows.count > limit && name == .byDay ? Array(rows.suffix(limit)) : Array(rows.prefix(limit))
    let most = shown.compactMap { Int($0[1]) }.max() ?? 0
    let width = shown.map(\.[0].count).max() ?? 0
    var lines = ["", title + ":"]
    for row in shown {
      let number = Int(row[1]) ?? 0
      let bar = String(repeating: "▇", count: most == 0 ? 0 : (number * 40 + most - 1) / most)
      let pad = String(repeating: " ", count: width - row[0].count)
      lines.append("  \(row[0])\(pad)  \(bar) \(number)")
    }
    if shown.count < rows.count {
      lines.append("  … \(rows.count - shown.count) more: --csv \(name.rawValue)")
    }
    return lines
  }

  private static func zones(_ from: Statistics) -> [String] {
    let top = from.topPlaces(20)
    return ["", "Zones with most warnings:"] + top.map { "  \($0.warnings)  \($0.place.title)" }
  }

  private static func episodes(_ from: Statistics) -> [String] {
    guard !from.episodes.isEmpty else { return [] }
    let top = from.episodes.sorted { $0.warnings > $1.warnings }.prefix(10)
    return ["", "Largest episodes (no more than 120 s between warnings):"]
      + top.map {
        "  \($0.start.rfc3339(offsetMinutes: $0.offsetMinutes))  \($0.warnings) warnings, "
          + "\($0.zones) zones, \(span($0.end - $0.start))"
      }
  }

  private static func calms(_ from: Statistics) -> [String] {
    guard !from.calms.isEmpty else { return [] }
    return ["", "Longest calm:"]
      + from.calms.prefix(5).map {
        "  \($0.start.rfc3339(offsetMinutes: $0.offsetMinutes)) to "
          + "\($0.end.rfc3339(offsetMinutes: $0.offsetMinutes)): \(span($0.span))"
      }
  }

  private static func early(_ from: Statistics) -> [String] {
    guard from.earlyWarnings > 0 else { return [] }
    return ["", "Early warnings:"]
      + HistoryTable(.earlyWarnings, of: from).rows.map { "  \($0[0]): \($0[1])" }
  }

  /// "19 h 21 min 23 s".
  static func span(_ span: Duration) -> String {
    let seconds = Int(span.inSeconds.rounded())
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
    let rest = minutes > 0 || hours > 0 ? "\(minutes) min \(seconds % 60) s" : "\(seconds) s"
    return hours > 0 ? "\(hours) h \(rest)" : rest
  }
}
