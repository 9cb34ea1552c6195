import Foundation
import GRDB
public import TocsinCore
import TocsinEngine
import TocsinRecord

/// A state as it was after one entry, bound to the chain at that entry.
struct Checkpoint {
  var tocsin: Tocsin
  var link: [UInt8]

  /// Two are kept: should the newest be damaged, the one before serves.
  private static let kept = 2

  /// The newest one that is whole, that this build can read, and whose entry still has the same link.
  static func newest(in database: Database) throws -> Checkpoint? {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT checkpoints.* FROM checkpoints
        JOIN entries ON entries.number = checkpoints.number AND entries.link = checkpoints.link
        ORDER BY checkpoints.number DESC
        """)
    while let row = try rows.next() {
      let state: Data = row["state"]
      let link = Array(row["link"] as Data)
      guard digest(of: state, at: link) == row["digest"],
        let tocsin = try? decoder.decode(Tocsin.self, from: state),
        tocsin.number == row["number"]
      else { continue }
      return Checkpoint(tocsin: tocsin, link: link)
    }
    return nil
  }

  /// Writes a state down, if the journal has its newest entry.
  static func keep(_ state: Data, number: Int, in database: Database) throws {
    guard
      let link = try Data.fetchOne(
        database, sql: "SELECT link FROM entries WHERE number = ?", arguments: [number])
    else { return }
    try database.execute(
      sql: "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)",
      arguments: [number, link, state, digest(of: state, at: Array(link))])
    try database.execute(
      sql: """
        DELETE FROM checkpoints WHERE number NOT IN
          (SELECT number FROM checkpoints ORDER BY number DESC LIMIT ?)
        """, arguments: [kept])
  }

  static func encoded(_ tocsin: Tocsin) throws -> Data {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(tocsin)
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }

  private static func digest(of state: Data, at link: [UInt8]) -> Data {
    Data(Chain.digest(of: link + Array(state)))
  }
}

extension SQLiteJournal {
  /// Encodes outside the actor, so that no commit waits for it. Without a checkpoint only the restart is slower.
  public nonisolated func keep(_ tocsin: Tocsin) async {
    guard let state = try? Checkpoint.encoded(tocsin) else { return }
    try? await file.store.write { try Checkpoint.keep(state, number: tocsin.number, in: $0) }
  }
}
