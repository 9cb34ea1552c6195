import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

#if canImport(Glibc)
  import Glibc
#endif

/// Bodies of unlike kinds that come within ten seconds.
@Suite struct `A salvo from one place` {
  static let sigma = Plot.Sigma(range: 30, azimuth: 0.15, elevation: 0.15)

  /// - Parameter spread: standard deviation of where they come from, in meters.
  static func paths(
    _ count: Int, spread: Double = 500, _ generator: inout SeededGenerator
  ) -> [Path] {
    let place = Plane(around: Scene.radar.position).position(at: Offset(east: 7_000, north: 4_000))
    return (0..<count).map { _ in
      let speed = 250 + 600 * generator.unit()
      let steep = (40 + 25 * generator.unit()) * .pi / 180
      let course = 4.2 + 0.3 * generator.normal()
      return Path(
        of: Flight(
          start: .init(
            time: Scene.start + .milliseconds(Int64(10_000 * generator.unit())),
            position: Plane(around: place).position(
              at: Offset(east: spread * generator.normal(), north: spread * generator.normal())),
            height: 400,
            velocity: .init(
              east: speed * cos(steep) * sin(course), north: speed * cos(steep) * cos(course),
              up: speed * sin(steep))),
          body: Body(ballisticCoefficient: 5_000 + 4_000 * generator.unit()), groundHeight: 50))
    }
  }

  static func radar(every seconds: Int64, clutter: RadarSimulator.Clutter? = nil) -> RadarSimulator
  {
    RadarSimulator(
      radar: Scene.radar, sigma: sigma, interval: .seconds(seconds), turns: seconds > 1,
      detection: 0.9, mask: 1, clutter: clutter)
  }

  static func clutter(
    _ rate: Double, within meters: Double, from height: Double
  ) -> RadarSimulator.Clutter {
    .init(
      rate: rate, center: Scene.radar.position, reach: Offset(east: meters, north: meters),
      heights: height...9_000)
  }

  static func run(_ plots: [Plot], until seconds: Int64) -> (tracker: Tracker, numbers: Set<String>)
  {
    var tracker = Scene.tracker()
    var numbers: Set<String> = []
    for plot in plots where plot.measured < Scene.start + .seconds(seconds) {
      numbers.formUnion(tracker.receive([plot]).numbers)
    }
    return (tracker, numbers)
  }

  /// The first body starts at once, the last within ten seconds.
  @Test(arguments: [UInt64(1), 2, 3])
  func `is followed body by body by a radar that looks once a second`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let paths = Self.paths(20, &generator)
    let radar = Self.radar(every: 1)
    let plots = radar.plots(
      of: paths, from: Scene.start, to: Scene.start + .seconds(20), using: &generator)
    let (tracker, numbers) = Self.run(plots, until: 16)
    #expect((20...28).contains(numbers.count), "\(numbers.count) tracks of 20 bodies")
    #expect(tracker.tracks.count { $0.plots >= 3 } >= 19)
  }

  /// Two bodies that the beam meets one after the other are not one body.
  @Test(arguments: [UInt64(4), 5, 6])
  func `is not joined across bodies by an antenna that turns in four seconds`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let paths = Self.paths(8, &generator)
    let radar = Self.radar(every: 4, clutter: Self.clutter(1, within: 20_000, from: 500))
    let plots = radar.plots(
      of: paths, from: Scene.start + .seconds(-20), to: Scene.start + .seconds(40),
      using: &generator)
    let (_, numbers) = Self.run(plots, until: 36)
    #expect((7...9).contains(numbers.count), "\(numbers.count) tracks of 8 bodies")
  }

  /// Its own first plots are no false ones.
  @Test(arguments: [UInt64(10), 11, 12])
  func `or from many is not taken for clutter`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let paths = Self.paths(40, spread: 8_000, &generator)
    let radar = Self.radar(every: 4)
    let plots = radar.plots(
      of: paths, from: Scene.start, to: Scene.start + .seconds(40), using: &generator)
    let (_, numbers) = Self.run(plots, until: 22)
    #expect((34...44).contains(numbers.count), "\(numbers.count) tracks of 40 bodies")
  }

  /// One body says little of others: the false plots around it stay false.
  @Test(arguments: [UInt64(7), 8, 9], [Int64(1), 4])
  func `is not made of one body and false plots`(seed: UInt64, interval: Int64) {
    var generator = SeededGenerator(seed: seed)
    let paths = Self.paths(1, &generator)
    let radar = Self.radar(every: interval, clutter: Self.clutter(2, within: 15_000, from: 200))
    let plots = radar.plots(
      of: paths, from: Scene.start + .seconds(-60), to: Scene.start + .seconds(600),
      using: &generator)
    let (_, numbers) = Self.run(plots, until: 600)
    #expect(numbers.count == 1, "\(numbers.count) tracks of one body")
  }
}
