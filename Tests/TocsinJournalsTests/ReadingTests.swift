import Foundation
import GRDB
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

@Suite struct `A journal that is read` {
  let folder = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString)"
  var path: String { folder + "/journal.sqlite" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  func entries(_ count: Int) -> [Entry] {
    let start = Timestamp(seconds: 1_700_000_000)
    let feed = Source(id: "feed", name: "Feed", kind: .feed, hasAuthority: true)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var entries = sequencer.receive(.plan(Plan(sources: [feed])), at: start)
    while entries.count < count {
      entries += sequencer.receive(
        .statement(TocsinModel::Statement(source: "feed", said: start, content: .alive)),
        at: start + .milliseconds(entries.count * 10))
    }
    return entries
  }

  /// Every file of the folder and what is in it.
  func files() throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: URL(filePath: "\(folder)/\($0)")))
      })
  }

  func write(_ entries: [Entry]) async throws {
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(await journal.commit(entries) == .recorded)
  }

  @Test func `is left as it was, with nothing beside it`() async throws {
    try await write(entries(20))
    let before = try files()
    #expect(before.count == 1)
    let restored = try await SQLiteJournal(reading: path).restore()
    #expect(restored.entries == entries(20) && restored.faults == [])
    #expect(try files() == before)
  }

  @Test func `shows what a service has written so far, and takes no commit`() async throws {
    let written = entries(20)
    let service = try SQLiteJournal(path: path, mode: .actual)
    #expect(await service.commit(Array(written.prefix(10))) == .recorded)
    let reader = try SQLiteJournal(reading: path)
    #expect(try await reader.restore().entries.count == 10)
    let log = try Data(contentsOf: URL(filePath: path + "-wal"))
    guard case .failed = await reader.commit([written[10]]) else {
      return #expect(Bool(false), "A reader wrote.")
    }
    #expect(try Data(contentsOf: URL(filePath: path + "-wal")) == log)
    #expect(await service.commit(Array(written.dropFirst(10))) == .recorded)
    #expect(try await reader.restore().entries == written)
    #expect(try await SQLiteJournal(path: path, mode: .actual).restore().faults == [])
  }

  @Test func `that a service begins to write meanwhile is not read half`() async throws {
    try await write(entries(20))
    let reader = try SQLiteJournal(reading: path)
    let service = try SQLiteJournal(path: path, mode: .actual)
    #expect(try await service.restore().entries.count == 20)
    await #expect(throws: UnusableJournal.self) { try await reader.restore() }
  }

  @Test(arguments: ["", "CREATE TABLE notes (text TEXT)", "CREATE TABLE facts (name, value)"])
  func `but is none is left as it was too, and it is said`(tables: String) async throws {
    try await DatabaseQueue(path: path).write { try $0.execute(sql: tables) }
    let before = try files()
    let refused = #expect(throws: UnusableJournal.self) { try SQLiteJournal(reading: path) }
    #expect(refused?.description.contains("is no journal of Tocsin") == true)
    #expect(throws: UnusableJournal.self) { try SQLiteJournal(existing: path) }
    #expect(try files() == before)
  }

  @Test func `but is no SQLite file or a folder is told in words`() throws {
    try Data(repeating: 0x5A, count: 10_000).write(to: URL(filePath: path))
    let text = #expect(throws: UnusableJournal.self) { try SQLiteJournal(reading: path) }
    #expect(text?.description.contains("is no SQLite file") == true)
    let isFolder = #expect(throws: UnusableJournal.self) { try SQLiteJournal(reading: folder) }
    #expect(isFolder?.description.contains("is a folder") == true)
  }

  @Test func `of which the end is cut off is read to there, and the entry is told`() async throws {
    let written = entries(2000)
    try await write(written)
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.truncate(atOffset: UInt64(size / 2))
    try file.close()
    let restored = try await SQLiteJournal(reading: path).restore()
    let count = restored.entries.count
    #expect(count > 100 && restored.entries == Array(written.prefix(count)))
    #expect(restored.faults.count == 2 && restored.faults[0].contains("damaged or cut off"))
    #expect(restored.faults[1].hasPrefix("From entry \(count + 1) on nothing can be read"))
  }
}
