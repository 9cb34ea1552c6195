import ArgumentParser
import Foundation
import GRDB
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

/// One durable commit of the journal beside one of bare SQLite on the same disk, in turn.
struct Commits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The time of a durable commit, beside that of bare SQLite.")

  @Option(help: "The folder, on the disk that is meant.")
  var folder = NSTemporaryDirectory()

  @Option(help: "Commits of each kind.")
  var count = 1000

  func run() async throws {
    let name = folder + "/benchmark-\(UUID().uuidString)"
    let journal = try SQLiteJournal(path: name + ".sqlite", mode: .actual)
    let bare = try bareDatabase(name + ".bare")
    var (ours, theirs, grouped) = (Spans(), Spans(), Spans())
    var sequencer = Sequencer(Tocsin(mode: .actual))
    for step in 0..<count {
      let entries = Self.alive(&sequencer, step: step)
      let bytes = try JSONEncoder().encode(entries)
      try await ours.timeAsync { try check(await journal.commit(entries)) }
      try theirs.time {
        try bare.write { try $0.execute(sql: "INSERT INTO t VALUES (NULL, ?)", arguments: [bytes]) }
      }
    }
    for part in 0..<20 {
      let entries = (0..<1000).flatMap { Self.alive(&sequencer, step: count + part * 1000 + $0) }
      try await grouped.timeAsync { try check(await journal.commit(entries)) }
    }
    print("one entry a commit:   \(ours.line)")
    print("bare SQLite, same:    \(theirs.line)")
    print("ratio of the medians: \(rounded(ours.quantile(0.5) / theirs.quantile(0.5)))")
    print("1,000 entries a commit: \(Int(20_000 / grouped.total)) entries a second")
    for end in [".sqlite", ".bare"] {
      for more in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: name + end + more)
      }
    }
  }

  private func bareDatabase(_ path: String) throws -> DatabasePool {
    let bare = try DatabasePool(path: path)
    try bare.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try bare.write { try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)") }
    return bare
  }

  private func check(_ commit: Commit) throws {
    if case .failed(let reason) = commit { throw ValidationError(reason) }
  }

  /// A sign of life, one every 100 ms.
  static func alive(_ sequencer: inout Sequencer, step: Int) -> [Entry] {
    sequencer.receive(
      .statement(Statement(source: "feed", said: nil, content: .alive)),
      at: Timestamp(seconds: 1_700_000_000) + .milliseconds(step * 100))
  }
}
