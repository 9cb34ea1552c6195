import Testing
import TocsinHistory
import TocsinModel
import TocsinRecord
import TocsinSources

@Suite struct `Accounts side by side` {
  private static let start = Timestamp("2023-05-13T21:00:00Z")!
  private static let day = start..<(start + .seconds(86_400))

  private static func zone(_ id: String, _ name: String) -> Zone {
    let ring = [(0.0, 0.0), (0, 0.01), (0.01, 0.01)].map {
      Position(latitude: 31 + $0.0, longitude: 34 + $0.1)
    }
    return Zone(id: id, name: Texts(name), district: "D", area: Area(ring: ring), label: ring[0])
  }
  private let zones = [zone("zikim", "Zikim"), zone("karmia", "Karmia")]

  private func log(_ rows: (Int, String)...) -> Account {
    let start = Self.start.nanoseconds / 1_000_000
    let chronicle = Chronicle(
      rows.map { .init(ms: start + Int64($0.0) * 1000, offset: 180, name: $0.1, category: 1) })
    return Account(log: "log", chronicle, zones: zones, within: Self.day)
  }

  private func ours(_ rows: (Int, String)...) -> Account {
    Account(
      ours: rows.map {
        Archive.WarningRow(
          warning: "W1", kind: .warning, stage: .shelter, mode: .actual, hazard: "rockets",
          zone: $0.1, issued: Self.start + .seconds($0.0),
          entry: 1)
      }, within: Self.day)
  }

  private func kinds(_ table: AccountTable) -> [String] {
    table.differences.map { "\($0.kind.rawValue) \($0.title)" }
  }

  @Test func `that say the same have no differences`() {
    let table = AccountTable([log((100, "Zikim")), ours((100, "zikim"))], zones: zones)
    #expect(table.lines.count == 1 && table.lines[0].cells.allSatisfy { $0.count == 1 })
    #expect(table.differences.isEmpty)
  }

  @Test func `list what one has and another lacks, and how far their times differ`() throws {
    let table = AccountTable(
      [log((100, "Zikim"), (5000, "Karmia")), ours((103, "zikim"))], zones: zones)
    #expect(kinds(table) == ["time Zikim", "lacking Karmia"])
    let difference = try #require(table.differences.first)
    #expect(difference.seconds == 3 && difference.second == ["Tocsin's warnings"])
  }

  @Test func `keep two sirens of one place apart, and what nobody has a zone for by its name`() {
    let table = AccountTable(
      [log((100, "Zikim"), (4000, "Zikim"), (4000, "Nowhere"))], zones: zones)
    #expect(table.lines.map(\.title) == ["Zikim", "Nowhere", "Zikim"])
    #expect(kinds(table) == ["place Nowhere"])
  }

  @Test func `take what is said of the day with every siren of the day`() async throws {
    var statement = Record.Statement(
      incident: "i", attribute: .sirenPlaces,
      value: Record.Value(.place(Record.Place([Record.Words("Zikim")], zones: ["zikim"]))),
      speaker: .init(.outlet, Record.Words("A paper")),
      relays: [.init(Record.Words("A paper"), .published, capture: .none(reason: "made up"))])
    statement.validAt = Record.When(
      from: Self.start, to: Self.start + .seconds(86_399), precision: .day)
    var denial = statement
    denial.stance = .denies
    denial.speaker.name = Record.Words("Somebody")
    let dossier = try #require(Self.dossier([statement, denial]))
    let said = Account.said(in: dossier, within: Self.day)
    let table = AccountTable(said + [log((100, "Zikim"), (4000, "Zikim"))], zones: zones)
    #expect(table.accounts.map(\.name) == ["A paper", "Somebody", "log"])
    #expect(
      table.lines.count == 2 && table.lines.allSatisfy { $0.cells.allSatisfy { $0.count == 1 } })
    #expect(kinds(table).filter { $0 == "stand Zikim" }.count == 4)
    #expect(table.csv.split(separator: "\r\n").count == 7)
    #expect(table.csv.contains("day,did not sound,Zikim"))
  }

  private static func dossier(_ statements: [Record.Statement]) -> Dossier? {
    var number = 0
    func entry(_ content: Event.Content) -> Entry {
      number += 1
      return Entry(event: Event(number: number, time: start, content: content), effects: [])
    }
    func act(_ act: Record.Act) -> Entry {
      entry(.command(Command(person: "r", order: .record(act))))
    }
    let open = act(.open(.init(id: "i", kind: .attack, title: Texts("I"))))
    return Archive([open] + statements.map { act(.state($0)) }).dossier(of: "i")
  }
}

extension `A local clock` {
  @Test func `gives whole days also where the clock is changed`() throws {
    let clock = try #require(LocalClock("Asia/Jerusalem"))
    let spring = try #require(Timestamp("2023-03-24T10:00:00Z"))
    let days = clock.days(from: spring, to: spring)
    #expect(days.lowerBound == Timestamp("2023-03-23T22:00:00Z"))
    #expect(days.upperBound == Timestamp("2023-03-24T21:00:00Z"))
    let noon = try #require(Timestamp("2023-05-13T20:59:59Z"))
    #expect(
      clock.days(from: noon, to: noon + .seconds(1)).upperBound == Timestamp("2023-05-14T21:00:00Z")
    )
  }
}
