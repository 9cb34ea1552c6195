import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

@Suite struct `A million steps of the filters` {
  /// From a radar that is absurdly sure to one that hardly knows: what rounding spoils first.
  @Test(arguments: [
    Plot.Sigma(range: 0.1, azimuth: 0.0005, elevation: 0.0005),
    Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06),
    Plot.Sigma(range: 200, azimuth: 1, elevation: 1),
  ])
  func `leave no negative variance`(sigma: Plot.Sigma) {
    var generator = SeededGenerator(seed: 20_260_701)
    let paths = (0..<100).map { index in
      Path(
        of: Flight(
          start: .init(
            time: Scene.start,
            position: Plane(around: Scene.radar.position).position(
              at: Offset(
                east: 4_000 + 900 * Double(index % 10), north: 4_000 + 900 * Double(index / 10))),
            height: 5_000,
            velocity: .init(
              east: 40 * generator.normal(), north: 40 * generator.normal(), up: 300)),
          body: Body(ballisticCoefficient: 8_500), groundHeight: 50))
    }
    let simulator = RadarSimulator(
      radar: Scene.radar, sigma: sigma, interval: .milliseconds(21), detection: 1, mask: 1)
    let plots = simulator.plots(
      of: paths, from: Scene.start, to: Scene.start + .seconds(71), using: &generator)
    #expect(plots.count > 334_000)
    var tracker = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, forecastEvery: .seconds(600)))
    var isSound = true
    for first in stride(from: 0, to: plots.count, by: 500) {
      _ = tracker.receive(Array(plots[first..<min(first + 500, plots.count)]))
      isSound = isSound && tracker.isSound
    }
    #expect(isSound)
    #expect(tracker.tracks.count { $0.plots > 3_000 } > 90)
  }
}
