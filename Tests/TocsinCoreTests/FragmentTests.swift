import Testing
import TocsinCore
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// A body that would come down in open ground, and a town below the place where it breaks.
@Suite struct `Pieces of a broken body` {
  static let start = Timestamp(seconds: 1_700_000_000)
  static let radar = Radar(
    id: "R", position: Position(latitude: 31.6, longitude: 34.6), height: 50,
    sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06))

  static func flight(_ burst: Duration?) -> Flight {
    Flight(
      start: .init(
        time: start,
        position: Plane(around: radar.position).position(at: Offset(east: 9_000, north: 8_000)),
        height: 1_500, velocity: .init(east: -220, north: -160, up: 180)),
      body: Body(ballisticCoefficient: 8_500), burst: burst, groundHeight: 50)
  }

  static func plots(_ flight: Flight) -> [Plot] {
    var generator = SeededGenerator(seed: 20_260_801)
    let path = Path(of: flight)
    return RadarSimulator(
      radar: radar, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
      interval: .milliseconds(100), detection: 0.95, mask: 1
    ).plots(of: [path], from: start, to: path.last.time, using: &generator)
  }

  /// Where light pieces come down: some way on from the place of the break, far short of the impact.
  static func sequencer() throws -> Sequencer {
    let breaks = try #require(Path(of: flight(nil)).state(at: start + .seconds(14)))
    let below = Plane(around: breaks.position).position(at: Offset(east: -500, north: -360))
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var plan = Plan(
      zones: [
        Scene.zone("town", below),
        Scene.zone("far", Position(latitude: 32.5, longitude: 35)),
      ], radars: [radar], groundHeight: 50)
    plan.outlets = [Outlet.pages]
    _ = sequencer.receive(.plan(plan), at: start)
    return sequencer
  }

  @Test func `warn the zones they fall on, until the last of them is down`() throws {
    var sequencer = try Self.sequencer()
    var notices: [Notice] = []
    for plot in Self.plots(Self.flight(.seconds(14))) {
      notices += sequencer.receive(.plots([plot]), at: plot.measured).flatMap(\.effects).notices
    }
    #expect(notices.isEmpty)
    notices = sequencer.advance(to: Self.start + .seconds(30)).flatMap(\.effects).notices
    #expect(notices.map { $0.rows.map(\.zone) } == [["town"]])
    let warning = try #require(sequencer.tocsin.warnings.values.first)
    let expires = try #require(warning.zones["town"]?.expires)
    // Ten minutes after the last piece, which takes minutes itself.
    #expect(expires > Self.start + .seconds(14 + 90 + 600))
    let after = sequencer.advance(to: expires + .seconds(1)).flatMap(\.effects).notices
    #expect(after.map(\.kind) == [.allClear])
  }

  @Test func `are warned of when others report an interception, and it is followed on`() throws {
    var sequencer = try Self.sequencer()
    let plots = Self.plots(Self.flight(nil))
    let report = Self.start + .seconds(14)
    for plot in plots where plot.measured < report {
      _ = sequencer.receive(.plots([plot]), at: plot.measured)
    }
    let command = Command(person: "dana", order: .intercepted(track: "1"))
    let sentence = try sequencer.tocsin.readBack(command).sentence
    #expect(sentence.contains("the pieces of track 1"))
    let notices = sequencer.receive(.command(command), at: report).flatMap(\.effects).notices
    #expect(notices.map { $0.rows.map(\.zone) } == [["town"]])
    for plot in plots where plot.measured >= report {
      _ = sequencer.receive(.plots([plot]), at: plot.measured)
    }
    #expect(sequencer.tocsin.tracker.tracks.map(\.id) == ["1"])
  }

  /// More towns than one radar may warn at once: a person's report and a burst are enough.
  @Test(arguments: [true, false])
  func `are warned of in every town at once, however many`(isReported: Bool) throws {
    var sequencer = try Self.sequencer()
    var plan = sequencer.tocsin.plan
    let town = try #require(plan.zones.first)
    let plane = Plane(around: town.label)
    plan.zones += (1...3).map {
      Scene.zone("near-\($0)", plane.position(at: Offset(east: 40 * Double($0), north: 0)))
    }
    plan.policy.wide = 1
    _ = sequencer.receive(.plan(plan), at: Self.start)
    let report = Self.start + .seconds(14)
    for plot in Self.plots(Self.flight(.seconds(14))) where plot.measured < report {
      _ = sequencer.receive(.plots([plot]), at: plot.measured)
    }
    var effects: [Effect] = []
    if isReported {
      let command = Command(person: "dana", order: .intercepted(track: "1"))
      effects = sequencer.receive(.command(command), at: report).flatMap(\.effects)
    } else {
      effects = sequencer.advance(to: report + .seconds(16)).flatMap(\.effects)
    }
    let told = Set(effects.notices.flatMap { $0.rows.map(\.zone) })
    #expect(told == ["town", "near-1", "near-2", "near-3"])
    #expect(!effects.refusals.contains(.held))
  }

  /// A piece may fall there, less likely than not: the body's threshold is not that of its pieces.
  @Test func `warn nobody where they less likely fall than not, as it was read back`() throws {
    var sequencer = try Self.sequencer()
    let breaks = try #require(Path(of: Self.flight(nil)).state(at: Self.start + .seconds(14)))
    var plan = sequencer.tocsin.plan
    plan.zones = (0..<12).map {
      Scene.zone(
        "z\($0)",
        Plane(around: breaks.position).position(
          at: Offset(east: -300 * Double($0), north: -220 * Double($0) + 900)))
    }
    _ = sequencer.receive(.plan(plan), at: Self.start)
    let report = Self.start + .seconds(14)
    for plot in Self.plots(Self.flight(nil)) where plot.measured < report {
      _ = sequencer.receive(.plots([plot]), at: plot.measured)
    }
    let command = Command(person: "dana", order: .intercepted(track: "1"))
    let before = Set(sequencer.tocsin.warnings.values.flatMap(\.zones.keys))
    let read = Set(try sequencer.tocsin.readBack(command).zones)
    _ = sequencer.receive(.command(command), at: report)
    let after = Set(sequencer.tocsin.warnings.values.flatMap(\.zones.keys))
    #expect(after == before.union(read))
    let track = try #require(sequencer.tocsin.situation(at: report).tracks.first)
    #expect(track.fragments?.count == 5)
    #expect(track.probabilities.contains { $0.probability > 0.02 && !after.contains($0.zone) })
  }

  @Test func `are read back with what is new, what is warned already, and a second report as one`()
    throws
  {
    var sequencer = try Self.sequencer()
    let report = Self.start + .seconds(14)
    for plot in Self.plots(Self.flight(nil)) where plot.measured < report {
      _ = sequencer.receive(.plots([plot]), at: plot.measured)
    }
    let command = Command(person: "dana", order: .intercepted(track: "1"))
    let first = try sequencer.tocsin.readBack(command)
    #expect(first.sentence.contains("1 zone (town)") && first.zones == ["town"])
    #expect(!first.sentence.contains("already") && !first.sentence.contains("before"))
    _ = sequencer.receive(.command(command), at: report)
    let second = try sequencer.tocsin.readBack(command)
    #expect(
      second.sentence
        == "ACTUAL: warn of the pieces of track 1, Rocket fire: no zone is warned now. Warned already, and "
        + "until the pieces are down: 1 zone (town). An interception of this track was reported before."
    )
    #expect(second.zones == [])
    #expect(
      sequencer.receive(.command(command), at: report).flatMap(\.effects).notices.isEmpty)
  }

  @Test func `of a track that is down are refused, and it is not among those still up`() throws {
    var sequencer = try Self.sequencer()
    let plots = Self.plots(Self.flight(nil))
    for plot in plots { _ = sequencer.receive(.plots([plot]), at: plot.measured) }
    let command = Command(person: "dana", order: .intercepted(track: "1"))
    #expect(throws: Never.self) { try sequencer.tocsin.readBack(command) }
    _ = sequencer.advance(to: Path(of: Self.flight(nil)).last.time + .seconds(61))
    let refused = #expect(throws: Refusal.self) { try sequencer.tocsin.readBack(command) }
    #expect(refused?.text.contains("Still up: none.") == true)
  }

  @Test func `of a track that nobody sees are refused with what to do instead`() throws {
    var sequencer = try Self.sequencer()
    let command = Command(person: "dana", order: .intercepted(track: "7"))
    let effects = sequencer.receive(.command(command), at: Self.start).flatMap(\.effects)
    #expect(effects.refusals == [.unknownTrack])
    #expect(effects.notices.isEmpty)
  }

  @Test func `are never warned of in an exercise, whose warnings would be actual`() throws {
    var sequencer = try Self.sequencer()
    let report = Self.start + .seconds(14)
    for plot in Self.plots(Self.flight(nil)) where plot.measured < report {
      _ = sequencer.receive(.plots([plot]), at: plot.measured)
    }
    let command = Command(person: "dana", order: .intercepted(track: "1"), isExercise: true)
    let effects = sequencer.receive(.command(command), at: report).flatMap(\.effects)
    #expect(effects.refusals == [.unknownTrack])
    #expect(effects.notices.isEmpty)
  }
}

