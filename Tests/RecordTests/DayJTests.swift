import Foundation
import Testing
import TocsinModel
import TocsinRecord
import TocsinSources

@Suite struct `The record of 14 May 2023` {
  let dossier: Dossier

  init() throws { dossier = try DayJ.dossier() }

  @Test
  func `has two positions on how it ended, side by side, and says by which rule they conflict`()
    throws
  {
    let end = try #require(dossier.finding(.end))
    #expect(end.status == .disputed)
    #expect(Set(end.positions.map(\.value.plain)) == ["impact", "burst"])
    #expect(Finding.words(for: Record.Attribute.end.rule).contains("exclude each other"))
    #expect(dossier.finding(.ground)?.status == .singleSource)
  }

  @Test func `keeps Ashkelon and its industrial zone as two accounts at their own precision`()
    throws
  {
    let sirens = try #require(dossier.finding(.sirenPlaces))
    let names = sirens.positions.compactMap(\.value.plain)
    #expect(names.contains("Ashkelon; communities near the Gaza border"))
    #expect(names.contains("אזור תעשייה הדרומי אשקלון"))
    #expect(sirens.status == .compatible)
  }

  @Test(arguments: [Record.Attribute.cause, .ceasefireCommitment, .ceasefireState, .interception])
  func `has one position on the cause and on the ceasefire, not merged`(
    attribute: Record.Attribute
  ) {
    #expect(dossier.finding(attribute)?.positions.count == 1)
    #expect(dossier.finding(attribute)?.status == .singleSource)
  }

  @Test func `ties the ministers' and the officer's words to the operation and to no launch`() {
    let speakers: Set = ["Benjamin Netanyahu", "Bezalel Smotrich", "a senior IDF officer"]
    let said = dossier.statements.filter { speakers.contains($0.statement.speaker.name.text) }
    #expect(said.count == 4)
    #expect(said.allSatisfy { $0.statement.attribute.matter == "operation" })
  }

  @Test func `computes the calm from the log's own rows, beside what was said of it`() throws {
    let calm = try #require(dossier.computed.first { $0.kind == .calm })
    #expect(calm.duration == .seconds(19 * 3600 + 21 * 60 + 23))
    #expect(calm.beside == .ceasefireState)
    let labels = Set(["log-16213", "log-16214", "log-16217"].compactMap(dossier.id))
    #expect(Set(calm.rows) == labels)
  }

  @Test func `computes the sirens after the ceasefire began, group by group`() throws {
    let groups = dossier.computed.filter { $0.kind == .sirens }
    #expect(groups.map(\.count) == [6, 2, 3])
    #expect(groups[0].from == Timestamp("2023-05-13T22:07:41+03:00"))
    #expect(groups[0].to == Timestamp("2023-05-13T22:11:56+03:00"))
    let ceasefire = try #require(dossier.periods.first { $0.matter == "ceasefire" })
    #expect(ceasefire.sirens.count == 11)
    #expect(ceasefire.sirensSurely.count == 3)
  }

  @Test func `keeps the start of the ceasefire as printed`() throws {
    let start = try #require(dossier.periods.first { $0.matter == "ceasefire" }?.starts.first)
    #expect(start.printed?.text == "on Saturday night")
    #expect(start.precision == .partOfDay)
  }

  @Test func `takes no simulated statement for a witness`() {
    #expect(dossier.statements.contains { $0.statement.simulated == true })
    #expect(dossier.finding(.note) == nil)
  }

  @Test func `changes with the rows it rests on`() throws {
    let entries = try DayJ.entries().filter { entry in
      if case .statement(let statement) = entry.event.content,
        case .said(let said) = statement.content
      {
        said.label != "log-16214" && said.label != "log-16213"
      } else {
        true
      }
    }
    let fewer = try #require(Archive(entries).dossier(of: "2023-05-14"))
    let calm = try #require(fewer.computed.first { $0.kind == .calm })
    #expect(calm.from == Timestamp("2023-05-13T22:11:56+03:00"))
  }

  @Test func `is found in milliseconds for ten thousand statements`() throws {
    var statements: [Recorded] = []
    for number in 0..<10_000 {
      let attribute: Record.Attribute = number % 2 == 0 ? .countKilled : .sirenCause
      let value: Record.Value =
        number % 2 == 0
        ? .number(Double(number % 40)) : .term(["launch", "debris", "no-fire"][number % 3])
      statements.append(
        Recorded(
          .sample(attribute, value, by: "speaker \(number % 997)", relay: "outlet \(number)"),
          at: Scene.start, by: "test"))
    }
    let clock = ContinuousClock()
    let times = (0..<5).map { _ in clock.measure { _ = Finding.all(of: "T", statements) } }
    print("findings of 10,000 statements: \(times)")
    #expect(times.min()! < .milliseconds(500))
  }
}
