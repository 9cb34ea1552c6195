import Testing
import TocsinChannels
import TocsinModel

@Suite struct `A siren's pattern` {
  @Test func `is on and off by its steps and off after the last`() throws {
    let pattern = try #require(SirenPattern("on 5 s, off 500 ms, on 1 min"))
    let states = [0, 4_999, 5_000, 5_499, 5_500, 65_499, 65_500].map {
      pattern.state(after: .milliseconds($0)).isOn
    }
    #expect(states == [true, true, false, false, true, true, false])
    #expect(pattern.state(after: .seconds(70)).until == nil)
  }

  @Test(arguments: [
    "", "on", "on 5", "5 s", "off 5 s, on 5 s", "on 0 s", "on -1 s", "on 301 s", "on 5 s; off 1 s",
    "on 200 s, off 101 s",
  ])
  func `that is none, is silent first or lasts too long is refused`(text: String) {
    #expect(SirenPattern(text) == nil)
  }
}

private struct Scene {
  static let start = ContinuousClock.now
  static let patterns: [Stage: SirenPattern] = [
    .shelter: SirenPattern("on 10 s")!, .ended: SirenPattern("on 3 s")!,
    .early: SirenPattern("on 1 s")!,
  ]

  static func play(
    _ warning: String, _ stage: Stage = .shelter, zones: Set<String> = ["a"], at second: Int = 0
  ) -> SirenPlayer.Play {
    SirenPlayer.Play(
      warning: warning, stage: stage, zones: zones, pattern: patterns[stage]!,
      began: start + .seconds(second))
  }

  static func order(
    _ kind: Notice.Kind, _ stage: Stage, _ rows: [(String, [String]?)],
    patterns: [Stage: SirenPattern] = Scene.patterns
  ) -> SirenOrder {
    let now = Timestamp(nanoseconds: 0)
    let notice = Notice(
      kind: kind, warning: "W1", hazard: "rockets", stage: stage, issued: now,
      rows: rows.map { zone, others in
        Notice.Row(
          zone: zone, seconds: nil, shelterSeconds: nil, expected: nil, expires: now,
          probability: nil, stillUnder: others)
      }, texts: Texts(""))
    return SirenOrder(notice, zones: ["a", "b"], patterns: patterns)
  }
}

@Suite struct `A siren` {
  @Test func `is off once its pattern is over, and forgets it`() {
    var player = SirenPlayer()
    player.begin(Scene.play("W1"))
    #expect(player.state(at: Scene.start + .seconds(9)).isOn)
    #expect(!player.state(at: Scene.start + .seconds(10)).isOn)
    #expect(player.play == nil)
  }

  @Test func `begins anew for a further warning`() {
    var player = SirenPlayer()
    player.begin(Scene.play("W1"))
    player.begin(Scene.play("W2", at: 8))
    #expect(player.state(at: Scene.start + .seconds(17)).isOn)
  }

  @Test func `does not turn to 'be ready' while it says 'take shelter'`() {
    var player = SirenPlayer()
    player.begin(Scene.play("W1"))
    player.begin(Scene.play("W2", .early))
    #expect(player.state(at: Scene.start + .seconds(9)).isOn)
  }

  @Test func `is ended by its own warning's end in all its zones and by nothing else`() {
    var player = SirenPlayer()
    player.begin(Scene.play("W1", zones: ["a", "b"]))
    player.end("W2", zones: ["a", "b"])
    player.end("W1", zones: ["a"])
    #expect(player.play != nil)
    player.end("W1", zones: ["a", "b", "c"])
    #expect(player.play == nil)
  }
}

@Suite struct `What a siren is told` {
  @Test(arguments: [Notice.Kind.warning, .extension, .renewal])
  func `of a danger in its zones sounds, for those`(kind: Notice.Kind) {
    #expect(
      Scene.order(kind, .shelter, [("a", nil), ("z", nil)])
        == .sound(SirenPattern("on 10 s")!, zones: ["a"]))
  }

  @Test func `of other zones, or of a stage without a pattern, is nothing`() {
    #expect(Scene.order(.warning, .shelter, [("z", nil)]) == .nothing)
    #expect(
      Scene.order(.warning, .early, [("a", nil)], patterns: [.shelter: .oneMinute]) == .nothing)
  }

  @Test func `of an all-clear sounds only if every zone of it is free`() {
    #expect(
      Scene.order(.allClear, .ended, [("a", nil), ("b", nil)])
        == .sound(SirenPattern("on 3 s")!, zones: ["a", "b"]))
    #expect(Scene.order(.allClear, .ended, [("a", nil)]) == .stop(zones: ["a"]))
    #expect(Scene.order(.allClear, .ended, [("a", nil), ("b", ["W2"])]) == .nothing)
    #expect(
      Scene.order(.allClear, .ended, [("a", nil), ("b", nil)], patterns: [.shelter: .oneMinute])
        == .stop(zones: ["a", "b"]))
  }

  @Test func `of a correction stops, whatever the patterns are`() {
    #expect(Scene.order(.correction, .ended, [("a", nil)]) == .stop(zones: ["a"]))
  }
}
