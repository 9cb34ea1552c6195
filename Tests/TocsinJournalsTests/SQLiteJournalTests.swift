import Foundation
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

@Suite struct `A journal` {
  let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"

  func someEntries(_ count: Int) -> [Entry] {
    let start = Timestamp(seconds: 1_700_000_000)
    let feed = Source(
      id: "feed", name: "Feed", kind: .feed, hasAuthority: true, heartbeat: .seconds(2))
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var entries = sequencer.receive(.plan(Plan(sources: [feed])), at: start)
    for step in 1..<count {
      entries += sequencer.receive(
        .statement(Statement(source: "feed", said: start, content: .alive)),
        at: start + .milliseconds(step * 10))
    }
    return entries
  }

  @Test func `gives back what was committed, also after it was closed`() async throws {
    let entries = someEntries(20)
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(await journal.commit(Array(entries.prefix(7))) == .recorded)
    let again = try SQLiteJournal(path: path, mode: .actual)
    #expect(await again.commit(Array(entries.dropFirst(7))) == .recorded)
    let restored = try await again.restore()
    #expect(restored.entries == entries && restored.faults.isEmpty)
  }

  @Test func `made for a replay is never continued as actual`() throws {
    _ = try SQLiteJournal(path: path, mode: .replay)
    #expect(throws: UnusableJournal.self) { try SQLiteJournal(path: path, mode: .actual) }
    #expect(try SQLiteJournal(existing: path).mode == .replay)
    #expect(throws: UnusableJournal.self) { try SQLiteJournal(existing: path + ".none") }
  }

  @Test func `replays to the same effects`() async throws {
    let journal = try SQLiteJournal(path: path, mode: .actual)
    _ = await journal.commit(someEntries(50))
    var sequencer = Sequencer(Tocsin(mode: .actual))
    for entry in try await journal.restore().entries {
      #expect(sequencer.repeated(entry.event) == entry.effects)
    }
  }

  @Test func `keeps its chain when a payload is removed, and a tombstone that says who and why`()
    async throws
  {
    let journal = try SQLiteJournal(path: path, mode: .actual)
    let entries = someEntries(10)
    _ = await journal.commit(entries)
    try await journal.remove(
      payloadOf: 10, person: "dana", reason: "a court's order",
      at: Timestamp(seconds: 1_700_000_100))
    let restored = try await SQLiteJournal(path: path, mode: .actual).restore()
    #expect(Array(restored.entries.prefix(9)) == Array(entries.prefix(9)))
    #expect(restored.faults == [] && restored.blanks == [10])
    #expect(restored.entries[9].effects == entries[9].effects)
    let tombstone = try #require(await journal.tombstones().first)
    #expect(tombstone.person == "dana" && tombstone.reason == "a court's order")
  }
}
