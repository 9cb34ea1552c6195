import Foundation
public import GRDB
import TocsinModel

/// Why a file is no history to be used.
public struct UnusableHistory: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "\(path) \(reason)" }
}

/// Years of alert logs in one SQLite file.
///
/// A log is known by the digest of its file: it is imported once, and an import that was broken off
/// goes on where it stopped. What could not be read is kept beside the rows, with its line and text.
public final class HistoryStore: Sendable {
  let pool: DatabasePool
  public let path: String

  /// Opens a history, or makes it.
  public init(path: String) throws {
    self.path = path
    var configuration = Configuration()
    // An import by another process writes in short turns.
    configuration.busyMode = .timeout(5)
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
    } catch let error as DatabaseError {
      throw UnusableHistory(
        path: path,
        reason: "cannot be used as a history (\(error.message ?? "SQLite says nothing more")). "
          + "Name a file that 'tocsin history import' made, in a folder where you may write.")
    }
    if try !pool.read({ try $0.tableExists("faults") }) {
      try pool.write { try $0.execute(sql: Self.tables) }
    }
  }

  /// Opens a history that is there.
  public convenience init(existing path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw UnusableHistory(
        path: path, reason: "is not there; 'tocsin history import LOG.csv' makes it.")
    }
    try self.init(path: path)
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS logs (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
      bytes INTEGER NOT NULL, done_bytes INTEGER NOT NULL, done_line INTEGER NOT NULL,
      rows INTEGER NOT NULL DEFAULT 0, unreadable INTEGER NOT NULL DEFAULT 0,
      odd INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS alerts (
      log INTEGER NOT NULL, line INTEGER NOT NULL, ms INTEGER NOT NULL, offset INTEGER NOT NULL,
      zone INTEGER NOT NULL, category INTEGER NOT NULL, matrix INTEGER, description INTEGER,
      source TEXT, PRIMARY KEY (log, line)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS faults (
      log INTEGER NOT NULL, line INTEGER NOT NULL, field TEXT NOT NULL, error TEXT NOT NULL,
      text TEXT)
    """

  /// One imported log.
  public struct Log: Hashable, Sendable, Codable, FetchableRecord {
    public var id: Int
    public var name: String
    public var digest: String
    public var bytes: Int
    public var rows: Int
    /// Rows that could not be read; their text is kept.
    public var unreadable: Int
    /// What was odd about rows that were kept.
    public var odd: Int
    public var finished: Bool
  }

  /// All logs, in the order of their import.
  public func logs() throws -> [Log] {
    try pool.read { try Log.fetchAll($0, sql: "SELECT * FROM logs ORDER BY id") }
  }

  /// The log of an id or a name.
  public func log(_ name: String) throws -> Log {
    let logs = try logs()
    if let log = logs.first(where: { String($0.id) == name || $0.name == name }) { return log }
    let known = logs.map { "\($0.id) \($0.name)" }.joined(separator: ", ")
    throw UnusableHistory(
      path: path, reason: "has no log '\(name)'; it has \(known.isEmpty ? "none" : known).")
  }

  /// What could not be read of a log, or was odd; `text` only for rows that were not kept.
  public struct Fault: Hashable, Sendable, Codable, FetchableRecord {
    public var line: Int
    public var field: String
    public var error: String
    public var text: String?
  }

  public func faults(of log: Int) throws -> [Fault] {
    try pool.read {
      try Fault.fetchAll(
        $0, sql: "SELECT line, field, error, text FROM faults WHERE log = ? ORDER BY line",
        arguments: [log])
    }
  }

  /// Changes whenever rows were added.
  public func version() throws -> Int {
    try pool.read {
      try Int.fetchOne($0, sql: "SELECT COALESCE(SUM(id * 1000003 + done_bytes), 0) FROM logs") ?? 0
    }
  }
}
