import TocsinModel

/// Where the columns of an alert log stand, and what a record has in them.
struct AlertColumns {
  private let indexes: [String: Int]
  private let count: Int
  private(set) var faults: [LogFault] = []
  /// Whether a row can be made of what there is.
  private(set) var areEnough = true
  /// The clock of times without an offset; `nil`: they are no times.
  private let clock: LocalClock?

  /// What other collections call the columns.
  private static let aliases = [
    "alertDate": "time_local", "datetime": "time_local", "data": "zone_he", "zone": "zone_he",
    "category_desc": "description", "rid": "source_id",
  ]

  init(_ header: [String], clock: LocalClock? = nil) {
    self.clock = clock
    let names = header.map { Self.aliases[$0.trimmed] ?? $0.trimmed }
    var indexes = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    if clock != nil, indexes["time_local"] == nil { indexes["time_local"] = indexes["date"] }
    self.indexes = indexes
    count = header.count
    if indexes["time_local"] == nil && indexes["time_utc"] == nil { lack("time_local") }
    for name in ["zone_he", "category"] where indexes[name] == nil { lack(name) }
    if indexes["time_local"] == nil && areEnough {
      faults.append(
        LogFault(
          line: 1, field: "time_local", error: "is missing; days are counted in UTC without it"))
    }
  }

  private mutating func lack(_ name: String) {
    areEnough = false
    faults.append(
      LogFault(
        line: 1, field: name,
        error: "is missing; no row was read. The first line has to name the columns"))
  }

  /// - Parameter faults: takes what is odd about a row that is kept.
  func row(_ record: CSVReader.Record, _ faults: inout [LogFault]) throws(LogFault) -> AlertLog.Row
  {
    guard record.fields.count == count else {
      throw LogFault(
        line: record.line, field: "",
        error: "has \(record.fields.count) fields where the first line has \(count); quote texts "
          + "that contain commas")
    }
    let (time, offset) = try time(record, &faults)
    let zone = self["zone_he", record]
    if zone.trimmed.isEmpty {
      throw LogFault(line: record.line, field: "zone_he", error: "is empty; name the zone")
    }
    guard let category = Int(self["category", record].trimmed) else {
      throw LogFault(
        line: record.line, field: "category",
        error: "'\(self["category", record].prefix(40))' is no whole number")
    }
    return AlertLog.Row(
      time: time, offsetMinutes: offset, zone: zone, category: category,
      matrix: matrix(record, &faults), description: self["description", record],
      sourceID: self["source_id", record], line: record.line)
  }

  private subscript(name: String, record: CSVReader.Record) -> String {
    indexes[name].map { record.fields[$0] } ?? ""
  }

  private func matrix(_ record: CSVReader.Record, _ faults: inout [LogFault]) -> Int? {
    let text = self["matrix_id", record].trimmed
    if let number = Int(text) { return number }
    if !text.isEmpty {
      faults.append(
        LogFault(
          line: record.line, field: "matrix_id",
          error: "'\(text.prefix(40))' is no whole number; the row was kept without it"))
    }
    return nil
  }

  private func time(
    _ record: CSVReader.Record, _ faults: inout [LogFault]
  ) throws(LogFault) -> (Timestamp, offsetMinutes: Int) {
    let (local, offset) = try localMoment(record, &faults)
    let universal = try moment("time_utc", record)
    if let local, let universal, local != universal {
      faults.append(
        LogFault(
          line: record.line, field: "time_utc",
          error: "is another moment than time_local; the row was kept with time_local"))
    }
    guard let time = local ?? universal else {
      throw LogFault(line: record.line, field: "time_local", error: "is empty; give a time")
    }
    return (time, local == nil ? 0 : offset)
  }

  /// The local time with its offset in minutes, both as written or by the clock of the place.
  private func localMoment(
    _ record: CSVReader.Record, _ faults: inout [LogFault]
  ) throws(LogFault) -> (Timestamp?, Int) {
    var text = self["time_local", record].trimmed
    if text.count <= 10, !text.isEmpty { text += " " + self["time", record].trimmed }
    guard let clock, Timestamp(text) == nil, !text.isEmpty else {
      return (try moment("time_local", record), Self.offset(text))
    }
    guard let read = clock.read(text) else {
      throw LogFault(
        line: record.line, field: "time_local",
        error: "'\(text.trimmed.prefix(40))' is no time; write 2023-05-14T18:33:04+03:00")
    }
    if let oddity = read.oddity {
      faults.append(LogFault(line: record.line, field: "time_local", error: oddity))
    }
    return (read.time, read.offsetMinutes)
  }

  private func moment(_ name: String, _ record: CSVReader.Record) throws(LogFault) -> Timestamp? {
    let text = self[name, record].trimmed
    if text.isEmpty { return nil }
    guard let time = Timestamp(text) else {
      throw LogFault(
        line: record.line, field: name,
        error: "'\(text.prefix(40))' is no time with an offset; write 2023-05-14T18:33:04+03:00")
    }
    return time
  }

  /// Minutes from the end of a time that was read already: `+03:00`, or `Z`.
  private static func offset(_ text: String) -> Int {
    let digits = text.utf8.suffix(6)
    guard let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return 0
    }
    let numbers = digits.dropFirst().map { Int($0) - 48 }
    let minutes = (numbers[0] * 10 + numbers[1]) * 60 + numbers[3] * 10 + numbers[4]
    return sign == UInt8(ascii: "-") ? -minutes : minutes
  }
}
