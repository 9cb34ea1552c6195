import Foundation
import Testing
import TocsinModel
import TocsinRecord

/// The ten acceptance checks of the record.
@Suite struct `The record` {
  // 1

  static let needed = ["incident", "attribute", "stance", "speaker", "relays"]

  @Test(arguments: needed)
  func `takes nothing without a speaker, a stance, an attribute and a relay`(field: String) throws {
    let whole = try JSONSerialization.jsonObject(
      with: CanonicalJSON.bytes(Record.Statement.sample()))
    var object = try #require(whole as? [String: Any])
    #expect(RecordImport(try JSONSerialization.data(withJSONObject: [object]), .json).faults == [])
    object[field] = nil
    let read = RecordImport(try JSONSerialization.data(withJSONObject: [object]), .json)
    #expect(read.acts.isEmpty)
    #expect(read.faults.map(\.field) == [field])
    #expect(read.faults.map(\.line) == [1])
  }

  @Test func `takes no empty words for a speaker or a relay`() {
    var statement = Record.Statement.sample()
    statement.speaker.name.text = "  "
    #expect(statement.faults.map(\.field) == ["speaker.name"])
    statement = .sample()
    statement.relays[0].agent.text = ""
    #expect(statement.faults.map(\.field) == ["relays[0].agent"])
  }

  @Test func `takes no relay without a capture or the reason why there is none`() {
    var statement = Record.Statement.sample()
    statement.relays[0].capture = .none(reason: "")
    #expect(statement.faults.map(\.field) == ["relays[0].capture.none"])
    statement.relays[0].capture = .sha256("abc")
    #expect(statement.faults.map(\.field) == ["relays[0].capture.sha256"])
    statement.relays[0].capture = .sha256(String(repeating: "0a", count: 32))
    #expect(statement.faults.isEmpty)
    statement.relays = []
    #expect(statement.faults.map(\.field) == ["relays"])
  }

  // 2

  @Test(arguments: Fixture.allCases, RecordImport.Format.allCases)
  func `comes back from every format with the same ids and quotes to the byte`(
    fixture: Fixture, format: RecordImport.Format
  ) throws {
    let dossier = try Scene(fixture: fixture.rawValue).dossier(fixture.incident)
    try roundTrip(dossier, format)
  }

  @Test(arguments: RecordImport.Format.allCases)
  func `of 14 May 2023 comes back from every format`(format: RecordImport.Format) throws {
    try roundTrip(try DayJ.dossier(), format)
  }

  private func roundTrip(_ dossier: Dossier, _ format: RecordImport.Format) throws {
    let read = RecordImport(Exchange.export(dossier, format), format)
    #expect(read.faults == [])
    var scene = Scene()
    scene.record(.open(dossier.incident))
    for act in read.acts where !act.isOpening { scene.record(act) }
    let ids = { (dossier: Dossier) in Set(dossier.statements.map(\.id)) }
    let again = try scene.dossier(dossier.incident.id)
    #expect(ids(again) == ids(dossier))
    #expect(!dossier.statements.isEmpty)
    let quotes = { (dossier: Dossier) in
      dossier.statements.compactMap(\.statement.quote?.text).map { Array($0.utf8) }
        .sorted { $0.lexicographicallyPrecedes($1) }
    }
    #expect(quotes(again) == quotes(dossier))
  }

  // 3

  @Test func `finds in the fixtures what there is to find`() throws {
    #expect(try Expectation.broken() == [])
  }

  @Test(arguments: Fixture.allCases)
  func `finds the same in whatever order it was told, and told twice`(fixture: Fixture) throws {
    let acts = try Fixture.acts(fixture.rawValue)
    let findings = try Scene(fixture: fixture.rawValue).dossier(fixture.incident).findings
    for seed in 1...20 as ClosedRange<UInt64> {
      var dice = Dice(state: seed)
      let statements = acts.filter { !$0.isOpening }
      var scene = Scene()
      for act in acts where act.isOpening { scene.record(act) }
      // What replaces another can only be told once the other is there.
      for act in (statements + statements).shuffled(using: &dice) { scene.record(act) }
      for act in statements.shuffled(using: &dice) + statements { scene.record(act) }
      #expect(try scene.dossier(fixture.incident).findings == findings, "seed \(seed)")
    }
  }

  // 4

  @Test func `counts a thousand echoes of one root as one holder`() throws {
    var scene = Scene()
    scene.record(.open(.test))
    for outlet in 1...1000 {
      scene.state(
        .sample(
          .sirenCause, .term("no-fire"), by: "a Gaza source", .anonymous,
          relay: "outlet \(outlet)", root: .origin("the source")))
    }
    let position = try #require(scene.finding(.sirenCause, of: "T").positions.first)
    #expect(position.holders.count == 1)
    #expect(position.independent == 1)
    #expect(position.holders[0].appearances == 1000)
    #expect(try scene.finding(.sirenCause, of: "T").status == .singleSource)

    scene.state(
      .sample(
        .sirenCause, .term("no-fire"), by: "a Gaza source", .anonymous, relay: "outlet 1001",
        root: .unknown("not told")))
    let after = try #require(scene.finding(.sirenCause, of: "T").positions.first)
    #expect(after.independent == 1)
    #expect(after.unknownRoots == 1)
    #expect(try scene.finding(.sirenCause, of: "T").status == .singleSource)
  }

