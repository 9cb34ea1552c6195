import Foundation
import GRDB
import TocsinModel
import TocsinRecord

/// Why a file is no journal to be used.
public struct UnusableJournal: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "\(path) \(reason)" }
}

/// The SQLite file of a journal: opened, checked to be durable, known again.
struct JournalFile: Sendable {
  let path: String
  let store: any DatabaseWriter
  let mode: Mode
  /// What had to be given up when it was opened, for the person on shift.
  private(set) var faults: [String] = []
  private let identity: Identity?
  let isReadOnly: Bool
  /// The file and its log when they were begun to be read without locks; `nil`: with them.
  let begun: [FileStamp?]?

  /// - Parameter mode: what a new one is for.
  init(_ path: String, made mode: Mode) throws {
    let pool = try DatabasePool(path: path)
    try Self.makeDurable(pool)
    try pool.write { try Self.makeTables(in: $0, mode: mode) }
    let known = try pool.read { try Self.mode(in: $0) }
    guard known == mode else {
      throw UnusableJournal(
        path: path,
        reason: "was made for '\(known?.rawValue ?? "another use")' and is used for nothing else; "
          + "this is '\(mode.rawValue)'. Choose another $TOCSIN_HOME.")
    }
    self.init(path, pool, mode)
  }

  /// One that exists, to write on in; not a byte of another file is changed.
  init(existing path: String) throws {
    self = try JournalFile(path, made: JournalFile(reading: path).mode)
  }

  init(
    _ path: String, _ store: any DatabaseWriter, _ mode: Mode, faults: [String] = [],
    isReadOnly: Bool = false, begun: [FileStamp?]? = nil
  ) {
    (self.path, self.store, self.mode, self.faults) = (path, store, mode, faults)
    (self.isReadOnly, self.begun) = (isReadOnly, begun)
    identity = Identity(path)
  }

  /// Opens it; what SQLite calls damaged is set aside, and its readable entries go into a new file.
  static func openedOrSalvaged(_ path: String, _ mode: Mode) throws -> JournalFile {
    do {
      let file = try JournalFile(path, made: mode)
      // The newest row lies at the file's end: a truncated file shows here.
      _ = try file.chain()
      return file
    } catch let error as DatabaseError where error.isDamage {
      let aside = try setAside(path)
      var file = try JournalFile(path, made: mode)
      let kept = try file.takeOver(from: aside)
      file.faults = [
        "\(path) is damaged (\(error.message ?? "no SQLite file")). It was set aside as \(aside); "
          + "\(kept) entries could be read and go on in a new file. Keep the old one for experts."
      ]
      return file
    }
  }

  /// Whether the path still leads to the file that was opened: else commits would go nowhere.
  var isInPlace: Bool { identity == Identity(path) }

  /// The chain as it stands after the newest entry.
  func chain() throws -> Chain {
    let head = try store.read {
      try Data.fetchOne($0, sql: "SELECT link FROM entries ORDER BY number DESC LIMIT 1")
    }
    return head.map { Chain(head: Array($0)) } ?? Chain()
  }

  /// GRDB sets NORMAL on the writer after its own set-up, so FULL comes after that, and is checked there.
  private static func makeDurable(_ pool: DatabasePool) throws {
    let level = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // What is removed leaves no trace in the file's free pages.
      try database.execute(sql: "PRAGMA secure_delete = ON")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    precondition(level == 2, "SQLite would lose the last commits in a power cut: \(level ?? -1)")
  }

  /// `nil` for what is no journal.
  static func mode(in database: Database) throws -> Mode? {
    guard try ["entries", "facts"].allSatisfy({ try database.tableExists($0) }) else { return nil }
    return try String.fetchOne(database, sql: "SELECT value FROM facts WHERE name = 'mode'")
      .flatMap(Mode.init(rawValue:))
  }

  private static func makeTables(in database: Database, mode: Mode) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS entries (
          number INTEGER PRIMARY KEY, nanoseconds INTEGER NOT NULL, kind TEXT NOT NULL,
          payload BLOB, payload_digest BLOB NOT NULL, effects BLOB NOT NULL, link BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS tombstones (
          number INTEGER PRIMARY KEY, nanoseconds INTEGER NOT NULL, person TEXT NOT NULL,
          reason TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS checkpoints (
          number INTEGER PRIMARY KEY, link BLOB NOT NULL, state BLOB NOT NULL,
          digest BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)
        """)
    try database.execute(
      sql: "INSERT OR IGNORE INTO facts VALUES ('mode', ?)", arguments: [mode.rawValue])
  }
}

/// What tells one file from another of the same name.
private struct Identity: Equatable {
  var device: Int
  var file: Int

  init?(_ path: String) {
    guard let known = try? FileManager.default.attributesOfItem(atPath: path),
      let device = known[.systemNumber] as? Int, let file = known[.systemFileNumber] as? Int
    else { return nil }
    self.device = device
    self.file = file
  }
}

extension DatabaseError {
  var isDamage: Bool {
    resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB
  }
}

extension JournalFile {
  /// Renames the file and what belongs to it; answers with the first free name.
  private static func setAside(_ path: String) throws -> String {
    let files = FileManager.default
    var count = 1
    while files.fileExists(atPath: "\(path).damaged-\(count)") { count += 1 }
    let aside = "\(path).damaged-\(count)"
    for end in ["", "-wal", "-shm"] where files.fileExists(atPath: path + end) {
      try files.moveItem(atPath: path + end, toPath: aside + end)
    }
    return aside
  }

  /// Copies entries and tombstones row by row until the damage; answers with how many entries came over.
  private func takeOver(from damaged: String) throws -> Int {
    let readOnly = Self.readOnly(short: true)
    guard let old = try? DatabaseQueue(path: damaged, configuration: readOnly) else { return 0 }
    return try store.write { database in
      copy("tombstones", of: 4, from: old, into: database)
      copy("entries", of: 7, from: old, into: database)
      return try Int.fetchOne(database, sql: "SELECT count(*) FROM entries") ?? 0
    }
  }

  private func copy(
    _ table: String, of columns: Int, from old: DatabaseQueue, into database: Database
  ) {
    let places = Array(repeating: "?", count: columns).joined(separator: ", ")
    // The end of what can be read is what is looked for here, and its place is told by the count.
    try? old.read { source in
      let rows = try Row.fetchCursor(source, sql: "SELECT * FROM \(table) ORDER BY number")
      while let row = try rows.next() {
        try database.execute(
          sql: "INSERT INTO \(table) VALUES (\(places))",
          arguments: StatementArguments(row.databaseValues))
      }
    }
  }
}
