import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// A sky with nothing in it but false plots, everywhere a radar looks.
@Suite struct `An hour of false plots` {
  @Test(arguments: [UInt64(1), 2, 3])
  func `raises no forecast`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var tracker = Scene.tracker()
    var forecasts: Set<String> = []
    var plots = 0
    // Looks ten times a second; two false plots a second in the mean.
    for look in 0..<36_000 {
      let time = Scene.start + .milliseconds(100 * look)
      let count = generator.unit() < 0.2 ? 1 : 0
      let batch = (0..<count).map { _ in
        Plot(
          measured: time, radar: "R", range: 5_000 + 55_000 * generator.unit(),
          azimuth: 360 * generator.unit(), elevation: 1 + 59 * generator.unit())
      }
      plots += count
      for update in tracker.advance(to: time) + tracker.receive(batch) {
        if case .forecast(let track, _) = update { forecasts.insert("\(track)") }
      }
    }
    #expect(plots > 6_800)
    #expect(forecasts.isEmpty)
  }
}

/// Two plots are too few here for a track: candidates must find their third and fourth.
@Suite struct `A slow radar among false plots` {
  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func `finds the body`(seed: UInt64) {
    var scene = Scene(seed: seed)
    let seen = scene.watch(
      .init(east: 7_000, north: 14_000, velocity: SIMD3(-120, -300, 330)), every: 3)
    let plots = seen.plots + scene.clutter(seconds: 40, rate: 4)
    var tracker = Scene.tracker()
    let forecasts = tracker.run(plots.sorted { $0.measured < $1.measured }).forecasts
    let misses = forecasts.map { $0.miss(seen.impact.east, seen.impact.north).meters }
    #expect((misses.min() ?? .infinity) < 300)
  }
}
