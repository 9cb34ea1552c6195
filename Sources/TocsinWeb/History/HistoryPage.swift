import TocsinHistory
import TocsinModel

/// What years of alert logs say in numbers, each chart with its table to take away.
struct HistoryPage {
  let statistics: Statistics
  let words: Words
  let zones: [String: Zone]
  let hazards: [String: Hazard]

  /// Places that are listed; all are in the CSV.
  private static let listed = 25

  var content: Markup {
    """
    <p class="crumbs no-print"><a href="/record?lang=\(words.language)">\(words["record"])</a></p>
    <header class="masthead"><h1>\(words["history"])</h1><p class="dim">\(summary)</p></header>
    <p class="lede">\(words["history_about"])</p>
    \(section(.byDay, days))\(section(.busiestHours, busiest))\(section(.byHour, hours))\(section(.byWeekday, weekdays))
    \(section(.byHazard, byHazard))\(section(.byDistrict, districts))\(section(.byZone, places))
    \(section(.episodes, episodes))\(section(.calm, calms))\(section(.earlyWarnings, early))
    \(leftOut)
    """
  }

  private var summary: String {
    let span = [statistics.byDay.keys.min(), statistics.byDay.keys.max()].compactMap { $0 }
      .map(HistoryTable.day)
    return words.say("history_warnings", n: statistics.warnings) + " · "
      + words.say("history_episodes", n: statistics.episodes.count) + " · "
      + span.joined(separator: " – ")
  }

  private func section(_ name: HistoryTable.Name, _ body: Markup) -> Markup {
    """
    <section class="card" aria-labelledby="\(name.rawValue)"><h2 id="\(name.rawValue)">\(title(name))</h2>\(body)
    <p class="no-print"><a href="/history/\(name.rawValue).csv">CSV</a></p></section>
    """
  }

  /// Each leads to the map of that hour.
  private var busiest: Markup {
    let drawn = statistics.busiestHours(12).map { hour, warnings -> Markup in
      "<tr><td><a href=\"/history/hour/\(HourOfRows.text(hour))?lang=\(words.language)\"><bdi>\(HistoryTable.hour(hour)):00</bdi></a></td><td class=\"n\">\(warnings)</td></tr>"
    }
    return
      "<table><thead><tr><th>\(words["hour"])</th><th>\(words["warnings"])</th></tr></thead><tbody>\(Markup.join(drawn))</tbody></table>"
  }

  private func title(_ name: HistoryTable.Name) -> String {
    words[name == .episodes ? "history_episodes_title" : "history_\(name.rawValue)"]
  }

  // MARK: Charts

  private var days: Markup {
    guard let first = statistics.byDay.keys.min(), let last = statistics.byDay.keys.max() else {
      return ""
    }
    // Years are drawn month by month, else each bar would be thinner than a hair.
    if last - first > 400 { return months }
    return chart(
      (first...last).map { .init(name: HistoryTable.day($0), number: statistics.byDay[$0] ?? 0) },
      .byDay)
  }

  private var months: Markup {
    var counts: [Int: Int] = [:]
    for (day, count) in statistics.byDay { counts[Self.month(day), default: 0] += count }
    guard let first = counts.keys.min(), let last = counts.keys.max() else { return "" }
    return chart(
      (first...last).map {
        .init(
          name: "\($0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)", number: counts[$0] ?? 0)
      }, .byDay)
  }

  /// Months since year 0.
  private static func month(_ day: Int) -> Int {
    let parts = HistoryTable.day(day).split(separator: "-").compactMap { Int($0) }
    return parts[0] * 12 + parts[1] - 1
  }

  private var hours: Markup {
    chart(statistics.byHour.enumerated().map { .init(name: "\($0)", number: $1) }, .byHour)
  }

  private var weekdays: Markup {
    chart(
      statistics.byWeekday.enumerated().map {
        .init(name: words["weekday_\($0 + 1)"], number: $1)
      }, .byWeekday)
  }

  private func chart(_ bars: [BarChart.Bar], _ name: HistoryTable.Name) -> Markup {
    BarChart(bars: bars, title: title(name)).columns
  }

