import Testing
import TocsinClient
import TocsinModel

private let noon = Timestamp(seconds: 1_700_000_000)

private func notice(
  _ kind: Notice.Kind, _ warning: String, _ zones: [String], stage: Stage = .shelter,
  mode: Mode = .actual, at seconds: Int = 0, stillUnder: [String]? = nil
) -> PublicUpdate {
  let rows = zones.map {
    Notice.Row(
      zone: $0, seconds: 15, shelterSeconds: 15, expected: nil, expires: noon + .seconds(600),
      probability: nil, stillUnder: stillUnder)
  }
  let notice = Notice(
    kind: kind, warning: warning, hazard: "rockets", stage: stage, issued: noon + .seconds(seconds),
    rows: rows, texts: "Take shelter now.")
  let delivery = Delivery.Message(notice, mode: mode)
  return .notice(PublicNotice(delivery, hazardName: "Rockets", now: noon, rate: 1))
}

private func picture(
  _ rows: [(zone: String, stage: Stage)], at seconds: Int, blind: String? = nil
) -> PublicUpdate {
  let zones = rows.map { row in
    var state = ZoneWarning(stage: row.stage, issued: noon, expires: noon + .seconds(600))
    if row.stage == .ended { state.ended = noon }
    return PublicPicture.ZoneState(row.zone, state, of: .forTests)
  }
  let health = blind.map {
    [PublicPicture.DistrictHealth(district: Texts($0), state: .blind, since: noon)]
  }
  return .picture(
    PublicPicture(
      asOf: noon + .seconds(seconds), entry: 1, mode: .actual, title: "Test", timeZone: "UTC",
      recorded: true, zones: zones, warnings: [], health: health ?? [], timeline: []))
}

extension Warning {
  fileprivate static let forTests = Warning(
    id: "W1", mode: .actual, hazard: "rockets", cause: .operatorOrder("dana"), issued: noon)
}

@Suite struct `A board of places` {
  @Test func `tells a place's stages once each, from notices and pictures alike`() {
    var board = Board(zones: ["a"])
    #expect(board.take(notice(.warning, "W1", ["a", "b"])).map(\.zone) == ["a"])
    #expect(board.take(notice(.renewal, "W1", ["a"], at: 5)).isEmpty)
    #expect(board.take(picture([("a", .shelter), ("b", .shelter)], at: 6)).isEmpty)
    let ended = board.take(notice(.allClear, "W1", ["a", "b"], at: 9))
    #expect(ended.map(\.stage) == [.ended] && ended.first?.before == .shelter)
    #expect(board.active.isEmpty)
  }

  @Test func `ends what a later picture no longer shows, and not what is newer than the picture`() {
    var board = Board()
    _ = board.take(notice(.warning, "W1", ["a"], at: 10))
    #expect(board.take(picture([], at: 9)).isEmpty)
    #expect(board.take(picture([("a", .ended)], at: 9)).isEmpty)
    #expect(board.take(picture([], at: 11)).map(\.stage) == [.ended])
  }

  @Test func `keeps danger while another warning holds the place`() {
    var board = Board()
    _ = board.take(notice(.warning, "W1", ["a"]))
    _ = board.take(notice(.warning, "W2", ["a"], at: 1))
    #expect(board.take(notice(.allClear, "W2", ["a"], at: 2, stillUnder: ["W1"])).isEmpty)
    #expect(board.active.map(\.stage) == [.shelter])
  }

  @Test func `goes up at once and never down by another warning's early word`() {
    var board = Board()
    #expect(board.take(notice(.warning, "W1", ["a"], stage: .early)).map(\.stage) == [.early])
    #expect(board.take(notice(.extension, "W1", ["a"], at: 1)).map(\.stage) == [.shelter])
    #expect(board.take(notice(.warning, "W2", ["a"], stage: .early, at: 2)).isEmpty)
    #expect(board.active.map(\.stage) == [.shelter])
  }

  @Test func `keeps an exercise apart from real danger`() {
    var board = Board()
    _ = board.take(notice(.warning, "W1", ["a"]))
    #expect(board.take(notice(.warning, "W2", ["a"], mode: .exercise)).map(\.mode) == [.exercise])
    _ = board.take(notice(.allClear, "W2", ["a"], mode: .exercise, at: 3))
    #expect(board.active.map(\.mode) == [.actual])
  }
}
