import Foundation
import GRDB
public import TocsinEngine
public import TocsinModel
import TocsinRecord

/// Why a file is no journal to be used.
public struct UnusableJournal: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "\(path) \(reason)" }
}

/// A journal in one SQLite file. A commit returns when it is on the disk.
public actor SQLiteJournal: Journal {
  private let pool: DatabasePool
  private var chain = Chain()
  /// Actual or replay: what it was made for, and for nothing else.
  public nonisolated let mode: Mode

  /// Opens a journal, or makes it.
  /// - Parameter mode: what a new one is for. An existing one must be for the same: a replay is never
  ///   continued as actual, nor the reverse.
  public init(path: String, mode: Mode) throws {
    try self.init(path: path, made: mode)
  }

  /// Opens an existing journal.
  public init(existing path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw UnusableJournal(
        path: path, reason: "is not there; 'tocsin run' makes one in $TOCSIN_HOME.")
    }
    try self.init(path: path, made: nil)
  }

  private init(path: String, made mode: Mode?) throws {
    pool = try DatabasePool(path: path)
    // GRDB sets NORMAL on the writer after its own set-up, so FULL comes after that, and is checked there.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    let level = try pool.writeWithoutTransaction {
      try Int.fetchOne($0, sql: "PRAGMA synchronous")
    }
    precondition(level == 2, "SQLite would lose the last commits in a power cut: \(level ?? -1)")
    try pool.write { database in
      try database.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS entries (
            number INTEGER PRIMARY KEY, nanoseconds INTEGER NOT NULL, kind TEXT NOT NULL,
            payload BLOB, payload_digest BLOB NOT NULL, effects BLOB NOT NULL, link BLOB NOT NULL);
          CREATE TABLE IF NOT EXISTS tombstones (
            number INTEGER PRIMARY KEY, nanoseconds INTEGER NOT NULL, person TEXT NOT NULL,
            reason TEXT NOT NULL);
          CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)
          """)
      if let mode {
        try database.execute(
          sql: "INSERT OR IGNORE INTO facts VALUES ('mode', ?)", arguments: [mode.rawValue])
      }
    }
    let written = try pool.read {
      try String.fetchOne($0, sql: "SELECT value FROM facts WHERE name = 'mode'")
    }
    guard let known = written.flatMap(Mode.init(rawValue:)), mode == nil || mode == known else {
      throw UnusableJournal(
        path: path,
        reason: "was made for '\(written ?? "nothing known")' and is used for nothing else.")
    }
    self.mode = known
    if let head = try pool.read({
      try Data.fetchOne($0, sql: "SELECT link FROM entries ORDER BY number DESC LIMIT 1")
    }) {
      chain = Chain(head: Array(head))
    }
  }

  public func commit(_ entries: [Entry]) -> Commit {
    var chain = self.chain
    do {
      let encoder = Self.encoder
      try pool.write { database in
        for entry in entries {
          let event = entry.event
          let payload = Array(try encoder.encode(event.content))
          let effects = Array(try encoder.encode(entry.effects))
          let digest = Chain.digest(of: payload)
          let link = chain.append(
            number: event.number, nanoseconds: event.time.nanoseconds, payload: digest,
            effects: Chain.digest(of: effects))
          try database.execute(
            sql: "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
              event.number, event.time.nanoseconds, event.content.kind, Data(payload),
              Data(digest), Data(effects), Data(link),
            ])
        }
      }
      self.chain = chain
      return .recorded
    } catch {
      return .failed("\(error)")
    }
  }

  /// Reads up to the first broken link; what follows it is told and not replayed.
  public func restore() throws -> Restored {
    var restored = Restored()
    var chain = Chain()
    let decoder = JSONDecoder()
    try pool.read { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM entries ORDER BY number")
      var number = 0
      while let row = try rows.next() {
        number += 1
        guard row["number"] as Int == number else {
          return restored.faults.append("Entry \(number) is missing; the chain ends before it.")
        }
        let digest = Array(row["payload_digest"] as Data)
        let effects = Array(row["effects"] as Data)
        let time = Timestamp(nanoseconds: row["nanoseconds"])
        let payload = (row["payload"] as Data?).map(Array.init)
        let link = chain.append(
          number: number, nanoseconds: time.nanoseconds, payload: digest,
          effects: Chain.digest(of: effects))
        guard link == Array(row["link"] as Data), payload.map(Chain.digest(of:)) ?? digest == digest
        else {
          return restored.faults.append(
            "Entry \(number) was changed: its digest does not fit the chain. The entries before it are whole."
          )
        }
        guard let payload else {
          return restored.faults.append(
            "The payload of entry \(number) was removed (see its tombstone); replay ends before it."
          )
        }
        do {
          let content = try decoder.decode(Event.Content.self, from: Data(payload))
          restored.entries.append(
            Entry(
              event: Event(number: number, time: time, content: content),
              effects: try decoder.decode([Effect].self, from: Data(effects))))
        } catch {
          return restored.faults.append("Entry \(number) cannot be read: \(error)")
        }
      }
    }
    return restored
  }

  /// Removes a payload and leaves its digest, so that the chain holds, and a tombstone that says who and why.
  public func remove(payloadOf number: Int, person: String, reason: String, at time: Timestamp)
    throws
  {
    try pool.write { database in
      try database.execute(
        sql: "UPDATE entries SET payload = NULL WHERE number = ?", arguments: [number])
      try database.execute(
        sql: "INSERT INTO tombstones VALUES (?, ?, ?, ?)",
        arguments: [number, time.nanoseconds, person, reason])
    }
  }

  /// Sorted keys, so that the same entry is the same bytes in every process.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