  // 5

  @Test(arguments: Fixture.allCases)
  func `shows of any past moment what it showed at that moment, byte for byte`(
    fixture: Fixture
  ) throws {
    let whole = try Scene(fixture: fixture.rawValue)
    var published: [(Timestamp, Data)] = []
    var growing = Archive()
    for entry in whole.entries {
      growing.take(entry)
      let dossier = try #require(growing.dossier(of: fixture.incident))
      published.append((entry.event.time, CanonicalJSON.bytes(dossier)))
    }
    for (moment, bytes) in published {
      let dossier = try #require(whole.archive.asOf(moment).dossier(of: fixture.incident))
      #expect(CanonicalJSON.bytes(dossier) == bytes, "\(moment)")
    }
  }

  @Test func `still says malfunction as of the evening of 19 June 2022`() throws {
    let scene = try Scene(fixture: Fixture.F.rawValue)
    let evening = try #require(
      scene.archive.statements.values.first { $0.statement.label == "F-evening" })
    let then = try #require(scene.archive.asOf(evening.recordedAt).dossier(of: "F"))
    #expect(then.finding(.sirenCause)?.status == .singleSource)
    #expect(then.finding(.sirenCause)?.positions.map(\.value) == [.term("malfunction")])
  }

  // 6

  typealias Mutant = @Sendable (Finding, [Recorded]) -> Finding
  static let mutants: [(name: String, mutant: Mutant)] = [
    ("majority", { finding, _ in settle(finding) { $0.holders.count } }),
    ("latest", { finding, _ in settle(finding) { Int($0.lastSaid?.seconds ?? 0) } }),
    (
      "official",
      { finding, _ in
        settle(finding) { $0.holders.flatMap(\.speakers).contains { $0.kind == .office } ? 1 : 0 }
      }
    ),
    ("mean", { finding, _ in settle(finding) { _ in 0 } }),
  ]

  private static func settle(_ finding: Finding, by rank: (Finding.Position) -> Int) -> Finding {
    var settled = finding
    settled.positions = finding.positions.max { rank($0) < rank($1) }.map { [$0] } ?? []
    settled.status = .singleSource
    return settled
  }

  @Test(arguments: mutants.indices)
  func `would not pass its tests if it settled anything by itself`(index: Int) throws {
    #expect(try Expectation.broken(by: Self.mutants[index].mutant).count >= 5)
  }

  @Test func `shows an editor's reading above the positions, and reopens it on a new conflict`()
    throws
  {
    var scene = try Scene(fixture: Fixture.H.rawValue)
    let ids = try scene.dossier("H").statements.map(\.id)
    let before = try scene.finding(.warningTime, of: "H")
    scene.record(
      .resolve(
        Record.Resolution(
          incident: "H", attribute: .warningTime, value: before.positions[0].value, by: "Ada",
          reason: "the log was written at the time", evidence: [ids[0]])))
    #expect(try scene.dossier("H").resolutions.map(\.resolution.by) == ["Ada"])
    #expect(try scene.dossier("H").resolutions[0].reopenedBy == nil)
    #expect(try scene.finding(.warningTime, of: "H") == before)

    var third = Record.Statement.sample(
      .warningTime, Record.Value(.interval(.init(Timestamp("2021-07-14T23:30:00+02:00")!))))
    third.incident = "H"
    let id = scene.state(third)
    #expect(try scene.dossier("H").resolutions[0].reopenedBy == id)
  }

  @Test func `takes no reading without a name, reasons and evidence`() {
    let reading = Record.Resolution(
      incident: "H", attribute: .end, value: .term("burst"), by: "", reason: " ", evidence: [])
    #expect(Record.Act.resolve(reading).faults.map(\.field) == ["by", "reason", "evidence"])
  }

  // 7

  @Test func `keeps correction, update, retraction and denied words apart, each under its name`()
    throws
  {
    var scene = Scene()
    scene.record(.open(.test))
    let first = scene.state(.sample(.end, .term("impact")))
    var kinds: [Record.Replacement.Kind: Finding.Status] = [:]
    for kind in [Record.Replacement.Kind.correction, .update, .retraction] {
      var copy = scene
      var later = Record.Statement.sample(
        .end, kind == .retraction ? Record.Value(.unknown) : .term("burst"),
        stance: kind == .retraction ? .retracts : .asserts)
      later.replaces = .init(statement: first, kind: kind, speakersWord: "to be precise")
      copy.state(later)
      let finding = try copy.finding(.end, of: "T")
      kinds[kind] = finding.status
      #expect(finding.changes.map(\.kind) == [kind])
      #expect(finding.changes.map(\.speakersWord?.text) == ["to be precise"])
      #expect(finding.positions.count == (kind == .retraction ? 0 : 1))
      #expect(try copy.dossier("T").statements.contains { $0.id == first })
    }
    #expect(kinds == [.correction: .changed, .update: .compatible, .retraction: .changed])

    scene.state(.sample(.saidBy, .term(first), by: "X", stance: .denies))
    scene.state(.sample(.saidBy, .term(first), by: "a daily", .outlet))
    #expect(try scene.finding(.saidBy, of: "T").status == .disputed)
    #expect(try scene.finding(.end, of: "T").status == .singleSource)
  }

  @Test func `leaves a tombstone where something was removed`() throws {
    var scene = Scene()
    scene.record(.open(.test))
    let id = scene.state(.sample(by: "somebody to protect"))
    let digest = try #require(scene.archive.statements[id]?.sha256)
    scene.record(
      .remove(statement: id, reasonClass: "safety", reason: "a threat", sha256: digest), by: "ben")
    let dossier = try scene.dossier("T")
    #expect(dossier.tombstones.map(\.sha256) == [digest])
    #expect(dossier.tombstones.map(\.by) == ["ben"])
    #expect(dossier.gaps.map(\.kind) == [.removed])
    #expect(!String(decoding: CanonicalJSON.bytes(dossier), as: UTF8.self).contains("protect"))
  }

  @Test func `lets nobody replace another's words`() throws {
    var scene = Scene()
    scene.record(.open(.test))
    let first = scene.state(.sample(.end, .term("impact"), by: "X"))
    var other = Record.Statement.sample(.end, .term("burst"), by: "Y")
    other.replaces = .init(statement: first, kind: .correction)
    scene.state(other)
    #expect(try scene.finding(.end, of: "T").status == .disputed)
    #expect(try scene.finding(.end, of: "T").positions.count == 2)
  }

  // 8 is ComparisonTests

  @Test func `leaves an unknown time unknown`() throws {
    let dossier = try Scene(fixture: Fixture.A.rawValue).dossier("A")
    let army = try #require(dossier.statements.first { $0.statement.label == "A-siren" })
    #expect(army.statement.saidAt == .unknown)
    let position = try #require(dossier.finding(.sirenSounded)?.positions.first)
    #expect(position.firstSaid == nil)
  }

  @Test func `refuses a time without a zone`() {
    let row = Data(
      """
      {"incident":"T","attribute":"end","stance":"asserts","speaker":{"kind":"named","name":"X"},\
      "relays":[{"agent":"a","mode":"quoted","capture":{"none":"b"}}],"value":{"exact":"burst"},\
      "saidAt":{"from":"2023-05-14T18:33:04"}}
      """.utf8)
    let read = RecordImport(row, .ndjson)
    #expect(read.acts.isEmpty)
    #expect(read.faults.map(\.field) == ["saidAt.from"])
  }

  // 9

  @Test func `changes no statement, no conflict and no order by any assessment`() throws {
    var scene = try Scene(fixture: Fixture.I.rawValue)
    let before = try scene.dossier("I")
    for (index, recorded) in before.statements.enumerated() {
      scene.record(
        .assess(
          Record.Assessment(
            statement: recorded.id, assessor: "Ada",
            reliability: Record.Assessment.Reliability.allCases[index % 6],
            credibility: Record.Assessment.Credibility.allCases[index % 6], reason: "a test")))
    }
    let after = try scene.dossier("I")
    #expect(after.findings == before.findings)
    #expect(after.statements == before.statements)
    #expect(after.assessments.count == before.statements.count)
    #expect(after.assessments.allSatisfy { !$0.assessment.reason.isEmpty })
  }

  @Test func `takes no assessment without a person and a reason`() {
    let bare = Record.Assessment(
      statement: "s1", assessor: "", reliability: .f, credibility: .cannotBeJudged, reason: "")
    #expect(Record.Act.assess(bare).faults.map(\.field) == ["assessor", "reason"])
  }

  // 10

  @Test func `gives the same structure when the sides change their names`() throws {
    let bytes = try Fixture.bytes(Fixture.A.rawValue)
    let text = String(decoding: bytes, as: UTF8.self)
    let swapped = text.replacing("Hezbollah", with: "#1#").replacing(
      "The Israeli army", with: "Hezbollah"
    )
    .replacing("#1#", with: "The Israeli army")
    #expect(swapped != text)
    #expect(try shape(Data(swapped.utf8)) == shape(bytes))
  }

  /// Everything but the names: status, number of positions and holders, stances, verbs.
  private func shape(_ bytes: Data) throws -> [[String]] {
    var scene = Scene()
    for act in RecordImport(bytes, .json).acts { scene.record(act) }
    let dossier = try scene.dossier("A")
    let verbs = dossier.statements.map { [$0.statement.label ?? "", $0.statement.verb] }
      .sorted { $0[0] < $1[0] }
    return verbs
      + dossier.findings.map { finding in
        [finding.attribute.rawValue, finding.status.rawValue]
          + finding.positions.map { "\($0.stance.rawValue) \($0.holders.count)" }.sorted()
      }
  }
}

extension Record.Act {
  var isOpening: Bool { if case .open = self { true } else { false } }
}
