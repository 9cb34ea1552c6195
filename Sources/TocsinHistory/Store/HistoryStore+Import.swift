import Crypto
import Foundation
import GRDB
import TocsinConfiguration
import TocsinModel
public import TocsinSources

extension HistoryStore {
  /// How far an import is.
  public struct Progress: Hashable, Sendable {
    public var bytes: Int
    public var of: Int
    public var rows: Int
  }

  /// What became of an import.
  public struct Imported: Hashable, Sendable {
    public var log: Log
    /// Rows that this import added; fewer than the log has when an earlier one had begun it.
    public var added: Int
    /// Whether the file was known already, whole.
    public var wasKnown: Bool
  }

  /// Rows that are written and committed together; an import that is broken off loses fewer.
  static let batch = 10_000

  /// Imports a log, or goes on with it.
  ///
  /// - Parameters:
  ///   - clock: for times without an offset.
  ///   - stopAfter: stops after so many batches; for tests of going on.
  ///   - told: hears how far it is, after every batch.
  public func importLog(
    _ path: String, name: String? = nil, clock: LocalClock? = nil, stopAfter: Int = .max,
    told: (Progress) -> Void = { _ in }
  ) throws -> Imported {
    let bytes = try FileBytes.read(path)
    var reader = try AlertLogReader(bytes, clock: clock)
    let name = name ?? String(path.split(separator: "/").last ?? "log")
    let (known, place) = try begin(name, bytes, reader.faults, at: reader.place)
    guard !known.finished else { return Imported(log: known, added: 0, wasKnown: true) }
    reader.move(to: place.byte, line: place.line)
    var writer = RowWriter(log: known.id)
    var added = 0
    for _ in 0..<stopAfter {
      let (count, isEnd) = try pool.write { database in
        try writer.write(&reader, into: database, limit: Self.batch)
      }
      added += count
      told(Progress(bytes: reader.place.byte, of: bytes.count, rows: added))
      if isEnd { break }
    }
    return Imported(log: try log(String(known.id)), added: added, wasKnown: false)
  }

  /// The log of these bytes, and where to go on with it.
  private func begin(
    _ name: String, _ bytes: [UInt8], _ faults: [LogFault], at place: (byte: Int, line: Int)
  ) throws -> (Log, (byte: Int, line: Int)) {
    let digest = SHA256.hash(data: bytes).map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }
      .joined()
    try pool.write { database in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO logs (name, digest, bytes, done_bytes, done_line)
          VALUES (?, ?, ?, ?, ?)
          """, arguments: [name, digest, bytes.count, place.byte, place.line])
      guard database.changesCount > 0 else { return }
      let id = database.lastInsertedRowID
      for fault in faults {
        try database.execute(
          sql: "INSERT INTO faults VALUES (?, ?, ?, ?, NULL)",
          arguments: [id, fault.line, fault.field, fault.error])
      }
    }
    return try pool.read { database in
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT * FROM logs WHERE digest = ?", arguments: [digest])
      else { throw UnusableHistory(path: path, reason: "did not keep the log '\(name)'.") }
      return (try Log(row: row), (row["done_bytes"], row["done_line"]))
    }
  }
}

/// Writes rows of one log, each text once.
private struct RowWriter {
  let log: Int
  private var texts: [String: Int64] = [:]

  init(log: Int) { self.log = log }

  /// Writes up to `limit` rows and where it stopped; tells how many were kept and whether it was the end.
  mutating func write(
    _ reader: inout AlertLogReader, into database: Database, limit: Int
  ) throws -> (Int, Bool) {
    let insert = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    var kept = 0
    var unreadable = 0
    var odd = 0
    var isEnd = false
    while kept + unreadable < limit {
      guard let item = reader.next() else {
        isEnd = true
        break
      }
      switch item {
      case .row(let row, let faults):
        try insert.execute(arguments: arguments(row, database))
        for fault in faults { try keep(fault, nil, database) }
        kept += 1
        odd += faults.count
      case .fault(let fault, let text):
        try keep(fault, text, database)
        unreadable += 1
      }
    }
    try database.execute(
      sql: """
        UPDATE logs SET done_bytes = ?, done_line = ?, rows = rows + ?, unreadable = unreadable + ?,
          odd = odd + ?, finished = ? WHERE id = ?
        """,
      arguments: [reader.place.byte, reader.place.line, kept, unreadable, odd, isEnd, log])
    return (kept, isEnd)
  }

  private mutating func arguments(
    _ row: AlertLog.Row, _ database: Database
  ) throws -> StatementArguments {
    [
      log, row.line, row.time.nanoseconds / 1_000_000, row.offsetMinutes,
      try id(row.zone, database), row.category, row.matrix,
      row.description.isEmpty ? nil : try id(row.description, database),
      row.sourceID.isEmpty ? nil : row.sourceID,
    ]
  }

  private func keep(_ fault: LogFault, _ text: String?, _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO faults VALUES (?, ?, ?, ?, ?)",
      arguments: [log, fault.line, fault.field, fault.error, text])
  }

  private mutating func id(_ text: String, _ database: Database) throws -> Int64 {
    if let id = texts[text] { return id }
    try database.execute(
      sql: "INSERT OR IGNORE INTO texts (text) VALUES (?)", arguments: [text])
    let id =
      try Int64.fetchOne(database, sql: "SELECT id FROM texts WHERE text = ?", arguments: [text])
      ?? 0
    texts[text] = id
    return id
  }
}
