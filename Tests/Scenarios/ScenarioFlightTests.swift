import Foundation
import Testing
import TocsinModel
import TocsinSimulation
import TocsinSources

@Suite struct `The simulated flight of 14 May 2023` {
  let made: ScenarioFlight

  init() throws { made = try ScenarioFlight.find("2023-05-14") }

  /// After a change of `flight.yaml`, `TOCSIN_WRITE_PLOTS=1 swift test` writes the plots anew.
  @Test func `is where the shipped plots come from, byte for byte`() throws {
    let file = Folder.shipped + "/plots.ndjson"
    if ProcessInfo.processInfo.environment["TOCSIN_WRITE_PLOTS"] == "1" {
      try made.ndjson().write(toFile: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == made.ndjson())
  }

  @Test func `begins in the air and bursts in the air`() {
    let path = Path(of: made.flight)
    #expect(path.states.allSatisfy { $0.height > made.flight.groundHeight + 100 })
    #expect(path.end == .burst)
    #expect(path.last.time > Timestamp("2023-05-14T18:33:30+03:00")!)
    #expect(path.last.time < Timestamp("2023-05-14T18:33:45+03:00")!)
  }

  @Test func `is told by plots and nothing else`() throws {
    let day = try Scenario.find("2023-05-14")
    #expect(day.plots.count == made.plots().count)
    #expect(day.plots.first!.measured == made.plots().first!.measured)
  }
}
