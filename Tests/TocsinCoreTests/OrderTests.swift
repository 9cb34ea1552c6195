import Testing
import TocsinCore
import TocsinModel

/// Two towns and a Tocsin that knows them.
struct Scene {
  var sequencer: Sequencer
  var now = Timestamp(seconds: 1_700_000_000)

  init(mode: Mode = .actual, zones: Int = 2, feed: Bool = true) {
    let zones = (0..<zones).map {
      Self.zone("town-\($0)", Position(latitude: 31 + Double($0) * 0.1, longitude: 34))
    }
    let source = Source(
      id: "feed", name: "Feed", kind: .feed, hasAuthority: feed, heartbeat: .seconds(2))
    sequencer = Sequencer(Tocsin(mode: mode))
    _ = sequencer.receive(.plan(Plan(zones: zones, sources: [source])), at: now)
  }

  static func zone(_ id: String, _ place: Position) -> Zone {
    let plane = Plane(around: place)
    let ring = [(-500.0, -500.0), (500, -500), (500, 500), (-500, 500)].map {
      plane.position(at: Offset(east: $0.0, north: $0.1))
    }
    return Zone(
      id: id, name: Texts(id), district: "Coast", area: Area(ring: ring), label: place,
      shelterSeconds: 15)
  }

  mutating func tell(_ content: Event.Content) -> [Effect] {
    sequencer.receive(content, at: now).flatMap(\.effects)
  }

  mutating func order(_ order: Order, by person: String = "dana", exercise: Bool = false)
    -> [Effect]
  {
    tell(.command(Command(person: person, order: order, isExercise: exercise)))
  }

  mutating func announce(_ stage: Stage, _ places: [String], said: Timestamp? = nil) -> [Effect] {
    let announcement = Announcement(stage: stage, hazard: "rockets", places: places)
    return tell(
      .statement(Statement(source: "feed", said: said ?? now, content: .announcement(announcement)))
    )
  }

  mutating func wait(_ span: Duration) -> [Effect] {
    now = now + span
    return sequencer.advance(to: now).flatMap(\.effects)
  }

  var picture: PublicPicture { sequencer.tocsin.picture(at: now, recorded: true) }
}

extension [Effect] {
  var notices: [Notice] {
    compactMap { if case .deliver(let delivery) = $0 { delivery.message.notice } else { nil } }
  }
  var refusals: [Refusal.Reason] {
    compactMap { if case .refuse(let refusal) = $0 { refusal.reason } else { nil } }
  }
}

@Suite struct `An order` {
  @Test func `warns exactly the zones it names`() throws {
    var scene = Scene()
    let notices = scene.order(.warn(hazard: "rockets", where: .zones(["town-1"]))).notices
    let notice = try #require(notices.first)
    #expect(notices.count == 1)
    #expect(notice.kind == .warning && notice.rows.map(\.zone) == ["town-1"])
    #expect(notice.texts["he"].contains("מרחב המוגן"))
  }

  @Test(arguments: [
    Order.Place.zones([]), .zones(["nowhere"]), .district("Nowhere"),
    .circle(center: Position(latitude: 0, longitude: 0), radiusMeters: 100),
  ])
  func `for an empty or unknown place is refused and warns nobody`(place: Order.Place) {
    var scene = Scene()
    let effects = scene.order(.warn(hazard: "rockets", where: place))
    #expect(effects.notices.isEmpty)
    #expect(effects.refusals.count == 1)
  }

