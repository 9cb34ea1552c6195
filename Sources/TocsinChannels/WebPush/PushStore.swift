import Foundation
import GRDB

/// The subscriptions of one channel, in a file of their own: which browser wants to hear of which places.
struct PushStore: Sendable {
  private let database: DatabasePool

  /// Subscriptions at most, so that nobody fills the disk.
  static let limit = 500_000

  struct Full: Error {}

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(2)
    database = try DatabasePool(path: path, configuration: configuration)
    // Addresses of people: for the service alone.
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try database.write { database in
      try database.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS subscriptions (
            endpoint TEXT PRIMARY KEY, key BLOB NOT NULL, secret BLOB NOT NULL, language TEXT NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE IF NOT EXISTS places (
            zone TEXT NOT NULL, endpoint TEXT NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
            PRIMARY KEY (zone, endpoint)
          ) WITHOUT ROWID;
          CREATE INDEX IF NOT EXISTS places_of ON places (endpoint);
          """)
    }
  }

  func keep(_ subscription: PushSubscription) async throws {
    try await database.write { database in
      let endpoint = subscription.endpoint.absoluteString
      var zones = subscription.zones
      if let old = subscription.replaces {
        if zones.isEmpty {
          zones = try String.fetchAll(
            database, sql: "SELECT zone FROM places WHERE endpoint = ?", arguments: [old])
        }
        try Self.forget([old], in: database)
      }
      let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM subscriptions") ?? 0
      guard count < Self.limit else { throw Full() }
      try Self.forget([endpoint], in: database)
      try database.execute(
        sql: "INSERT INTO subscriptions VALUES (?, ?, ?, ?)",
        arguments: [
          endpoint, Data(subscription.key), Data(subscription.secret), subscription.language,
        ])
      for zone in zones {
        try database.execute(
          sql: "INSERT OR IGNORE INTO places VALUES (?, ?)", arguments: [zone, endpoint])
      }
    }
  }

  func forget(_ endpoints: [String]) async throws {
    try await database.write { try Self.forget(endpoints, in: $0) }
  }

  private static func forget(_ endpoints: [String], in database: Database) throws {
    for endpoint in endpoints {
      try database.execute(
        sql: "DELETE FROM subscriptions WHERE endpoint = ?", arguments: [endpoint])
    }
  }

  /// Who wants to hear of any of the zones, each with those of them that are its.
  func subscriptions(to zones: [String]) async throws -> [PushSubscription] {
    try await database.read { database in
      var found: [String: PushSubscription] = [:]
      // Some at a time: SQLite takes a limited number of arguments.
      for start in stride(from: 0, to: zones.count, by: 500) {
        let some = Array(zones[start..<min(start + 500, zones.count)])
        let rows = try Row.fetchCursor(
          database,
          sql: """
            SELECT zone, subscriptions.* FROM places JOIN subscriptions USING (endpoint)
            WHERE zone IN (\(databaseQuestionMarks(count: some.count)))
            """, arguments: StatementArguments(some))
        while let row = try rows.next() {
          let endpoint: String = row["endpoint"]
          guard let url = URL(string: endpoint) else { continue }
          found[
            endpoint,
            default: PushSubscription(
              endpoint: url, key: Array(row["key"] as Data), secret: Array(row["secret"] as Data),
              language: row["language"], zones: [])
          ].zones.append(row["zone"])
        }
      }
      return found.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
