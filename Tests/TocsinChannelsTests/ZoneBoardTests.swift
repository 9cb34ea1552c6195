import Testing
import TocsinChannels
import TocsinModel

private let now = Timestamp(seconds: 1_700_000_000)

private func notice(
  _ kind: Notice.Kind = .warning, _ stage: Stage = .shelter, warning: String = "W1"
) -> Notice {
  Notice(
    kind: kind, warning: warning, hazard: "rockets", stage: kind == .allClear ? .ended : stage,
    issued: now,
    rows: [
      .init(
        zone: "town", seconds: 15, shelterSeconds: 15, expected: nil, expires: now + .seconds(600),
        probability: nil)
    ], texts: ["en": "…"])
}

@Suite struct `A zone's topic` {
  private var board = ZoneBoard(mode: .actual, zones: ["town", "village"])

  private func stage(_ zone: String = "town", after time: Duration = .zero) -> String {
    board.state(of: zone, at: now + time).stage
  }

  @Test mutating func `says that nobody sees until the engine says that somebody does`() {
    #expect(stage() == "cannot-see")
    #expect(board.take([], unseen: ["village"], entry: 1, at: now) == ["town"])
    #expect(stage() == "none" && stage("village") == "cannot-see")
  }

  @Test mutating func `says a warning at once, its end, and after ten minutes nothing`() {
    board.take(notice(), entry: 2)
    #expect(stage() == "shelter" && stage("village") == "cannot-see")
    board.take(notice(.allClear), entry: 3)
    #expect(stage() == "ended" && stage(after: .seconds(599)) == "ended")
    #expect(stage(after: .seconds(601)) == "cannot-see")
  }

  @Test mutating func `says no warning longer than it lasts`() {
    board.take(notice(), entry: 2)
    #expect(stage(after: .seconds(599)) == "shelter")
    #expect(stage(after: .seconds(600)) == "cannot-see")
    #expect(board.state(of: "town", at: now).expires == now + .seconds(600))
  }

  @Test mutating func `says the strongest of two warnings, and the other when one ends`() {
    board.take(notice(.warning, .early, warning: "W1"), entry: 1)
    board.take(notice(.warning, .shelter, warning: "W2"), entry: 2)
    #expect(stage() == "shelter")
    board.take(notice(.allClear, warning: "W2"), entry: 3)
    #expect(stage() == "early" && board.state(of: "town", at: now).warning == "W1")
  }

  @Test mutating func `takes no view that is older than a notice, and no notice older than a view`()
  {
    board.take(notice(), entry: 5)
    #expect(board.take([], unseen: [], entry: 4, at: now).isEmpty)
    #expect(stage() == "shelter")
    #expect(board.take([], unseen: [], entry: 6, at: now) == ["town", "village"])
    board.take(notice(), entry: 5)
    #expect(stage() == "none")
  }

  @Test func `is one level whatever the zone's id is`() {
    let topics = MQTTTopics(prefix: "a/b")
    #expect(topics.state(of: "זיקים") == "a/b/zone/זיקים/state")
    #expect(topics.state(of: "x/y +#%") == "a/b/zone/x%2fy%20%2b%23%25/state")
    #expect(topics.siren(in: "a/b/siren/school/receipt") == "school")
    #expect(topics.siren(in: "a/siren/school/receipt") == nil)
  }

  @Test func `has an identifier of its own in Home Assistant`() {
    let ids = ["tocsin_a b", "tocsin_a_b", "tocsin_a/b", "tocsin_אב", "tocsin_גד", "tocsin_a-b"]
      .map(MQTTTopics.identifier)
    #expect(Set(ids).count == ids.count)
    #expect(
      ids.allSatisfy {
        $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
      })
  }
}
