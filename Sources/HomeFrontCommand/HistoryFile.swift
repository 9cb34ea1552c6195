import Foundation

/// One zone of one alert, as both histories have it.
public struct HistoryRow: Hashable, Sendable {
  public var zone: String
  /// Israel's clock.
  public var time: IsraelTime
  /// In the history's numbers; see ``category``.
  public var number: Int
  public var title: String
  /// The long history's serial number; it does not follow time.
  public var serial: Int?

  public init(zone: String, time: IsraelTime, number: Int, title: String, serial: Int? = nil) {
    self.zone = zone
    self.time = time
    self.number = number
    self.title = title
    self.serial = serial
  }

  /// What the number says; `nil` for one that is not known.
  public var category: AlertCategory? { AlertCategory(history: number) }
}

/// A history: `AlertsHistory.json` (the last day) or `GetAlarmsHistory.aspx` (up to a month).
public struct HistoryFile: Hashable, Sendable {
  /// In the file's order, which is newest first.
  public var rows: [HistoryRow]
  public var faults: [FeedFault] = []

  public init(_ rows: [HistoryRow]) { self.rows = rows }

  /// Reads either of the two; an entry that cannot be read costs itself and no other.
  public init(_ bytes: [UInt8]) throws(UnreadableFeed) {
    rows = []
    guard let json = try FeedText.json(bytes, &faults) else { return }
    guard let list = json as? [Any] else {
      throw .otherShape(expected: "an array", found: FeedText.kind(json))
    }
    for (index, item) in list.enumerated() {
      do throws(FeedFault) {
        rows += try Self.rows(of: item, "entry \(index + 1)")
      } catch {
        faults.append(error)
      }
    }
  }

  private static func rows(of item: Any, _ place: String) throws(FeedFault) -> [HistoryRow] {
    guard let object = item as? [String: Any] else {
      throw FeedFault(place: place, text: "is \(FeedText.kind(item)) and no object; left out")
    }
    let names =
      (object["data"] as? [Any])?.compactMap { $0 as? String } ?? [object.text("data") ?? ""]
    guard !names.isEmpty, !names.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
      throw FeedFault(place: "\(place), data", text: "names no zone; the entry was left out")
    }
    guard let number = object.number("category") else {
      throw FeedFault(
        place: "\(place), category", text: "is no whole number; the entry was left out")
    }
    guard let time = time(of: object) else {
      throw FeedFault(place: "\(place), alertDate", text: "is no time; the entry was left out")
    }
    let title = object.text("title") ?? object.text("category_desc") ?? ""
    return names.map {
      HistoryRow(
        zone: $0, time: time, number: number, title: title, serial: object.number("rid"))
    }
  }

  /// The long history rounds `alertDate` in old rows; `date` and `time` carry the seconds.
  private static func time(of object: [String: Any]) -> IsraelTime? {
    if let date = object.text("date"), let time = object.text("time"),
      let exact = IsraelTime(date: date, time: time)
    {
      return exact
    }
    return object.text("alertDate").flatMap { IsraelTime($0) }
      ?? object.text("datetime").flatMap { IsraelTime($0) }
  }

  // MARK: Writing

  /// As `AlertsHistory.json`: newest first, `[]` when there is nothing.
  public var shortBytes: [UInt8] {
    JSONBytes.of(
      newestFirst.map {
        ShortRow(
          alertDate: $0.time.description, title: $0.title, data: $0.zone, category: $0.number)
      })
  }

  /// As `GetAlarmsHistory.aspx`, with `datetime` for the clients that read it.
  public var longBytes: [UInt8] {
    JSONBytes.of(
      newestFirst.map { row in
        let whole = row.time.description.replacingOccurrences(of: " ", with: "T")
        return LongRow(
          data: row.zone, date: row.time.date, time: row.time.clock, alertDate: whole,
          datetime: whole, category: row.number, category_desc: row.title,
          matrix_id: row.category?.realTimeNumber ?? row.number, rid: row.serial ?? 0)
      })
  }

  /// Stable: rows of one second keep their order.
  private var newestFirst: [HistoryRow] {
    rows.enumerated().sorted { ($1.element.time, $0.offset) < ($0.element.time, $1.offset) }
      .map(\.element)
  }

  private struct ShortRow: Encodable {
    var alertDate: String
    var title: String
    var data: String
    var category: Int
  }

  // Named as the format names them.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct LongRow: Encodable {
    var data: String
    var date: String
    var time: String
    var alertDate: String
    var datetime: String
    var category: Int
    var category_desc: String
    var matrix_id: Int
    var rid: Int
  }
}
