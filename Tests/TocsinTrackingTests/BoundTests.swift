import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

@Suite struct `A bound of what can be known` {
  private static func sums(sigma scale: Double) throws -> [Double] {
    var generator = SeededGenerator(seed: 77)
    let flight = `Forecasts of many flights`.flight(&generator)
    let path = Path(of: flight)
    let sigma = Plot.Sigma(range: 10 * scale, azimuth: 0.06 * scale, elevation: 0.06 * scale)
    var radar = Scene.radar
    radar.sigma = sigma
    let simulator = RadarSimulator(
      radar: radar, sigma: sigma, interval: .milliseconds(100), detection: 1, mask: 1)
    let plots = simulator.plots(
      of: [path], from: Scene.start, to: path.last.time, using: &generator)
    let burnout = flight.start.time + (flight.body.thrust?.duration ?? .zero)
    let bound = try #require(
      InformationBound(
        plots: plots, radar: radar, settings: .init(groundHeight: 50),
        truth: path.states.enumerated().filter { $0.offset % 50 == 0 }.map {
          .init(time: $0.element.time, position: $0.element.position, height: $0.element.height)
        }, burnout: burnout))
    return try [2.0, 4, 8, 16].map { time in
      let ellipse = try #require(bound.ellipse(after: time))
      #expect(ellipse.ee > 0 && ellipse.nn > 0)
      #expect(ellipse.ee * ellipse.nn > ellipse.en * ellipse.en)
      return (ellipse.ee + ellipse.nn).squareRoot()
    }
  }

  @Test func `falls with every plot, and with a better radar`() throws {
    let usual = try Self.sums(sigma: 1)
    #expect(zip(usual, usual.dropFirst()).allSatisfy { $0 > $1 })
    let better = try Self.sums(sigma: 0.5)
    #expect(zip(usual, better).allSatisfy { $0 > $1 })
    // Priors alone hold a landing no better than to kilometers; 16 s of plots hold it to some hundred meters.
    #expect(usual[0] > 300 && usual[3] < usual[0] / 3)
  }
}