  @Test func `of correction reaches exactly the zones that were warned`() throws {
    var scene = Scene()
    let id = try #require(
      scene.order(.warn(hazard: "flood", where: .district("Coast"))).notices.first
    ).warning
    let notice = try #require(scene.order(.correct(warning: id)).notices.first)
    #expect(notice.kind == .correction)
    #expect(notice.rows.map(\.zone) == ["town-0", "town-1"])
    #expect(notice.texts["en"].contains("error"))
    #expect(scene.picture.zones.allSatisfy { $0.stage == .ended && $0.corrected })
  }

  @Test func `for a wide warning tells the first zones at once and the rest after a second person`()
  {
    var scene = Scene(zones: 25)
    let first = scene.order(.warn(hazard: "rockets", where: .district("Coast")))
    #expect(first.notices.flatMap(\.rows).count == 20)
    #expect(first.refusals == [.twoPeople])
    let id = first.notices[0].warning
    #expect(scene.order(.confirm(warning: id)).notices.isEmpty)
    let second = scene.order(.confirm(warning: id), by: "omar")
    #expect(second.notices.flatMap(\.rows).count == 5)
  }

  @Test func `for an exercise is an exercise in every delivery, and waits for a second person`() {
    var scene = Scene()
    scene.sequencer = {
      var plan = scene.sequencer.tocsin.plan
      plan.outlets = [.pages, Outlet(id: "siren")]
      var sequencer = Sequencer(Tocsin(mode: .actual))
      _ = sequencer.receive(.plan(plan), at: scene.now)
      return sequencer
    }()
    let effects = scene.order(.warn(hazard: "rockets", where: .district("Coast")), exercise: true)
    #expect(effects.notices.isEmpty)
    let id = scene.sequencer.tocsin.warnings.keys.first ?? ""
    let confirmed = scene.order(.confirm(warning: id), by: "omar")
    for case .deliver(let delivery) in confirmed {
      #expect(delivery.message.mode == .exercise && delivery.outlet == "pages")
    }
    #expect(confirmed.notices.count == 1)
  }

  @Test func `reads back mode, hazard, zones and people`() throws {
    let scene = Scene()
    let command = Command(
      person: "dana", order: .warn(hazard: "rockets", where: .zones(["town-0"])))
    let sentence = try scene.sequencer.tocsin.readBack(command).sentence
    #expect(sentence == "ACTUAL: take shelter, Rocket fire, 1 zone (town-0), people not known.")
  }
}

@Suite struct `A feed` {
  @Test func `warns, renews within minutes, and ends what it warned`() {
    var scene = Scene()
    #expect(scene.announce(.shelter, ["town-0"]).notices.map(\.kind) == [.warning])
    _ = scene.wait(.seconds(60))
    #expect(scene.announce(.shelter, ["town-0"]).notices.map(\.kind) == [.renewal])
    #expect(scene.announce(.shelter, ["town-1"]).notices.map(\.kind) == [.extension])
    let end = scene.announce(.ended, ["town-0", "town-1"]).notices
    #expect(end.map(\.kind) == [.allClear] && end.flatMap(\.rows).count == 2)
  }

  @Test func `without authority is recorded and warns nobody`() {
    var scene = Scene(feed: false)
    #expect(scene.announce(.shelter, ["town-0"]).notices.isEmpty)
    #expect(scene.picture.timeline.count == 1)
  }

  @Test func `that is slow never overwrites a newer state`() {
    var scene = Scene()
    _ = scene.announce(.shelter, ["town-0"])
    let late = scene.announce(.ended, ["town-0"], said: scene.now - .seconds(5))
    #expect(late.notices.isEmpty && late.refusals == [.superseded])
    #expect(scene.picture.zones.first?.stage == .shelter)
  }

  @Test func `that is stale does not sound`() {
    var scene = Scene()
    let effects = scene.announce(.shelter, ["town-0"], said: scene.now - .seconds(3600))
    #expect(effects.notices.isEmpty && effects.refusals == [.stale])
  }

  @Test func `that names an unknown place is told so, and the known places are warned`() {
    var scene = Scene()
    let effects = scene.announce(.shelter, ["town-0", "elsewhere"])
    #expect(effects.notices.flatMap(\.rows).map(\.zone) == ["town-0"])
    #expect(effects.refusals == [.unknownPlace])
  }

