import GRDB
public import TocsinModel

/// Who removed a payload, when and why.
public struct Tombstone: Hashable, Sendable {
  public var number: Int
  public var time: Timestamp
  public var person: String
  public var reason: String
}

extension SQLiteJournal {
  /// Removes a payload and leaves its digest, so that the chain holds, and a tombstone that says who and why.
  public func remove(payloadOf number: Int, person: String, reason: String, at time: Timestamp)
    throws
  {
    try file.store.write { database in
      try database.execute(
        sql: "UPDATE entries SET payload = NULL WHERE number = ?", arguments: [number])
      guard database.changesCount == 1 else {
        throw UnusableJournal(path: file.path, reason: "has no entry \(number).")
      }
      try database.execute(
        sql: "INSERT OR IGNORE INTO tombstones VALUES (?, ?, ?, ?)",
        arguments: [number, time.nanoseconds, person, reason])
      // A kept state may hold its words.
      try database.execute(sql: "DELETE FROM checkpoints")
    }
    // Nor may the log that SQLite writes before the file.
    _ = try file.store.writeWithoutTransaction { try $0.checkpoint(.truncate) }
  }

  /// Removes the plots taken in before `moment`; answers with how many entries that were.
  ///
  /// - Parameter limit: so many entries at most in one go, so that commits need not wait long.
  public func removePlots(
    before moment: Timestamp, reason: String, at time: Timestamp, limit: Int = 10_000
  ) throws -> Int {
    try file.store.write { database in
      let old = try Int.fetchAll(
        database,
        sql: """
          SELECT number FROM entries
          WHERE kind = 'plots' AND nanoseconds < ? AND payload IS NOT NULL ORDER BY number LIMIT ?
          """, arguments: [moment.nanoseconds, limit])
      for number in old {
        try database.execute(
          sql: "UPDATE entries SET payload = NULL WHERE number = ?", arguments: [number])
        try database.execute(
          sql: "INSERT OR IGNORE INTO tombstones VALUES (?, ?, 'tocsin', ?)",
          arguments: [number, time.nanoseconds, reason])
      }
      return old.count
    }
  }

  /// Every removal, by entry.
  public func tombstones() throws -> [Tombstone] {
    try file.store.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM tombstones ORDER BY number").map { row in
        Tombstone(
          number: row["number"], time: Timestamp(nanoseconds: row["nanoseconds"]),
          person: row["person"], reason: row["reason"])
      }
    }
  }
}
