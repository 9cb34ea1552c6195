import Foundation
import Testing
import TocsinConfiguration
import TocsinModel
import TocsinSources

@Suite struct `A scenario` {
  @Test func `that is shipped is found by its id`() throws {
    #expect(Scenario.shipped.contains("2023-05-14"))
    let day = try Scenario.find("2023-05-14")
    #expect(day.id == "2023-05-14")
    #expect(day.start == Timestamp("2023-05-13T22:00:00+03:00"))
    #expect(day.timeZone == "Asia/Jerusalem")
    #expect(day.radars.map(\.id) == ["S1"])
    #expect(!day.plots.isEmpty)
  }

  @Test func `that does not exist is answered with those that do`() {
    #expect(throws: UnreadableFile.self) { try Scenario.find("2023-05-15") }
    do {
      _ = try Scenario.find("2023-05-15")
    } catch {
      #expect(error.description.contains("2023-05-14"))
    }
  }

  @Test func `tells its items in order, with a sign of life at every heartbeat`() throws {
    let day = try Scenario.find("2023-05-14")
    let contents = Array(day.contents)
    #expect(contents.map(\.time) == contents.map(\.time).sorted())
    let alive = contents.filter { $0.isAlive }
    #expect(contents.count == day.items.count + alive.count)
    #expect(alive.count == Int((day.end - day.start).inSeconds) / 2)
    #expect(zip(alive, alive.dropFirst()).allSatisfy { $1.time - $0.time == .seconds(2) })
  }

  @Test func `told in two parts is told whole`() throws {
    let day = try Scenario.find("2023-05-14")
    let middle = Timestamp("2023-05-14T18:33:10.5+03:00")!
    let parts =
      Array(day.contents(from: day.start, to: middle))
      + Array(day.contents(from: middle, to: day.end))
    #expect(parts == Array(day.contents))
  }

  @Test func `is replayed for the pages and no other channel`() throws {
    let plan = try Scenario.find("2023-05-14").plan(zones: [])
    #expect(plan.outlets.map(\.id) == ["pages"])
    #expect(plan.policy == Policy())
  }

  @Test func `with mistakes names every one with its file and line`() throws {
    let folder = try Folder()
    try folder.change("scenario.yaml") {
      $0.replacing("Asia/Jerusalem", with: "Asia/Nowhere").replacing("2 s", with: "2")
        .replacing("hazard: rockets", with: "hazzard: rockets")
    }
    let words = folder.faults()
    #expect(words.contains("scenario.yaml, line 7: 'time_zone' is 'Asia/Nowhere'"))
    #expect(words.contains("'hazard' is missing"))
    #expect(words.contains("'hazzard' means nothing here"))
    #expect(words.contains("'heartbeat' of source 1 is no time"))
  }

  @Test(arguments: [
    ("stance: asserts", "stance: admits", "'stance' of statement 1 is 'admits'; it can be"),
    (
      "  speaker: &tocsin\n    kind: sensor\n    name: Tocsin\n", "",
      "'speaker' of statement 1 is missing"
    ),
    ("source: replay", "source: rumor", "is 'rumor', which scenario.yaml does not list"),
    ("placed_at: 2023-05-13T22:00:00+03:00", "placed_at: 22:00", "no time with an offset"),
    ("label: J-outlet-operation\n", "label: J-simulated\n", "'J-simulated' a second time"),
    ("  simulated: true", "  saidAt: 2023-05-13T22:00:00Z", "and not both"),
    ("mode: published", "mode: leaked", "'relays[0].mode' of statement 1 is 'leaked'"),
  ])
  func `with a mistake in a statement is refused`(
    mistake: (find: String, put: String, words: String)
  ) throws {
    let folder = try Folder()
    try folder.change("statements.yaml") { text in
      let range = text.range(of: mistake.find)!
      return text.replacingCharacters(in: range, with: mistake.put)
    }
    let words = folder.faults()
    #expect(words.contains("statements.yaml, line "))
    #expect(words.contains(mistake.words), "\(words)")
  }

  @Test func `with a bad plot is refused with the plot's line`() throws {
    let folder = try Folder()
    try folder.change("plots.ndjson") { "{\"t\":1}\n" + $0 }
    #expect(folder.faults().contains("plots.ndjson, line 1"))
  }
}

/// A copy of the shipped folder to make mistakes in.
final class Folder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "scenario-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: Folder.shipped, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/TocsinSources/Scenarios/2023-05-14").path

  func change(_ name: String, _ change: (String) -> String) throws {
    let file = path + "/" + name
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try change(text).write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// What is said about it when it is read.
  func faults() -> String {
    do {
      _ = try Scenario.read(folder: path)
      return "nothing"
    } catch {
      return error.description
    }
  }
}

extension Scenario.Item {
  var isAlive: Bool {
    if case .statement(let statement) = content, case .alive = statement.content {
      true
    } else {
      false
    }
  }
}
