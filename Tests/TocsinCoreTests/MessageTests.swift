import Testing
import TocsinCore
import TocsinModel

extension Scene {
  /// A message of the feed, whose zones are what it names.
  mutating func send(
    _ id: String, _ stage: Stage = .shelter, _ zones: [String]? = nil, hazard: String = "rockets",
    replacing replaced: [String] = [], sent late: Duration = .zero, gap: String? = nil,
    from source: String = "feed"
  ) -> [Effect] {
    let message = Announcement.Message(
      id: id, replaces: replaced, zones: stage == .ended ? [] : zones ?? [], gap: gap)
    return tell(
      .statement(
        Statement(
          source: source, said: now - late,
          content: .announcement(
            Announcement(
              stage: stage, hazard: hazard, places: [], zones: zones,
              expires: now + .seconds(600), message: message)))))
  }

  /// The zones that are warned now.
  var warned: [String: Stage] {
    let live = picture.zones.filter { $0.stage != .ended }
    return Dictionary(live.map { ($0.zone, $0.stage) }, uniquingKeysWith: max)
  }
}

@Suite struct `A message` {
  @Test func `goes on with what it replaces and ends what it does not say again`() {
    var scene = Scene()
    let first = scene.send("1", .early, ["town-0", "town-1"]).notices
    let second = scene.send("2", .shelter, ["town-0"], replacing: ["1"]).notices
    #expect(second.map(\.kind) == [.allClear, .extension])
    #expect(Set((first + second).map(\.warning)).count == 1)
    #expect(scene.warned == ["town-0": .shelter])
  }

  @Test(arguments: [
    ([], "it names a place that we cannot find"),
    (["town-1"], "it names a place that we cannot find"),
    (["nowhere"], nil), (["town-1", "nowhere"], nil),
  ])
  func `that says more than we understand ends nothing, and a person is asked`(
    zones: [String], gap: String?
  ) {
    var scene = Scene()
    _ = scene.send("1", .shelter, ["town-0"])
    let effects = scene.send("2", .shelter, zones, replacing: ["1"], gap: gap)
    #expect(effects.refusals.contains(.unknownPlace))
    #expect(!effects.notices.contains { $0.kind == .allClear })
    #expect(scene.warned["town-0"] == .shelter)
    #expect(scene.warned["town-1"] == (zones.contains("town-1") ? .shelter : nil))
    // What comes after it still knows what it is about.
    #expect(scene.send("3", .ended, replacing: ["2"]).notices.map(\.kind).contains(.allClear))
    #expect(scene.warned.isEmpty)
  }

  @Test func `that comes late drops nothing that a newer one warned`() {
    var scene = Scene()
    _ = scene.send("1", .shelter, ["town-0"])
    _ = scene.send("3", .shelter, ["town-0", "town-1"], replacing: ["1"])
    let late = scene.send(
      "2", .shelter, ["town-1"], replacing: ["1"], sent: .seconds(30))
    #expect(late.notices.isEmpty && late.refusals == [.superseded])
    #expect(scene.warned == ["town-0": .shelter, "town-1": .shelter])
  }

  @Test func `of an end that comes late ends nothing that a newer one warned`() {
    var scene = Scene()
    _ = scene.send("1", .shelter, ["town-0"])
    _ = scene.send("3", .shelter, ["town-0"], replacing: ["1"])
    #expect(
      scene.send("2", .ended, replacing: ["1"], sent: .seconds(30)).refusals == [.superseded])
    #expect(scene.warned == ["town-0": .shelter])
  }

  @Test func `that was cancelled before it came does not sound`() {
    var scene = Scene()
    #expect(scene.send("2", .ended, replacing: ["1"]).refusals == [.unknownWarning])
    let late = scene.send("1", .shelter, ["town-0"], sent: .seconds(5))
    #expect(late.notices.isEmpty && late.refusals == [.superseded])
  }

  @Test func `that comes again changes nothing`() {
    var scene = Scene()
    _ = scene.send("1", .shelter, ["town-0"])
    _ = scene.send("2", .ended, replacing: ["1"])
    #expect(scene.send("1", .shelter, ["town-0"]).isEmpty)
    #expect(scene.send("2", .ended, replacing: ["1"]).isEmpty)
    #expect(scene.warned.isEmpty)
  }

  @Test func `is replaced by its own source's only`() {
    var scene = Scene()
    var plan = scene.sequencer.tocsin.plan
    plan.sources.append(Source(id: "other", name: "Other", kind: .feed, hasAuthority: true))
    _ = scene.tell(.plan(plan))
    _ = scene.send("1", .shelter, ["town-0"])
    let foreign = scene.send("2", .ended, replacing: ["1"], from: "other")
    #expect(foreign.refusals == [.unknownWarning])
    #expect(scene.warned == ["town-0": .shelter])
    // Nor does it keep the first one's next message from being heard.
    #expect(scene.send("2", .ended, replacing: ["1"]).notices.count == 1)
  }

  @Test func `of one hazard is not silenced by a newer word on another`() {
    var scene = Scene()
    _ = scene.send("1", .shelter, ["town-0"], hazard: "rockets")
    let flood = scene.send("0", .shelter, ["town-0"], hazard: "flood", sent: .seconds(20))
    #expect(flood.notices.map(\.hazard) == ["flood"])
  }

  @Test func `of a danger dated ahead sounds, and silences nobody who speaks after it`() {
    var scene = Scene()
    let ahead = scene.announce(.shelter, ["town-0"], said: scene.now + .seconds(1800))
    #expect(ahead.notices.count == 1 && ahead.refusals == [.future])
    #expect(scene.announce(.ended, ["town-0"]).notices.map(\.kind) == [.allClear])
    let tomorrow = scene.announce(.shelter, ["town-0"], said: scene.now + .seconds(86_400))
    #expect(tomorrow.notices.isEmpty && tomorrow.refusals == [.future])
  }

  @Test func `of an end dated ahead ends nothing`() {
    var scene = Scene()
    _ = scene.announce(.shelter, ["town-0"])
    #expect(
      scene.announce(.ended, ["town-0"], said: scene.now + .seconds(1800)).refusals == [.future])
    #expect(scene.warned == ["town-0": .shelter])
  }
}
