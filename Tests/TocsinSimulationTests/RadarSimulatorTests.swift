import Testing
import TocsinModel
import TocsinSimulation

@Suite struct `A simulated radar` {
  @Test func `errs as its sigmas say, and on no side`() throws {
    var generator = SeededGenerator(seed: 1)
    let simulator = RadarSimulator.usual
    let paths = Array(repeating: Path(of: .usual), count: 100)
    let sightings = simulator.sightings(
      of: paths, from: .noon, to: .noon + .seconds(20), using: &generator)
    var errors: [[Double]] = [[], [], []]
    for sighting in sightings {
      let state = try #require(paths[0].state(at: sighting.plot.measured))
      let truth = simulator.truth(of: state.position, height: state.height)
      errors[0].append((sighting.plot.range - truth.range) / 10)
      errors[1].append((sighting.plot.azimuth - truth.azimuth) / 0.06)
      errors[2].append((sighting.plot.elevation - truth.elevation) / 0.08)
    }
    let count = Double(sightings.count)
    #expect(count == 20_000)
    for error in errors {
      let mean = error.reduce(0, +) / count
      let variance = error.map { $0 * $0 }.reduce(0, +) / count
      let within = Double(error.count { abs($0) < 1 }) / count
      // Four standard deviations of each of these figures over 20,000 plots.
      #expect(abs(mean) < 0.028)
      #expect(abs(variance - 1) < 0.04)
      #expect(abs(within - 0.6827) < 0.0132)
    }
  }

  @Test func `sees as often as it should`() {
    var generator = SeededGenerator(seed: 2)
    var simulator = RadarSimulator.usual
    simulator.detection = 0.9
    let plots = simulator.plots(
      of: Array(repeating: Path(of: .usual), count: 100), from: .noon,
      to: .noon + .seconds(20), using: &generator)
    // Four standard deviations of a count of 20,000 looks.
    #expect(abs(plots.count - 18_000) < 170)
  }

  @Test func `sees nothing below its mask`() {
    var generator = SeededGenerator(seed: 3)
    var simulator = RadarSimulator.usual
    simulator.mask = 8
    let (path, end) = (Path(of: .usual), Timestamp.noon + .seconds(60))
    let plots = simulator.plots(of: [path], from: .noon, to: end, using: &generator)
    #expect(!plots.isEmpty)
    #expect(plots.count < 400)
    #expect(plots.allSatisfy { $0.elevation > 8 - 5 * 0.08 })
  }

  @Test func `sees nothing after a burst`() throws {
    var generator = SeededGenerator(seed: 4)
    var flight = Flight.usual
    flight.burst = .milliseconds(5050)
    let plots = RadarSimulator.usual.plots(
      of: [Path(of: flight)], from: .noon, to: .noon + .seconds(60), using: &generator)
    #expect(plots.count == 51)
    #expect(try #require(plots.last).measured == .noon + .seconds(5))
  }

  @Test func `repeats itself from the same seed, and from no other`() {
    func plots(_ seed: UInt64) -> [Plot] {
      var generator = SeededGenerator(seed: seed)
      return RadarSimulator.cluttered.plots(
        of: [Path(of: .usual)], from: .noon, to: .noon + .seconds(20), using: &generator)
    }
    #expect(plots(5) == plots(5))
    #expect(plots(5) != plots(6))
  }

  @Test func `loses one plot without changing the others`() {
    func plots(_ detection: Double) -> [Plot] {
      var generator = SeededGenerator(seed: 7)
      var simulator = RadarSimulator.usual
      simulator.detection = detection
      return simulator.plots(
        of: [Path(of: .usual)], from: .noon, to: .noon + .seconds(20), using: &generator)
    }
    let all = Set(plots(1))
    #expect(plots(0.5).count < 130)
    #expect(plots(0.5).allSatisfy(all.contains))
  }

