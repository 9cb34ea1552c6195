import Foundation
import Testing
import TocsinHistory
import TocsinModel
import TocsinSources

@Suite struct `An import` {
  let folder = NSTemporaryDirectory() + "tocsin-history-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// A log of so many rows, one each minute, in three places.
  func log(_ rows: Int) throws -> String {
    let path = folder + "/log.csv"
    let start = Timestamp(seconds: 1_600_000_000)
    let lines = (0..<rows).map { row in
      "\((start + .seconds(row * 60)).description),Place \(row % 3),1,1,Fire,\(row)"
    }
    let header = "time_utc,zone,category,matrix_id,description,source_id"
    try ([header] + lines).joined(separator: "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `that was broken off goes on where it stopped, and loses and doubles nothing`() throws
  {
    let path = try log(25_000)
    let store = try HistoryStore(path: folder + "/history.sqlite")
    let first = try store.importLog(path, stopAfter: 1)
    #expect(first.added == 10_000 && !first.log.finished)
    let second = try HistoryStore(path: folder + "/history.sqlite").importLog(path)
    #expect(second.added == 15_000 && second.log.finished && second.log.rows == 25_000)
    let again = try store.importLog(path)
    #expect(again.wasKnown && again.added == 0)
    let statistics = Statistics(
      try store.chronicle(logs: nil), zones: [], selection: Selection())
    #expect(statistics.rows == 25_000)
  }

  @Test func `keeps what it cannot read, with line and text`() throws {
    let path = folder + "/bad.csv"
    let text = """
      time_local,zone,category
      2023-05-14 18:33:04,Zikim,1
      14.05.2023 18:33:05,Zikim,1
      2023-05-14 18:33:04,Zikim,1
      2023-03-24 02:30:00,Zikim,1
      yesterday,Zikim,1
      2023-05-14 18:33:06,,1
      """
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let store = try HistoryStore(path: folder + "/history.sqlite")
    let clock = try #require(LocalClock("Asia/Jerusalem"))
    let imported = try store.importLog(path, clock: clock)
    let faults = try store.faults(of: imported.log.id)
    #expect(imported.log.rows + imported.log.unreadable == 6)
    // The hour that the change of the clock left out is read, and said.
    #expect(faults.contains { $0.line == 5 && $0.error.contains("left out") && $0.text == nil })
    #expect(faults.contains { $0.line == 6 && $0.text?.contains("yesterday") ?? false })
  }

  @Test func `of another kind of file is refused with what it lacks`() throws {
    let path = folder + "/other.csv"
    try "a,b\n1,2\n".write(toFile: path, atomically: true, encoding: .utf8)
    let store = try HistoryStore(path: folder + "/history.sqlite")
    #expect(throws: LogFault.self) { try store.importLog(path) }
    #expect(try store.logs().isEmpty)
  }
}

@Suite struct `A local clock` {
  @Test(arguments: [
    ("2023-05-14 18:33:04", "2023-05-14T15:33:04Z"), ("14.05.2023 18:33", "2023-05-14T15:33:00Z"),
    ("2023-01-14T18:33:04", "2023-01-14T16:33:04Z"),
  ])
  func `reads both ways of writing a date`(text: String, moment: String) throws {
    let clock = try #require(LocalClock("Asia/Jerusalem"))
    #expect(clock.read(text)?.time.description == moment)
  }

  @Test func `says which hour came twice and which never came`() throws {
    let clock = try #require(LocalClock("Europe/Kyiv"))
    #expect(clock.read("2023-10-29 03:30:00")?.oddity?.contains("twice") ?? false)
    #expect(clock.read("2023-03-26 03:30:00")?.oddity?.contains("left out") ?? false)
    #expect(clock.read("2023-05-14 03:30:00")?.oddity == nil)
    #expect(clock.read("31.02.2023 10:00") == nil && clock.read("noon") == nil)
    #expect(LocalClock("Mars/Olympus") == nil)
  }
}
