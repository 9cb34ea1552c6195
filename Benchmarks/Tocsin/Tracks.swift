import ArgumentParser
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// Plots into tracks that exist, without and with forecasts, by the number of tracks.
struct Tracks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Plots a second into existing tracks, and the time of a forecast, by the number of tracks.")

  @Option(help: "Numbers of tracks.")
  var counts = [10, 100, 300, 1000]

  @Option(
    help: "Seconds of plots in each run; the first three start the tracks and are not counted.")
  var seconds = 8

  static let radar = Radar(
    id: "R", position: Position(latitude: 31.6, longitude: 34.6), height: 50,
    sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06))
  static let start = Timestamp(nanoseconds: 1_772_323_200_000_000_000)

  func run() {
    print("tracks  alive  us a plot  plots a second  ms a forecast")
    for count in counts {
      let looks = looks(count)
      let (bare, alive) = measure(looks, forecastEvery: .seconds(86_400))
      let (full, _) = measure(looks, forecastEvery: .milliseconds(500))
      let forecasts = max(full.forecasts, 1)
      let each = (full.seconds - bare.seconds) / Double(forecasts) * 1e3
      let micros = bare.seconds / Double(max(bare.plots, 1)) * 1e6
      print(
        "\(count)  \(alive)  \(rounded(micros))  \(Int(1e6 / micros))  "
          + "\((each * 1e3).rounded() / 1e3)")
    }
  }

  private struct Measured {
    var seconds = 0.0
    var plots = 0
    var forecasts = 0
  }

  private func measure(_ looks: [[Plot]], forecastEvery: Duration) -> (Measured, alive: Int) {
    var tracker = Tracker(
      radars: [Self.radar], settings: .init(groundHeight: 50, forecastEvery: forecastEvery))
    var measured = Measured()
    for look in looks {
      let begin = ContinuousClock.now
      let updates = tracker.receive(look)
      let span = (ContinuousClock.now - begin).inSeconds
      guard let first = look.first, first.measured >= Self.start + .seconds(3) else { continue }
      measured.seconds += span
      measured.plots += look.count
      measured.forecasts += updates.count
    }
    return (measured, tracker.tracks.count { $0.end == nil })
  }

  /// Bodies in free flight that all are in sight for the whole run, 400 m and more apart, by look.
  private func looks(_ count: Int) -> [[Plot]] {
    var generator = SeededGenerator(seed: 20_260_601)
    let side = Int(Double(count).squareRoot().rounded(.up))
    let paths = (0..<count).map { index in
      Path(
        of: Flight(
          start: .init(
            time: Self.start,
            position: Plane(around: Self.radar.position).position(
              at: Offset(
                east: 5_000 + 400 * Double(index % side), north: 4_000 + 400 * Double(index / side))
            ),
            height: 2_000 + 500 * generator.unit(),
            velocity: .init(
              east: -150 + 10 * generator.normal(), north: -150 + 10 * generator.normal(),
              up: 150 + 10 * generator.normal())),
          body: Body(ballisticCoefficient: 8_500 * (1 + 0.3 * generator.unit())), groundHeight: 50))
    }
    let simulator = RadarSimulator(
      radar: Self.radar, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
      interval: .milliseconds(100), detection: 0.9, mask: 1)
    let plots = simulator.plots(
      of: paths, from: Self.start, to: Self.start + .seconds(seconds), using: &generator)
    return plots.reduce(into: []) { looks, plot in
      if let last = looks.last?.first, last.measured == plot.measured {
        looks[looks.count - 1].append(plot)
      } else {
        looks.append([plot])
      }
    }
  }
}
