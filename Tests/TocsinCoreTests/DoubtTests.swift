import Testing
import TocsinCore
import TocsinModel
import TocsinSimulation

/// A warning says when the plots that it rests on may be of more than one body.
@Suite struct `Bodies that fly close together` {
  private static func flight(_ meters: Double) -> Flight {
    var flight = `Pieces of a broken body`.flight(nil)
    flight.start.position = Plane(around: flight.start.position)
      .position(at: Offset(east: 0.6 * meters, north: -0.8 * meters))
    return flight
  }

  private static func sequencer(_ bodies: Int) throws -> Sequencer {
    let paths = (0..<bodies).map { Path(of: flight(30 * Double($0))) }
    let start = `Pieces of a broken body`.start
    let radar = `Pieces of a broken body`.radar
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var plan = Plan(
      zones: [Scene.zone("town", try #require(paths.first).last.position)], radars: [radar],
      groundHeight: 50)
    plan.outlets = [Outlet.pages]
    _ = sequencer.receive(.plan(plan), at: start)
    var generator = SeededGenerator(seed: 9)
    let plots = RadarSimulator(
      radar: radar, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
      interval: .milliseconds(100), detection: 0.95, mask: 1
    ).plots(of: paths, from: start, to: start + .seconds(12), using: &generator)
    for plot in plots { _ = sequencer.receive(.plots([plot]), at: plot.measured) }
    return sequencer
  }

  @Test func `make warnings that name the other track, and operators see it`() throws {
    let tocsin = try Self.sequencer(2).tocsin
    let decisions = tocsin.warnings.values.flatMap(\.decisions)
    let doubted = decisions.filter { $0.purity != nil }
    #expect(doubted.contains { $0.rivals == ["2"] || $0.rivals == ["1"] })
    #expect(doubted.allSatisfy { (0..<0.995).contains($0.purity ?? -1) })
    let tracks = tocsin.situation(at: `Pieces of a broken body`.start + .seconds(12)).tracks
    #expect(tracks.contains { ($0.purity ?? 1) < 0.9 && $0.rivals?.isEmpty == false })
  }

  @Test func `differ from one alone, of which nothing is said`() throws {
    let tocsin = try Self.sequencer(1).tocsin
    let decisions = tocsin.warnings.values.flatMap(\.decisions)
    #expect(!decisions.isEmpty)
    #expect(decisions.allSatisfy { $0.purity == nil && $0.rivals == nil })
  }
}
