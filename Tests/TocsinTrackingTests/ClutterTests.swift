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
