import TocsinModel
import TocsinRecord

/// What the fixtures must come to. A list of broken promises instead of `#expect`, so that mutants of the
/// computation can be held against it too.
struct Expectation: Sendable {
  var fixture: Fixture
  var attribute: Record.Attribute
  var status: Finding.Status
  var positions: Int
  var holders: Int

  static let all: [Expectation] = [
    .init(fixture: .A, attribute: .firedBy, status: .disputed, positions: 2, holders: 2),
    .init(fixture: .A, attribute: .countKilled, status: .compatible, positions: 1, holders: 1),
    .init(fixture: .A, attribute: .warningTimeGiven, status: .compatible, positions: 2, holders: 2),
    .init(fixture: .A, attribute: .sirenSounded, status: .singleSource, positions: 1, holders: 1),
    .init(fixture: .A, attribute: .weaponKind, status: .disputed, positions: 3, holders: 4),
    .init(fixture: .A, attribute: .countInjured, status: .disputed, positions: 4, holders: 4),
    .init(fixture: .B, attribute: .sirenCause, status: .disputed, positions: 2, holders: 2),
    .init(fixture: .C, attribute: .falseAlertFirst, status: .changed, positions: 2, holders: 2),
    .init(fixture: .D, attribute: .countLaunched, status: .incomparable, positions: 2, holders: 2),
    .init(fixture: .E, attribute: .replacesKind, status: .disputed, positions: 2, holders: 2),
    .init(fixture: .F, attribute: .sirenCause, status: .changed, positions: 1, holders: 1),
    .init(fixture: .G, attribute: .cause, status: .disputed, positions: 2, holders: 2),
    .init(fixture: .H, attribute: .warningTime, status: .disputed, positions: 2, holders: 2),
    .init(fixture: .I, attribute: .sirenCause, status: .disputed, positions: 4, holders: 5),
  ]

  /// What of it does not hold.
  static func broken(by mutate: (Finding, [Recorded]) -> Finding = { finding, _ in finding }) throws
    -> [String]
  {
    var broken: [String] = []
    for expected in all {
      let dossier = try Scene(fixture: expected.fixture.rawValue)
        .dossier(expected.fixture.incident)
      guard let found = dossier.finding(expected.attribute) else {
        broken.append("\(expected.fixture) has nothing on \(expected.attribute.rawValue)")
        continue
      }
      let finding = mutate(found, dossier.statements)
      let name = "\(expected.fixture) \(expected.attribute.rawValue)"
      if finding.status != expected.status { broken.append("\(name): \(finding.status.rawValue)") }
      if finding.positions.count != expected.positions {
        broken.append("\(name): \(finding.positions.count) positions")
      }
      let holders = finding.positions.reduce(0) { $0 + $1.holders.count }
      if holders != expected.holders { broken.append("\(name): \(holders) holders") }
    }
    return broken
  }
}
