import Foundation
import Testing
import TocsinModel
import TocsinRecord
import TocsinSources

/// A record in the making, a step a minute.
struct Scene {
  var archive = Archive()
  private(set) var entries: [Entry] = []
  private var number = 0

  static let start = Timestamp("2026-01-01T00:00:00Z")!

  var time: Timestamp { Self.start + .seconds(60 * number) }

  /// The id of the newest statement.
  var last: String { archive.statements.values.max { $0.recordedAt < $1.recordedAt }?.id ?? "" }

  init() {}

  init(fixture name: String) throws {
    for act in try Fixture.acts(name) { record(act) }
  }

  mutating func record(_ act: Record.Act, by person: String = "ada") {
    number += 1
    let command = Command(person: person, order: .record(act))
    let entry = Entry(
      event: Event(number: number, time: time, content: .command(command)), effects: [])
    entries.append(entry)
    archive.take(entry)
  }

  /// Records a statement and answers with its id.
  @discardableResult
  mutating func state(_ statement: Record.Statement) -> String {
    record(.state(statement))
    return Recorded(statement, at: time, by: "ada").id
  }

  func dossier(_ incident: String) throws -> Dossier {
    try #require(archive.dossier(of: incident))
  }

  func finding(_ attribute: Record.Attribute, of incident: String) throws -> Finding {
    try #require(try dossier(incident).findings.first { $0.attribute == attribute })
  }
}

// The fixtures' own letters.
// swift-format-ignore: AlwaysUseLowerCamelCase
enum Fixture: String, CaseIterable {
  case A = "A-majdal-shams"
  case B = "B-sirens-silent"
  case C = "C-first-false-alert"
  case D = "D-seven-october"
  case E = "E-j-alert"
  case F = "F-jerusalem-sirens"
  case G = "G-hawaii"
  case H = "H-ahr"
  case I = "I-many-speakers"

  var incident: String { String(rawValue.prefix(1)) }

  static func bytes(_ name: String) throws -> Data {
    try Data(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/\(name).json"))
  }

  static func acts(_ name: String) throws -> [Record.Act] {
    let read = RecordImport(try bytes(name), .json)
    #expect(read.faults == [])
    return read.acts
  }
}

/// Fixture J: the shipped scenario of 14 May 2023, without its plots.
enum DayJ {
  static func entries() throws -> [Entry] {
    let day = try Scenario.find("2023-05-14")
    let plan = day.plan(zones: try StandardZones.read())
    var entries = [
      Entry(event: Event(number: 1, time: day.start, content: .plan(plan)), effects: [])
    ]
    for item in day.items {
      switch item.content {
      case .statement, .command:
        entries.append(
          Entry(
            event: Event(number: entries.count + 1, time: item.time, content: item.content),
            effects: []))
      default: break
      }
    }
    return entries
  }

  static func dossier() throws -> Dossier {
    try #require(Archive(try entries()).dossier(of: "2023-05-14"))
  }
}

extension Dossier {
  func finding(_ attribute: Record.Attribute) -> Finding? {
    findings.first { $0.attribute == attribute }
  }

  func id(_ label: String) -> String? { statements.first { $0.statement.label == label }?.id }
}

extension Record.Statement {
  /// A plain statement to vary.
  static func sample(
    _ attribute: Record.Attribute = .countKilled, _ value: Record.Value = .number(11),
    by name: String = "X", _ kind: Record.Speaker.Kind = .named, stance: Record.Stance = .asserts,
    saidAt: Record.When = .unknown, validAt: Record.When? = nil, relay: String = "a daily",
    root: Record.Root = .speaker, onBehalfOf: String? = nil
  ) -> Record.Statement {
    Record.Statement(
      incident: "T", attribute: attribute, stance: stance, value: value,
      speaker: .init(kind, Record.Words(name), onBehalfOf: onBehalfOf),
      relays: [.init(Record.Words(relay), .quoted, capture: .none(reason: "made for a test"))],
      saidAt: saidAt, validAt: validAt, root: root)
  }
}

extension Record.Incident {
  static let test = Record.Incident(id: "T", kind: .attack, title: "Test")
}

/// Small, seeded, the same everywhere.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
