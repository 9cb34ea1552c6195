import Testing
import TocsinModel
import TocsinRecord

/// How two values of one attribute stand to each other (acceptance check 8).
@Suite struct `A comparison` {
  struct Case: Sendable {
    var attribute: Record.Attribute
    var left: Record.Value
    var right: Record.Value
    var relation: Relation

    init(
      _ attribute: Record.Attribute, _ left: Record.Value, _ right: Record.Value,
      _ relation: Relation
    ) {
      self.attribute = attribute
      self.left = left
      self.right = right
      self.relation = relation
    }
  }

  static func place(
    _ names: [String], within: [String]? = nil, zones: [String]? = nil
  ) -> Record.Value {
    Record.Value(.place(.init(names.map { Record.Words($0) }, zones: zones, within: within)))
  }

  static func span(_ from: String, _ to: String? = nil) -> Record.Value {
    Record.Value(
      .interval(.init(from: Timestamp(from), to: Timestamp(to ?? from), precision: .minute)))
  }

  static let cases: [Case] = [
    Case(.countKilled, .number(11), .number(11), .same),
    Case(.countKilled, .number(11), .number(12), .conflicting),
    Case(.countKilled, Record.Value(.atLeast(10)), .number(12), .compatible),
    Case(.countKilled, Record.Value(.atLeast(10)), .number(10), .compatible),
    Case(.countKilled, Record.Value(.atLeast(10)), .number(9), .conflicting),
    Case(.countKilled, Record.Value(.atMost(10)), .number(9), .compatible),
    Case(.countKilled, Record.Value(.atMost(10)), .number(11), .conflicting),
    Case(.countKilled, Record.Value(.atLeast(10)), Record.Value(.atMost(10)), .compatible),
    Case(.countKilled, Record.Value(.atLeast(11)), Record.Value(.atMost(10)), .conflicting),
    Case(.countKilled, Record.Value(.atLeast(10)), Record.Value(.atLeast(20)), .compatible),
    Case(.countKilled, Record.Value(.atMost(5)), Record.Value(.atMost(50)), .compatible),
    Case(.countKilled, Record.Value(.range(10, 12)), .number(11), .compatible),
    Case(.countKilled, Record.Value(.range(10, 12)), .number(10), .compatible),
    Case(.countKilled, Record.Value(.range(10, 12)), .number(13), .conflicting),
    Case(.countKilled, Record.Value(.range(10, 12)), Record.Value(.range(12, 14)), .compatible),
    Case(.countKilled, Record.Value(.range(10, 12)), Record.Value(.range(13, 14)), .conflicting),
    Case(.countKilled, Record.Value(.range(10, 12)), Record.Value(.range(10, 12)), .same),
    Case(.countKilled, Record.Value(.range(10, 12)), Record.Value(.atLeast(12)), .compatible),
    Case(.countKilled, Record.Value(.range(10, 12)), Record.Value(.atLeast(13)), .conflicting),
    Case(.countKilled, Record.Value(.range(10, 12)), Record.Value(.atMost(9)), .conflicting),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true), .number(10), .compatible
    ),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true), .number(11), .compatible
    ),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true), .number(12),
      .conflicting),
    Case(
      .countKilled, Record.Value(.exact(.number(100)), isApproximate: true), .number(110),
      .compatible),
    Case(
      .countKilled, Record.Value(.exact(.number(100)), isApproximate: true), .number(111),
      .conflicting),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true),
      Record.Value(.exact(.number(12)), isApproximate: true), .compatible),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true),
      Record.Value(.exact(.number(13)), isApproximate: true), .conflicting),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true),
      Record.Value(.exact(.number(10)), isApproximate: true), .same),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true),
      Record.Value(.atLeast(11)), .compatible),
    Case(
      .countKilled, Record.Value(.exact(.number(10)), isApproximate: true),
      Record.Value(.atLeast(12)), .conflicting),
    Case(.countKilled, Record.Value(.oneOf([.number(9), .number(12)])), .number(9), .compatible),
    Case(.countKilled, Record.Value(.oneOf([.number(9), .number(12)])), .number(10), .conflicting),
    Case(
      .countKilled, Record.Value(.oneOf([.number(9), .number(12)])),
      Record.Value(.oneOf([.number(12), .number(13)])), .compatible),
    Case(
      .countKilled, Record.Value(.oneOf([.number(9), .number(12)])),
      Record.Value(.oneOf([.number(10), .number(11)])), .conflicting),
    Case(
      .countKilled, Record.Value(.oneOf([.number(9), .number(12)])),
      Record.Value(.oneOf([.number(12), .number(9)])), .same),
    Case(
      .countKilled, Record.Value(.oneOf([.number(9), .number(12)])), Record.Value(.range(10, 11)),
      .conflicting),
    Case(
      .countKilled, Record.Value(.oneOf([.number(9), .number(12)])), Record.Value(.atLeast(12)),
      .compatible),
    Case(
      .countKilled, Record.Value(.exact(.number(5000)), scope: "20 minutes"),
      Record.Value(.exact(.number(4000)), scope: "the day"), .incomparable),
    Case(
      .countKilled, Record.Value(.exact(.number(5)), scope: "the day"), .number(5), .incomparable),
    Case(
      .countKilled, Record.Value(.exact(.number(5)), scope: "the day"),
      Record.Value(.exact(.number(5)), scope: "the day"), .same),
    Case(.countKilled, .number(11, unit: "people"), .number(11, unit: "rockets"), .incomparable),
    Case(.countKilled, .number(11, unit: "people"), .number(11), .compatible),
    Case(.countKilled, .number(11, unit: "people"), .number(12), .conflicting),
    Case(.countKilled, Record.Value(.spoken, words: "many"), .number(11), .compatible),
    Case(
      .countKilled, Record.Value(.spoken, words: "many"), Record.Value(.spoken, words: "many"),
      .same),
    Case(
      .countKilled, Record.Value(.spoken, words: "many"), Record.Value(.spoken, words: "few"),
      .compatible),
    Case(.warningTimeGiven, .number(1, unit: "min"), .number(60, unit: "s"), .compatible),
    Case(.warningTimeGiven, .number(1, unit: "min"), .number(30, unit: "s"), .conflicting),
    Case(
      .warningTimeGiven, Record.Value(.atMost(5), unit: "s"),
      Record.Value(.spoken, words: "no time to cover my head"), .compatible),
    Case(.sirenCause, .term("launch"), .term("launch"), .same),
    Case(.sirenCause, .term("launch"), .term("debris"), .conflicting),
    Case(
      .sirenCause, Record.Value(.oneOf([.term("launch"), .term("debris")])), .term("debris"),
      .compatible),
    Case(
      .sirenCause, Record.Value(.oneOf([.term("launch"), .term("debris")])), .term("no-fire"),
      .conflicting),
    Case(
      .sirenCause, Record.Value(.oneOf([.term("launch"), .term("debris")])),
      Record.Value(.oneOf([.term("debris"), .term("launch")])), .same),
    Case(.sirenCause, Record.Value(.unknown), .term("launch"), .compatible),
    Case(.impactPlace, place(["Golan"]), place(["Majdal Shams"], within: ["Golan"]), .compatible),
    Case(.impactPlace, place(["Haifa"]), place(["Majdal Shams"], within: ["Golan"]), .conflicting),
    Case(.impactPlace, place(["Zikim"]), place(["Zikim"]), .same),
    Case(
      .impactPlace, place(["a field"], zones: ["zikim"]), place(["Zikim"], zones: ["zikim"]),
      .compatible),
    Case(.sirenPlaces, place(["Haifa"]), place(["Zikim"]), .compatible),
    Case(
      .warningTime, span("2021-07-14T22:00:00Z", "2021-07-14T22:15:00Z"),
      span("2021-07-14T23:09:00Z"), .conflicting),
    Case(
      .warningTime, span("2021-07-14T22:00:00Z", "2021-07-14T22:15:00Z"),
      span("2021-07-14T22:10:00Z"), .compatible),
    Case(.warningTime, span("2021-07-14T22:00:00Z"), span("2021-07-14T22:00:00Z"), .same),
    Case(
      .warningTime, Record.Value(.interval(.unknown)), span("2021-07-14T22:00:00Z"), .compatible),
    Case(
      .operationView, Record.Value(.spoken, words: "perfect"),
      Record.Value(.spoken, words: "a failure"), .compatible),
  ]

  @Test(arguments: cases.indices)
  func `holds for every case of the table, in both directions`(index: Int) {
    let row = Self.cases[index]
    let rule = row.attribute.rule
    #expect(Comparison.relation(row.left, row.right, by: rule) == row.relation, "\(row)")
    #expect(Comparison.relation(row.right, row.left, by: rule) == row.relation, "\(row)")
  }

  @Test func `has a table of at least sixty cases`() { #expect(Self.cases.count >= 60) }

  static let evening = Record.When(
    from: Timestamp("2024-07-27T18:30:00Z"), precision: .minute)
  static let morning = Record.When(
    from: Timestamp("2024-07-28T08:00:00Z"), precision: .minute)

  @Test(arguments: [
    (evening, evening, Relation.conflicting), (evening, morning, .compatible),
    (evening, .unknown, .conflicting), (.unknown, .unknown, .conflicting),
  ])
  func `of two counts conflicts only for the same time`(
    first: Record.When, second: Record.When, relation: Relation
  ) {
    let eleven = Record.Statement.sample(.countKilled, .number(11), validAt: first)
    let twelve = Record.Statement.sample(.countKilled, .number(12), validAt: second)
    #expect(Comparison.relation(eleven, twelve) == relation)
    #expect(Comparison.relation(twelve, eleven) == relation)
  }

  @Test(arguments: [
    (Record.Stance.denies, Record.Value.term("burst"), Relation.conflicting),
    (.denies, .term("impact"), .compatible), (.cannotConfirm, .term("burst"), .compatible),
    (.declines, .term("burst"), .compatible), (.asserts, .term("burst"), .same),
  ])
  func `of a denial conflicts with what lies wholly within it, and doubt with nothing`(
    stance: Record.Stance, value: Record.Value, relation: Relation
  ) {
    let said = Record.Statement.sample(.end, .term("burst"))
    let other = Record.Statement.sample(.end, value, by: "Y", stance: stance)
    #expect(Comparison.relation(said, other) == relation)
    #expect(Comparison.relation(other, said) == relation)
  }
}
