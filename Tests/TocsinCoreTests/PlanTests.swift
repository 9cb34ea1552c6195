import Testing
import TocsinCore
import TocsinModel
import TocsinSimulation
import TocsinTracking

@Suite struct `A new plan` {
  /// A body that is followed under one plan, and the tracks under the next.
  private func tracks(after change: (inout Radar) -> Void) throws -> (before: Int, after: Int) {
    var sequencer = try `Pieces of a broken body`.sequencer()
    let plots = `Pieces of a broken body`.plots(`Pieces of a broken body`.flight(nil)).prefix(50)
    _ = sequencer.receive(.plots(Array(plots)), at: try #require(plots.last).measured)
    let before = sequencer.tocsin.tracker.tracks.count
    var plan = sequencer.tocsin.plan
    change(&plan.radars[0])
    _ = sequencer.receive(.plan(plan), at: try #require(plots.last).measured)
    #expect(sequencer.tocsin.plan == plan)
    return (before, sequencer.tocsin.tracker.tracks.count)
  }

  @Test func `keeps the tracks where only what a radar shares has changed`() throws {
    #expect(try tracks { $0.shares = ["mast 3"] } == (1, 1))
  }

  @Test func `begins anew where a radar measures otherwise`() throws {
    #expect(try tracks { $0.height += 10 } == (1, 0))
    #expect(try tracks { $0.bias = Plot.Sigma(range: 5, azimuth: 0.1, elevation: 0.1) } == (1, 0))
  }
}
