import Foundation
import GRDB
public import TocsinEngine
public import TocsinModel
import TocsinRecord

/// A journal in one SQLite file. A commit returns when it is on the disk.
public actor SQLiteJournal: Journal {
  nonisolated let file: JournalFile
  private var chain: Chain
  /// Actual or replay: what it was made for, and for nothing else.
  public nonisolated let mode: Mode

  /// Opens a journal, or makes it. One that SQLite cannot read is set aside, what could be read of it is
  /// kept, and ``restore()`` says so: a damaged file must not keep a service from warning.
  /// - Parameter mode: what a new one is for. An existing one must be for the same: a replay is never
  ///   continued as actual, nor the reverse.
  public init(path: String, mode: Mode) throws {
    file = try JournalFile.openedOrSalvaged(path, mode)
    self.mode = mode
    chain = try file.chain()
  }

  /// Opens an existing journal to write on in it.
  public init(existing path: String) throws {
    try Self.find(path)
    file = try JournalFile(existing: path)
    mode = file.mode
    chain = try file.chain()
  }

  /// Opens an existing journal to read and leaves it as it is, byte for byte; a service may write it
  /// meanwhile.
  public init(reading path: String) throws {
    try Self.find(path)
    file = try JournalFile(reading: path)
    mode = file.mode
    chain = Chain()
  }

  private static func find(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw UnusableJournal(
        path: path, reason: "is not there; 'tocsin run' makes one in $TOCSIN_HOME.")
    }
  }

  public func commit(_ entries: [Entry]) -> Commit {
    guard file.isInPlace else {
      return .failed(
        "\(file.path) was removed or replaced while it was in use; restart the service")
    }
    var chain = self.chain
    do {
      let encoder = Self.encoder
      try file.store.write { database in
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

  /// Lets the file grow no further than this many pages, like a disk that is full; for tests.
  package func limit(pages: Int) throws {
    try file.store.writeWithoutTransaction {
      _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
    }
  }

  /// Sorted keys, so that the same entry is the same bytes in every process.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
