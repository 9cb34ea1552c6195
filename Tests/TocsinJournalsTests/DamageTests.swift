import Foundation
import GRDB
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

@Suite struct `A damaged journal` {
  let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"
  let start = Timestamp(seconds: 1_700_000_000)

  /// Signs of life of a feed, in a journal that is closed again.
  func entries(_ count: Int) async throws -> [Entry] {
    let feed = Source(
      id: "feed", name: "Feed", kind: .feed, hasAuthority: true, heartbeat: .seconds(2))
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var entries = sequencer.receive(.plan(Plan(sources: [feed])), at: start)
    for step in 1..<count { entries += alive(&sequencer, start + .milliseconds(step * 10)) }
    #expect(await (try SQLiteJournal(path: path, mode: .actual)).commit(entries) == .recorded)
    return entries
  }

  func alive(_ sequencer: inout Sequencer, _ time: Timestamp) -> [Entry] {
    sequencer.receive(
      .statement(TocsinModel::Statement(source: "feed", said: time, content: .alive)), at: time)
  }

  func change(_ sql: String) async throws {
    try await DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  @Test(arguments: [
    ("UPDATE entries SET payload = CAST(payload || ' ' AS BLOB) WHERE number = 6", [6]),
    ("UPDATE entries SET payload_digest = zeroblob(32) WHERE number = 6", [6]),
    ("UPDATE entries SET effects = CAST('[] ' AS BLOB) WHERE number = 6", [6]),
    ("UPDATE entries SET nanoseconds = 9000000000000000000 WHERE number = 6", [6]),
    ("UPDATE entries SET link = zeroblob(32) WHERE number = 6", [6, 7]),
    ("DELETE FROM entries WHERE number = 6", [6, 7]),
    ("DELETE FROM entries WHERE number BETWEEN 1 AND 5", [1, 2, 3, 4, 5, 6]),
  ])
  func `says which entry is damaged, reads the rest and goes on`(sql: String, lost: [Int])
    async throws
  {
    let entries = try await entries(20)
    try await change(sql)
    let journal = try SQLiteJournal(path: path, mode: .actual)
    let restored = try await journal.restore()
    #expect(restored.blanks == Set(lost))
    #expect(restored.faults.contains { $0.contains("\(lost[0])") }, "\(restored.faults)")
    #expect(restored.entries.count == entries.count)
    for (read, written) in zip(restored.entries, entries)
    where !lost.contains(written.event.number) {
      #expect(read == written)
    }

    var sequencer = Sequencer(Tocsin(mode: .actual))
    for entry in restored.entries { sequencer.repeated(entry.event) }
    let now = start + .seconds(1)
    #expect(await journal.commit(alive(&sequencer, now)) == .recorded)
    let again = try await SQLiteJournal(path: path, mode: .actual).restore()
    #expect(again.blanks == Set(lost) && again.entries.last?.event.time == now)
  }

  @Test(arguments: [0.02, 0.5, 0.9])
  func `of which the end is cut off is set aside, and a new one goes on with what could be read`(
    part: Double
  ) async throws {
    let entries = try await entries(2000)
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.truncate(atOffset: UInt64(Double(size) * part))
    try file.close()

    let journal = try SQLiteJournal(path: path, mode: .actual)
    let restored = try await journal.restore()
    #expect(restored.faults.contains { $0.contains("set aside as \(path).damaged-1") })
    #expect(FileManager.default.fileExists(atPath: path + ".damaged-1"))
    #expect(restored.entries == Array(entries.prefix(restored.entries.count)))
    if part == 0.9 { #expect(restored.entries.count > 1000) }

    var sequencer = Sequencer(Tocsin(mode: .actual))
    for entry in restored.entries { sequencer.repeated(entry.event) }
    #expect(await journal.commit(alive(&sequencer, start + .seconds(60))) == .recorded)
  }

  @Test func `that is no SQLite file at all is set aside`() async throws {
    try Data(repeating: 0x5A, count: 10_000).write(to: URL(filePath: path))
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(try await journal.restore().entries.isEmpty)
    #expect(try await journal.restore().faults.count == 1)
    #expect(throws: (any Error).self) { try SQLiteJournal(existing: path + ".damaged-1") }
  }

  @Test func `that cannot be opened does not keep the service from warning`() async throws {
    let folder = path + ".folder"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let journal = try LostJournal.unlessOpened(path: folder, mode: .actual)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    guard case .failed(let reason) = await journal.commit(alive(&sequencer, start)) else {
      return #expect(Bool(false), "A folder is no journal.")
    }
    #expect(reason.contains(folder))
    #expect(try await journal.restore().faults.count == 1)
  }

  @Test func `that was removed while in use records nothing and says so`() async throws {
    var sequencer = Sequencer(Tocsin(mode: .actual))
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(await journal.commit(alive(&sequencer, start)) == .recorded)
    try FileManager.default.removeItem(atPath: path)
    let commit = await journal.commit(alive(&sequencer, start + .seconds(1)))
    guard case .failed(let reason) = commit else { return #expect(Bool(false), "\(commit)") }
    #expect(reason.contains("was removed"))
  }

  @Test func `loses the plots that are too old, and nothing else`() async throws {
    let plots = (1...4).map { number in
      Entry(
        event: Event(
          number: number, time: start + .seconds(number * 86_400), content: .plots([])),
        effects: [])
    }
    let journal = try SQLiteJournal(path: path, mode: .actual)
    _ = await journal.commit(plots)
    let removed = try await journal.removePlots(
      before: start + .seconds(3 * 86_400), reason: "older than 30 days", at: start)
    #expect(removed == 2)
    #expect(try await journal.tombstones().map(\.number) == [1, 2])
    let restored = try await journal.restore()
    #expect(restored.blanks == [1, 2] && restored.faults == [])
  }
}
