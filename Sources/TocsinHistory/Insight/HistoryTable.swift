import TocsinModel

/// One table of a history: what a chart shows, and what its CSV holds.
public struct HistoryTable: Hashable, Sendable {
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case byDay = "by-day"
    case byHour = "by-hour"
    case byWeekday = "by-weekday"
    case byHazard = "by-hazard"
    case byDistrict = "by-district"
    case byZone = "by-zone"
    case episodes, calm
    case busiestHours = "busiest-hours"
    case earlyWarnings = "early-warnings"
  }

  public var name: Name
  public var columns: [String]
  public var rows: [[String]]

  public init(_ name: Name, of statistics: Statistics) {
    self.name = name
    (columns, rows) = Self.content(name, statistics)
  }

  private static func content(_ name: Name, _ from: Statistics) -> ([String], [[String]]) {
    switch name {
    case .byDay:
      (
        ["day", "warnings"],
        from.byDay.sorted { $0.key < $1.key }.map { [day($0.key), "\($0.value)"] }
      )
    case .byHour: (["hour", "warnings"], from.byHour.enumerated().map { ["\($0)", "\($1)"] })
    case .byWeekday:
      (["weekday", "warnings"], zip(weekdays, from.byWeekday).map { [$0, "\($1)"] })
    case .byHazard: (["hazard", "warnings"], most(from.byHazard, nothing: "not said"))
    case .byDistrict: (["district", "warnings"], most(from.byDistrict, nothing: "not on the map"))
    case .byZone: zones(from)
    case .episodes:
      (
        ["start", "end", "seconds", "warnings", "zones"],
        from.episodes.map {
          [
            $0.start.rfc3339(offsetMinutes: $0.offsetMinutes),
            $0.end.rfc3339(offsetMinutes: $0.offsetMinutes), seconds($0.end - $0.start),
            "\($0.warnings)", "\($0.zones)",
          ]
        }
      )
    case .calm:
      (
        ["start", "end", "seconds"],
        from.calms.map {
          [
            $0.start.rfc3339(offsetMinutes: $0.offsetMinutes),
            $0.end.rfc3339(offsetMinutes: $0.offsetMinutes), seconds($0.span),
          ]
        }
      )
    case .busiestHours:
      (["hour", "warnings"], from.busiestHours(100).map { [hour($0.hour), "\($0.warnings)"] })
    case .earlyWarnings: early(from)
    }
  }

  private static func zones(_ from: Statistics) -> ([String], [[String]]) {
    let rows = from.topPlaces(.max).map { place, warnings in
      [
        place.written, place.title, place.zones.joined(separator: " "), place.district ?? "",
        "\(warnings)",
      ]
    }
    return (["written", "name", "zones", "district", "warnings"], rows)
  }

  private static func early(_ from: Statistics) -> ([String], [[String]]) {
    let leads = from.early.leads.sorted()
    let median = leads.isEmpty ? "" : "\(leads[leads.count / 2])"
    return (
      ["what", "number"],
      [
        ["early warnings", "\(from.earlyWarnings)"], ["followed", "\(from.early.followed)"],
        ["not followed", "\(from.early.notFollowed)"],
        ["warnings without one before", "\(from.early.unannounced)"],
        ["median seconds between", median],
      ]
    )
  }

  private static func most(_ counts: [String: Int], nothing: String) -> [[String]] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { [$0.key.isEmpty ? nothing : $0.key, "\($0.value)"] }
  }

  public static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private static func seconds(_ span: Duration) -> String { "\(Int(span.inSeconds.rounded()))" }

  /// `2023-05-14` of days since 1970.
  public static func day(_ days: Int) -> String {
    String(Timestamp(nanoseconds: Int64(days) * 86_400_000_000_000).description.prefix(10))
  }

  /// `2023-05-14 18` of hours since 1970.
  public static func hour(_ hours: Int) -> String {
    let text = Timestamp(nanoseconds: Int64(hours) * 3_600_000_000_000).description
    return String(text.prefix(13).replacing("T", with: " "))
  }

  /// RFC 4180, with the columns' names first.
  public var csv: String {
    ([columns] + rows).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A field that a spreadsheet would take for a formula is set off by an apostrophe.
  static func field(_ text: String) -> String {
    let safe =
      text.first.map { "=+-@\t".contains($0) } == true && Double(text) == nil ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
