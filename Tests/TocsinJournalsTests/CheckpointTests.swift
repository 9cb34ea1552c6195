import Foundation
import GRDB
import Logging
import Synchronization
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

private final class Reader: Viewer {
  let past = Mutex<[Entry]>([])
  let isOver = Mutex(false)
  func show(_ view: View) {}
  func recall(_ entries: [Entry]) {
    past.withLock { $0 += entries }
    if entries.isEmpty { isOver.withLock { $0 = true } }
  }
}

@Suite(.timeLimit(.minutes(2))) struct `A checkpoint` {
  let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"
  let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// A journal of every kind of event with a checkpoint after `part` of its entries.
  func journal(keptAfter part: Int) async throws -> (journal: SQLiteJournal, entries: [Entry]) {
    let entries = SeededEntries(seed: 7).entries
    var sequencer = Sequencer(Tocsin(mode: .actual))
    for entry in entries.prefix(part) { sequencer.repeated(entry.event) }
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(await journal.commit(entries) == .recorded)
    await journal.keep(sequencer.tocsin)
    return (journal, entries)
  }

  @Test(arguments: [1, 50, 200, 399])
  func `goes on exactly as the whole journal would`(part: Int) async throws {
    let (journal, entries) = try await journal(keptAfter: part)
    let whole = try await journal.restore()
    let restored = try await journal.resume()
    #expect(whole.checkpoint == nil && whole.entries == entries)
    let kept = try #require(restored.checkpoint)
    #expect(kept.number == part && restored.entries == Array(entries.dropFirst(part)))

    var (long, short) = (Sequencer(Tocsin(mode: .actual)), Sequencer(kept))
    for entry in entries { long.repeated(entry.event) }
    for entry in restored.entries { #expect(short.repeated(entry.event) == entry.effects) }
    #expect(long == short)
  }

  @Test(arguments: [
    "UPDATE checkpoints SET state = replace(state, '\"mode\":\"actual\"', '\"mode\":\"replay\"')",
    "UPDATE checkpoints SET digest = zeroblob(32)",
    "UPDATE entries SET link = zeroblob(32) WHERE number = 200",
    "DELETE FROM entries WHERE number = 200",
    "UPDATE checkpoints SET state = CAST('{}' AS BLOB)",
  ])
  func `that was changed, or whose entry was, is not believed`(sql: String) async throws {
    let (journal, entries) = try await journal(keptAfter: 200)
    try await DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    let restored = try await journal.resume()
    #expect(restored.checkpoint == nil && restored.entries.count == entries.count)
  }

  @Test func `of a state that the journal does not have is not kept`() async throws {
    let (journal, _) = try await journal(keptAfter: 200)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    let start = Timestamp(seconds: 1_700_000_000)
    for _ in 0..<3000 { _ = sequencer.receive(.plan(Plan()), at: start) }
    await journal.keep(sequencer.tocsin)
    #expect(try await journal.resume().checkpoint?.number == 200)
  }

  @Test func `brings the plan's height grid as it was, to the plan and to the tracks`() async throws
  {
    let heights = (0..<600).map { Float($0) / 7 } + [HeightGrid.missing]
    let grid = try #require(
      HeightGrid(
        southWest: Position(latitude: 31, longitude: 34), cell: 1.0 / 1_200, columns: 601, rows: 1,
        heights: heights))
    let plan = Plan(groundHeight: 40, heightGrid: grid)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    let entries = sequencer.receive(.plan(plan), at: Timestamp(seconds: 1_700_000_000))
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(await journal.commit(entries) == .recorded)
    #expect(try await journal.restore().entries == entries)
    await journal.keep(sequencer.tocsin)
    let kept = try #require(try await journal.resume().checkpoint)
    #expect(kept == sequencer.tocsin && kept.plan == plan)
  }

  @Test func `brings what nobody confirmed, and viewers hear of the time before it`() async throws {
    let (journal, entries) = try await journal(keptAfter: 300)
    let restored = try await journal.resume()
    let unconfirmed = try #require(restored.checkpoint).unconfirmed
    #expect(!unconfirmed.isEmpty && restored.open.map(\.id).sorted() == unconfirmed)

    let (reader, inbox) = (Reader(), Inbox())
    let engine = Engine(
      mode: .actual, plan: Plan(), clock: SystemClock(), journal: journal, inbox: inbox,
      channels: [], viewers: [reader], logger: quiet)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await engine.run() }
      while !reader.isOver.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
      await inbox.close()
      try await group.waitForAll()
    }
    let past = reader.past.withLock { $0 }
    let told = { @Sendable (entry: Entry) in
      switch entry.event.content {
      case .command, .statement: true
      default: false
      }
    }
    #expect(past.filter(told) == entries.filter(told))
    // A graceful end keeps the newest state, so that the next start is quick.
    let next = try await journal.resume()
    let newest = try #require(next.checkpoint)
    #expect(next.entries.isEmpty && newest.number > entries.count)
  }
}