@Suite struct `Radars as witnesses` {
  /// A body over forty small zones, seen by two radars.
  static func held(
    _ second: Radar, beside first: Radar = `Pieces of a broken body`.radar, sources: [Source] = []
  ) -> Int {
    let path = Path(of: `Pieces of a broken body`.flight(nil))
    let plane = Plane(around: path.last.position)
    let zones = (0..<40).map { index in
      Scene.zone(
        "z\(index)",
        plane.position(
          at: Offset(east: 10 * Double(index % 8) - 40, north: 10 * Double(index / 8) - 25)))
    }
    var plan = Plan(zones: zones, radars: [first, second], sources: sources, groundHeight: 50)
    plan.outlets = [Outlet.pages]
    var sequencer = Sequencer(Tocsin(mode: .actual))
    _ = sequencer.receive(.plan(plan), at: path.start)
    var generator = SeededGenerator(seed: 20_260_803)
    let plots = [first, second].flatMap { radar in
      RadarSimulator(
        radar: radar, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
        interval: .milliseconds(200), mask: 1
      ).plots(of: [path], from: path.start, to: path.last.time, using: &generator)
    }.sorted { $0.measured < $1.measured }
    return plots.flatMap {
      sequencer.receive(.plots([$0]), at: $0.measured).flatMap(\.effects).refusals
    }.count { $0 == .held }
  }

  static func radar(east: Double, shares: [String] = []) -> Radar {
    Radar(
      id: "S",
      position: Plane(around: `Pieces of a broken body`.radar.position)
        .position(at: Offset(east: east, north: 0)), height: 50,
      sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06), shares: shares)
  }

  @Test func `are two when nothing ties them, and a wide warning waits for nobody`() {
    #expect(Self.held(Self.radar(east: 5_000)) == 0)
  }

  @Test func `are one on one site`() {
    #expect(Self.held(Self.radar(east: 20)) > 0)
  }

  @Test func `are one with a stated link in common`() {
    var first = `Pieces of a broken body`.radar
    first.shares = ["mast 3"]
    #expect(Self.held(Self.radar(east: 5_000, shares: ["mast 3"]), beside: first) > 0)
    #expect(Self.held(Self.radar(east: 5_000, shares: ["mast 4"]), beside: first) == 0)
  }

  @Test func `are one over one source`() {
    let source = Source(id: "link", name: "Link", kind: .radar, radars: ["R", "S"])
    #expect(Self.held(Self.radar(east: 5_000), sources: [source]) > 0)
  }
}