  @Test func `that falls silent turns its districts blind, which is not calm`() {
    var scene = Scene()
    #expect(scene.picture.health.map(\.state) == [.covered])
    _ = scene.wait(.seconds(20))
    #expect(scene.picture.health.map(\.state) == [.blind])
    _ = scene.tell(.statement(Statement(source: "feed", said: nil, content: .alive)))
    #expect(scene.picture.health.map(\.state) == [.covered])
  }
}

@Suite struct `A warning` {
  @Test(arguments: [599, 600, 601])
  func `ends when its stay has passed and not a second before`(seconds: Int) {
    var scene = Scene()
    _ = scene.announce(.shelter, ["town-0"])
    let cleared = scene.wait(.seconds(seconds)).notices.map(\.kind)
    #expect(cleared == (seconds < 600 ? [] : [.allClear]))
  }
}

@Suite struct `A plot` {
  @Test func `of an unknown radar, from the past or the future is refused and said`() {
    var scene = Scene()
    var plan = scene.sequencer.tocsin.plan
    plan.radars = [Radar(id: "A", position: Position(latitude: 31, longitude: 34), height: 0)]
    _ = scene.tell(.plan(plan))
    func plot(_ radar: String, _ late: Int, range: Double = 10_000) -> Plot {
      Plot(
        measured: scene.now - .seconds(late), radar: radar, range: range, azimuth: 10, elevation: 5)
    }
    let effects = scene.tell(
      .plots([plot("B", 0), plot("A", 60), plot("A", -60), plot("A", 0, range: .nan), plot("A", 0)])
    )
    #expect(Set(effects.refusals) == [.unknownRadar, .stale, .future, .unreadable])
    #expect(effects.refusals.count == 4)
  }
}

@Suite struct `A zone under two warnings` {
  @Test func `hears no all-clear while one of them goes on`() throws {
    var scene = Scene()
    _ = scene.announce(.shelter, ["town-0", "town-1"])
    let ordered = try #require(
      scene.order(.warn(hazard: "fire", where: .zones(["town-0"]))).notices.first)
    let ends = scene.announce(.ended, ["town-0", "town-1"]).notices
    #expect(ends.map(\.kind) == [.allClear, .allClear])
    #expect(ends[0].rows.map(\.zone) == ["town-1"] && ends[0].rows[0].stillUnder == nil)
    #expect(ends[1].rows.map(\.zone) == ["town-0"])
    #expect(ends[1].rows[0].stillUnder == [ordered.warning])
    #expect(ends[0].texts["en"].contains("you may leave"))
    #expect(!ends[1].texts["en"].contains("you may leave"))
    #expect(scene.picture.zones.first { $0.zone == "town-0" }?.stage == .shelter)
    let last = try #require(scene.order(.clear(warning: ordered.warning)).notices.first)
    #expect(last.rows[0].stillUnder == nil && last.texts["en"].contains("All clear"))
  }

  @Test func `is not freed by the end of an exercise, nor held by one`() throws {
    var scene = Scene()
    _ = scene.order(.warn(hazard: "rockets", where: .zones(["town-0"])), exercise: true)
    let exercise = try #require(
      scene.order(.confirm(warning: "W2"), by: "eli").notices.first?.warning)
    let real = try #require(
      scene.order(.warn(hazard: "rockets", where: .zones(["town-0"]))).notices.first?.warning)
    let over = try #require(scene.order(.clear(warning: exercise)).notices.first)
    #expect(over.rows[0].stillUnder == [real])
    let end = try #require(scene.order(.clear(warning: real)).notices.first)
    #expect(end.rows[0].stillUnder == nil)
  }

  @Test func `stays in shelter when its source calls a lower stage`() throws {
    var scene = Scene()
    _ = scene.announce(.shelter, ["town-0"])
    #expect(scene.announce(.early, ["town-0"]).notices.isEmpty)
    #expect(scene.picture.zones.first?.stage == .shelter)
    #expect(scene.announce(.ended, ["town-0"]).notices.count == 1)
    #expect(scene.announce(.early, ["town-0"]).notices.first?.stage == .early)
  }
}
