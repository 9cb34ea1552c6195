import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// Plots on their way to a tracker that is woken by the same clock they come by.
private struct Mail {
  var arrivals: [(time: Timestamp, plot: Plot)] = []

  /// Each comes later by `seconds` and by a chance of up to `disorder` more.
  mutating func add(
    _ plots: [Plot], late seconds: Double = 0, disorder: Double = 0,
    _ generator: inout SeededGenerator
  ) {
    arrivals += plots.map { plot in
      let way = seconds + disorder * Double.random(in: 0..<1, using: &generator)
      return (plot.measured + .nanoseconds(Int64(way * 1e9)), plot)
    }
    arrivals.sort { $0.time < $1.time }
  }

  /// - Returns: what was told, and when.
  func deliver(to tracker: inout Tracker) -> [(time: Timestamp, update: TrackUpdate)] {
    var told: [(time: Timestamp, update: TrackUpdate)] = []
    for (time, plot) in arrivals {
      while let due = tracker.nextDeadline, due <= time {
        told += tracker.advance(to: due).map { (due, $0) }
      }
      told += tracker.receive([plot], at: time).map { (time, $0) }
    }
    while let due = tracker.nextDeadline { told += tracker.advance(to: due).map { (due, $0) } }
    return told
  }
}

@Suite struct `Plots that come late or out of order` {
  typealias Two = `Several radars`

  static func paths(_ count: Int, _ generator: inout SeededGenerator) -> [Path] {
    (0..<count).map { Two.path(&generator, $0) }
  }

  /// A radar that turns in four seconds, one that looks each second, one that looks ten times a second.
  @Test(arguments: [(4_000, 0.0, 1.3), (1_000, 2.0, 1.3), (1_000, 0.0, 0.5), (100, 2.0, 0.0)])
  func `make one track a body, and its forecast when two or three have come`(
    milliseconds: Int, late: Double, disorder: Double
  ) throws {
    var generator = SeededGenerator(seed: 20_261_201)
    var mail = Mail()
    var third: [Timestamp] = []
    for path in Self.paths(3, &generator) {
      let plots = Two.plots(
        of: path, by: Scene.radar, every: .milliseconds(milliseconds), &generator)
      var own = Mail()
      own.add(plots, late: late, disorder: disorder, &generator)
      third.append(own.arrivals[2].time)
      mail.arrivals += own.arrivals
    }
    mail.arrivals.sort { $0.time < $1.time }
    var tracker = Scene.tracker()
    let told = mail.deliver(to: &tracker)
    #expect(told.map(\.update).numbers == ["1", "2", "3"])
    for (number, due) in zip(["1", "2", "3"], third) {
      let first = try #require(told.first { $0.update.track.id == number })
      #expect(first.time <= due)
    }
  }

  /// The late plots of a body's last seconds come when the other radar has told its end.
  @Test func `start nothing when what they are of has ended`() {
    var generator = SeededGenerator(seed: 20_261_202)
    var mail = Mail()
    for path in Self.paths(3, &generator) {
      mail.add(
        Two.plots(of: path, by: Scene.radar, every: .milliseconds(200), &generator), &generator)
      mail.add(
        Two.plots(of: path, by: Two.east, every: .milliseconds(200), &generator)
          .filter { $0.measured > path.start + .seconds(2) }, late: 3, &generator)
    }
    var tracker = Tracker(radars: [Scene.radar, Two.east], settings: .init(groundHeight: 50))
    #expect(mail.deliver(to: &tracker).map(\.update).numbers.count == 3)
  }

