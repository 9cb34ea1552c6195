public import TocsinModel
public import TocsinSources

/// What logs have of one local hour, in order of time: to be shown again on a map.
public struct HourOfRows: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// Seconds from the beginning of the hour.
    public var second: Double
    /// As the log writes it.
    public var name: String
    /// Ids of the zones it stands for; none for a name that the map does not have.
    public var zones: [String]
    /// `nil` for a category whose number is not known.
    public var meaning: AlertMeaning?
  }

  /// Local hours since 1970, as in ``Statistics/byDayHour``.
  public let hour: Int
  public let rows: [Row]

  /// - Parameter hour: local hours since 1970, by the rows' own offsets.
  public init(_ hour: Int, of chronicle: Chronicle, zones: [Zone]) {
    self.hour = hour
    let start = Int64(hour) * 3_600_000
    // No offset is larger than 14 hours.
    let reach = Int64(14 * 3_600_000)
    var rows: [Row] = []
    let near = chronicle.rows(in: (start - reach)..<(start + reach + 3_600_000))
    let inside = near.filter { row in
      let local = chronicle.moments[row] + Int64(chronicle.offsets[row]) * 60_000
      return !chronicle.isRepeat[row] && (start..<start + 3_600_000).contains(local)
    }
    let names = Set(inside.map { Int(chronicle.places[$0]) }).sorted()
    let places = Dictionary(
      uniqueKeysWithValues: zip(
        names, Places(names.map { chronicle.names[$0] }, zones: zones).places))
    for row in inside {
      guard let place = places[Int(chronicle.places[row])] else { continue }
      let local = chronicle.moments[row] + Int64(chronicle.offsets[row]) * 60_000
      rows.append(
        Row(
          second: Double(local - start) / 1000, name: place.written, zones: place.zones,
          meaning: AlertMeaning(historyCategory: Int(chronicle.categories[row]))))
    }
    self.rows = rows.sorted { ($0.second, $0.name) < ($1.second, $1.name) }
  }

  /// `2023-05-14T18`, for addresses.
  public static func text(_ hour: Int) -> String {
    HistoryTable.hour(hour).replacing(" ", with: "T")
  }

  /// - Returns: `nil` for what is not written as `2023-05-14T18`.
  public static func hour(_ text: String) -> Int? {
    guard text.utf8.count == 13, let moment = Timestamp(text + ":00:00Z") else { return nil }
    return Int(moment.seconds / 3600)
  }
}