  @Test func `has as many false plots as its rate, all in their box`() {
    var generator = SeededGenerator(seed: 8)
    let end = Timestamp.noon + .seconds(1000)
    let sightings = RadarSimulator.cluttered.sightings(
      of: [], from: .noon, to: end, using: &generator)
    #expect(abs(sightings.count - 2000) < 180)
    #expect(sightings.allSatisfy { $0.flight == nil && $0.plot.range < 12_000 })
    #expect(sightings.map(\.plot.measured) == sightings.map(\.plot.measured).sorted())
  }

  @Test func `tells the flights of a salvo apart in its own notes, not in its plots`() {
    var generator = SeededGenerator(seed: 9)
    let paths = (0..<12).map { number -> Path in
      var flight = Flight.usual
      flight.start.time = .noon + .milliseconds(700 * number)
      return Path(of: flight)
    }
    let sightings = RadarSimulator.usual.sightings(
      of: paths, from: .noon, to: .noon + .seconds(30), using: &generator)
    #expect(Set(sightings.map(\.flight)) == Set(0..<12))
    #expect(sightings.allSatisfy { $0.plot.id == nil })
  }

  @Test func `that turns looks later the further round a target is`() {
    var generator = SeededGenerator(seed: 10)
    var simulator = RadarSimulator.usual
    simulator.turns = true
    simulator.interval = .seconds(4)
    let plots = simulator.plots(
      of: [Path(of: .usual)], from: .noon, to: .noon + .seconds(20), using: &generator)
    #expect(plots.count == 5)
    for (turn, plot) in plots.enumerated() {
      let within = (plot.measured - .noon).inSeconds - 4 * Double(turn)
      #expect(abs(within / 4 * 360 - plot.azimuth) < 1)
    }
  }

  @Test func `measures from its own horizon on a round earth`() {
    let simulator = RadarSimulator.usual
    let far = Plane(around: simulator.radar.position)
      .position(at: Offset(east: 0, north: 50_000))
    let truth = simulator.truth(of: far, height: simulator.radar.height)
    // 50 km on, the ground has fallen away by half the angle at the earth's center.
    let dip = 50_000 / 6_371_000.0 / 2 * 180 / .pi
    #expect(abs(truth.elevation + dip) < 0.002)
    #expect(abs(truth.range - 50_000) < 30)
    #expect(min(truth.azimuth, 360 - truth.azimuth) < 0.001)
  }
}

@Suite struct `Seeded chance` {
  /// Computed with the authors' C code of xoshiro256** seeded by SplitMix64 from 0.
  @Test func `gives the published numbers`() {
    var generator = SeededGenerator(seed: 0)
    #expect((0..<3).map { _ in generator.next() } == Self.published)
  }

  static let published: [UInt64] = [
    11_091_344_671_253_066_420, 13_793_997_310_169_335_082, 1_900_383_378_846_508_768,
  ]

  @Test(arguments: [0.5, 3, 40])
  func `counts rare events with their mean and variance`(mean: Double) {
    var generator = SeededGenerator(seed: 11)
    let counts = (0..<20_000).map { _ in Double(generator.poisson(mean)) }
    let average = counts.reduce(0, +) / 20_000
    let variance = counts.map { ($0 - average) * ($0 - average) }.reduce(0, +) / 20_000
    #expect(abs(average - mean) < 4 * (mean / 20_000).squareRoot())
    #expect(abs(variance / mean - 1) < 0.06)
  }
}

extension RadarSimulator {
  static let usual = RadarSimulator(
    radar: Radar(
      id: "T1", position: Position(latitude: 31.58, longitude: 34.57), height: 80),
    sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.08), interval: .milliseconds(100))

  static var cluttered: RadarSimulator {
    var simulator = usual
    simulator.clutter = Clutter(
      rate: 2, center: .center, reach: Offset(east: 5000, north: 4000), heights: 200...3000)
    return simulator
  }
}