  /// A late plot may make a doubt due at a moment that has passed; a loop that waits for it must not hang.
  @Test func `make nothing due that the next call does not settle`() throws {
    var generator = SeededGenerator(seed: 20_261_203)
    let (one, other) = (
      Two.plots(
        of: Two.path(&generator, 0), by: Scene.radar, every: .milliseconds(200), &generator),
      Two.plots(
        of: Two.path(&generator, 0), by: Scene.radar, every: .milliseconds(200), &generator)
    )
    let (parting, now) = (Scene.start + .seconds(5), Scene.start + .milliseconds(5_900))
    var tracker = Scene.tracker()
    let before = (one + other.filter { $0.measured < parting }).filter { $0.measured < now }
    for plot in before.sorted(by: { $0.measured < $1.measured }) { _ = tracker.receive([plot]) }
    _ = tracker.receive([try #require(other.first { $0.measured > parting })])
    let due = try #require(tracker.nextDeadline)
    try #require(due < Scene.start + .milliseconds(5_750))
    _ = tracker.advance(to: due)
    let next = try #require(tracker.nextDeadline)
    #expect(next > due)
  }
}

@Suite struct `A radar that falls silent` {
  typealias Two = `Several radars`

  /// Six bodies in the air at once.
  private static func salvo(_ generator: inout SeededGenerator) -> [Path] {
    (0..<6).map { index in
      Path(
        of: Flight(
          start: .init(
            time: Scene.start + .milliseconds(700 * index),
            position: Plane(around: Scene.radar.position).position(
              at: Offset(east: 1_500 * Double(index), north: 14_000)),
            height: 1_000,
            velocity: .init(east: 0, north: -230 + 10 * generator.normal(), up: 240)),
          body: Body(ballisticCoefficient: 8_500), groundHeight: 50))
    }
  }

  private static let gone = Scene.start + .seconds(15)

  /// Until it is gone, that radar alone, of so many of the bodies.
  private static func lost(_ count: Int) -> [TrackUpdate] {
    var generator = SeededGenerator(seed: 20_261_204)
    var mail = Mail()
    for path in salvo(&generator).prefix(count) {
      let plots = Two.plots(of: path, by: Scene.radar, every: .milliseconds(200), &generator)
      mail.add(plots.filter { $0.measured < gone }, &generator)
    }
    var tracker = Scene.tracker()
    return mail.deliver(to: &tracker).map(\.update)
  }

  @Test func `while it sees three is not taken for three bursts`() {
    #expect(Self.lost(3).ends.map(\.kind) == [.impact, .impact, .impact])
    // Of one or two nobody can tell.
    #expect(Self.lost(2).ends.map(\.kind) == [.burst, .burst])
  }

  @Test func `is not one that goes on without a body that burst`() {
    var generator = SeededGenerator(seed: 20_261_205)
    var mail = Mail()
    for (index, path) in Self.salvo(&generator).enumerated() {
      let plots = Two.plots(of: path, by: Scene.radar, every: .milliseconds(200), &generator)
      mail.add(plots.filter { index > 0 || $0.measured < Self.gone }, &generator)
    }
    var tracker = Scene.tracker()
    let ends = mail.deliver(to: &tracker).map(\.update).ends
    #expect(ends.count { $0.kind == .burst } == 1)
    #expect(ends.count == 6)
  }

  /// Another radar goes on; ten seconds later the plots of the first go into the same tracks again.
  @Test func `is believed at once when it comes back`() {
    var generator = SeededGenerator(seed: 20_261_206)
    var mail = Mail()
    for path in Self.salvo(&generator) {
      mail.add(
        Two.plots(of: path, by: Two.east, every: .seconds(1), &generator)
          .filter { $0.measured > path.start + .seconds(2) }, &generator)
      mail.add(
        Two.plots(of: path, by: Scene.radar, every: .milliseconds(200), &generator).filter {
          $0.measured < Self.gone || $0.measured > Self.gone + .seconds(10)
        }, &generator)
    }
    var tracker = Tracker(radars: [Scene.radar, Two.east], settings: .init(groundHeight: 50))
    let updates = mail.deliver(to: &tracker).map(\.update)
    #expect(updates.numbers.count == 6)
    #expect(updates.ends.allSatisfy { $0.kind == .impact })
  }
}

@Suite struct `A body that a look shows twice` {
  /// Forty milliseconds apart, of a radar that turns in four seconds: it does not look 25 times a second.
  @Test(arguments: 2..<6) func `is not missed soon after`(place: Int) {
    var generator = SeededGenerator(seed: 20_261_207)
    let path = `Several radars`.path(&generator, 0)
    var plots = `Several radars`.plots(of: path, by: Scene.radar, every: .seconds(4), &generator)
    var twin = plots[place]
    twin.measured = twin.measured + .milliseconds(40)
    twin.range -= 8
    plots.insert(twin, at: place + 1)
    var mail = Mail()
    mail.add(plots, &generator)
    var tracker = Scene.tracker()
    let updates = mail.deliver(to: &tracker).map(\.update)
    #expect(updates.numbers.count == 1)
    #expect(updates.ends.map(\.kind) == [.impact])
  }
}