  private var byHazard: Markup {
    rows(
      statistics.byHazard.map { key, count in
        (key.isEmpty ? words["history_unsaid"] : hazards[key]?.name[words.language] ?? key, count)
      }, .byHazard)
  }

  private var districts: Markup {
    rows(
      statistics.byDistrict.map { key, count in
        (key.isEmpty ? words["history_off_map"] : district(key), count)
      }, .byDistrict)
  }

  private func district(_ english: String) -> String {
    zones.values.first { $0.district["en"] == english }?.district[words.language] ?? english
  }

  private var places: Markup {
    rows(
      statistics.topPlaces(Self.listed).map { place, count in
        let names = place.zones.compactMap { zones[$0]?.name[words.language] }
        return (names.isEmpty ? place.written : names.joined(separator: "; "), count)
      }, .byZone)
  }

  private func rows(_ counts: [(String, Int)], _ name: HistoryTable.Name) -> Markup {
    let bars = counts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      .map { BarChart.Bar(name: $0.0, number: $0.1) }
    return BarChart(bars: bars, title: title(name)).rows
  }

  // MARK: Lists

  private var episodes: Markup {
    let largest = statistics.episodes.sorted { ($1.warnings, $0.start) < ($0.warnings, $1.start) }
    let drawn = largest.prefix(Self.listed).map { episode -> Markup in
      "<tr><td>\(Self.moment(episode.start, episode.offsetMinutes))</td><td class=\"n\">\(minutes(episode.end - episode.start))</td><td class=\"n\">\(episode.warnings)</td><td class=\"n\">\(episode.zones)</td></tr>"
    }
    return """
      <div class="scroll"><table><thead><tr><th>\(words["history_began"])</th><th>\(words["history_lasted"])</th><th>\(words["warnings"])</th><th>\(words["history_places"])</th></tr></thead>
      <tbody>\(Markup.join(drawn))</tbody></table></div>
      """
  }

  private var calms: Markup {
    let drawn = statistics.calms.prefix(10).map { calm -> Markup in
      "<tr><td>\(Self.moment(calm.start, calm.offsetMinutes))</td><td>\(Self.moment(calm.end, calm.offsetMinutes))</td><td class=\"n\">\(minutes(calm.span))</td></tr>"
    }
    return """
      <div class="scroll"><table><thead><tr><th>\(words["history_from"])</th><th>\(words["history_to"])</th><th>\(words["history_lasted"])</th></tr></thead>
      <tbody>\(Markup.join(drawn))</tbody></table></div>
      """
  }

  private var early: Markup {
    let early = statistics.early
    let rows: [(String, Int)] = [
      ("history_followed", early.followed), ("history_not_followed", early.notFollowed),
      ("history_unannounced", early.unannounced),
    ]
    let drawn = rows.map { key, count -> Markup in
      "<tr><th scope=\"row\">\(words[key])</th><td class=\"n\">\(count)</td></tr>"
    }
    return "<table>\(Markup.join(drawn))</table>"
  }

  /// What is in the logs and in no chart: said, so that the totals can be checked.
  private var leftOut: Markup {
    let counts = [
      ("history_rows", statistics.rows), ("history_repeats", statistics.repeats),
      ("history_drills", statistics.drills), ("history_no_danger", statistics.noDanger),
      ("history_ends", statistics.ends), ("history_early", statistics.earlyWarnings),
      ("history_unknown", statistics.unknownCategory), ("history_off", statistics.offMap),
    ]
    let drawn = counts.map { key, count -> Markup in
      "<tr><th scope=\"row\">\(words[key])</th><td class=\"n\">\(count)</td></tr>"
    }
    return
      "<section class=\"card\"><h2>\(words["history_counted"])</h2><table>\(Markup.join(drawn))</table></section>"
  }

  private func minutes(_ span: Duration) -> String {
    let seconds = Int(span.inSeconds.rounded())
    if seconds < 120 { return "\(seconds) s" }
    if seconds < 7200 { return "\(seconds / 60) min" }
    return seconds < 172_800
      ? "\(seconds / 3600) h \(seconds / 60 % 60) min"
      : "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
  }

  private static func moment(_ moment: Timestamp, _ offset: Int) -> String {
    String(moment.rfc3339(offsetMinutes: offset).prefix(19).replacing("T", with: " "))
  }
}
