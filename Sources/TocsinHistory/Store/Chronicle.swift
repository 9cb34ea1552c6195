import GRDB
import TocsinModel
import TocsinSources

/// Rows of alert logs in memory, by time, in columns: some 20 bytes a row.
public struct Chronicle: Sendable {
  /// Milliseconds since 1970 UTC.
  public private(set) var moments: [Int64] = []
  /// Of local time, east of Greenwich.
  public private(set) var offsets: [Int16] = []
  /// Places in ``names``.
  public private(set) var places: [Int32] = []
  public private(set) var categories: [Int16] = []
  public private(set) var logs: [Int32] = []
  /// Whether an earlier row has the same moment, name and category; such a row is kept and not counted.
  public private(set) var isRepeat: [Bool] = []
  /// Zone names as the logs write them.
  public private(set) var names: [String] = []

  public var count: Int { moments.count }
  public var repeats: Int { isRepeat.count(where: \.self) }

  public init(_ rows: [AlertRow]) {
    var byName: [String: Int32] = [:]
    let sorted = rows.sorted { ($0.ms, $0.name, $0.category) < ($1.ms, $1.name, $1.category) }
    for row in sorted {
      let place = byName[row.name] ?? Int32(names.count)
      if place == names.count {
        byName[row.name] = place
        names.append(row.name)
      }
      append(row.ms, Int16(row.offset), place, Int16(clamping: row.category), Int32(row.log))
    }
  }

  private mutating func append(
    _ ms: Int64, _ offset: Int16, _ place: Int32, _ category: Int16, _ log: Int32
  ) {
    let last = count - 1
    isRepeat.append(
      last >= 0 && moments[last] == ms && places[last] == place && categories[last] == category)
    moments.append(ms)
    offsets.append(offset)
    places.append(place)
    categories.append(category)
    logs.append(log)
  }

  /// A row before it stands in columns.
  public struct AlertRow: Hashable, Sendable {
    public var ms: Int64
    public var offset: Int
    public var name: String
    public var category: Int
    public var log: Int

    public init(ms: Int64, offset: Int, name: String, category: Int, log: Int = 0) {
      self.ms = ms
      self.offset = offset
      self.name = name
      self.category = category
      self.log = log
    }
  }
}

extension HistoryStore {
  /// All rows, or those of some logs.
  public func chronicle(logs: [Int]? = nil) throws -> Chronicle {
    try pool.read { database in
      let names = try Row.fetchAll(database, sql: "SELECT id, text FROM texts").reduce(
        into: [Int64: String]()
      ) { $0[$1["id"]] = $1["text"] }
      let wanted = logs.map(Set.init)
      let cursor = try Row.fetchCursor(
        database,
        sql: "SELECT ms, zone, category, offset, log FROM alerts ORDER BY ms, zone, category")
      return try Chronicle(cursor, names: names, wanted: wanted)
    }
  }
}

extension Chronicle {
  fileprivate init(_ cursor: RowCursor, names texts: [Int64: String], wanted: Set<Int>?) throws {
    var places: [Int64: Int32] = [:]
    while let row = try cursor.next() {
      let log: Int = row[4]
      if let wanted, !wanted.contains(log) { continue }
      let zone: Int64 = row[1]
      let place = places[zone] ?? Int32(names.count)
      if place == names.count {
        places[zone] = place
        names.append(texts[zone] ?? "")
      }
      append(
        row[0], Int16(clamping: row[3] as Int), place, Int16(clamping: row[2] as Int), Int32(log))
    }
  }
}
