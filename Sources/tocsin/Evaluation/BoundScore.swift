import Foundation
import TocsinModel
import TocsinTracking

/// How far forecasts are off at least, in the mean over bodies as the priors have them, pooled over flights
/// without a failure: `TocsinTracking.InformationBound`.
struct BoundScore {
  private struct Cell {
    var bodies = 0
    var misses: [Double] = []
  }

  private var cells: [String: [Double: Cell]] = [:]

  /// Quantiles of the distance of a normal point, each as likely: directions by radii.
  private static let directions = 24
  private static let radii = 40

  mutating func add(_ plots: [Plot], _ recording: Recording) {
    let truth = recording.truth
    guard truth.kind == .single, let member = truth.members.first, member.failure == nil,
      let impact = member.impact, let launch = member.launch, let burnout = member.burnout,
      let way = member.trajectory, let first = member.firstPlot
    else { return }
    let fixes = way.filter { $0.count == 4 }.map {
      InformationBound.Fix(
        time: launch + .seconds($0[0]), position: Position(latitude: $0[1], longitude: $0[2]),
        height: $0[3])
    }
    guard
      let bound = InformationBound(
        plots: plots, radar: recording.radar, settings: recording.flight.settings, truth: fixes,
        burnout: burnout)
    else { return }
    for time in ForecastScore.times where first + .seconds(time) < impact.t {
      guard let ellipse = bound.ellipse(after: time) else { continue }
      cells[truth.radar, default: [:]][time, default: Cell()].bodies += 1
      cells[truth.radar]?[time]?.misses += Self.distances(ellipse)
    }
  }

  private static func distances(_ ellipse: InformationBound.Ellipse) -> [Double] {
    let mean = (ellipse.ee + ellipse.nn) / 2
    let reach = (pow((ellipse.ee - ellipse.nn) / 2, 2) + ellipse.en * ellipse.en).squareRoot()
    let (long, short) = (max(mean + reach, 0), max(mean - reach, 0))
    return (0..<radii).flatMap { step -> [Double] in
      let radius = (-2 * log(1 - (Double(step) + 0.5) / Double(radii))).squareRoot()
      return (0..<directions).map { turn in
        let angle = 2 * Double.pi * (Double(turn) + 0.5) / Double(directions)
        return radius * (long * pow(cos(angle), 2) + short * pow(sin(angle), 2)).squareRoot()
      }
    }
  }

  /// Of single flights seen by a radar: how many the bound is of, and the misses that half and nine in ten of them
  /// would keep.
  func misses(radar: String, after time: Double) -> (bodies: Int, half: Double, most: Double)? {
    guard let cell = cells[radar]?[time] else { return nil }
    let sorted = cell.misses.sorted()
    return (cell.bodies, sorted[sorted.count / 2], sorted[sorted.count * 9 / 10])
  }

  var text: String {
    cells.isEmpty
      ? """
      bound: no recording qualifies; it needs a single flight without a failure, whose truth tells impact, launch_t, \
      burnout_t and trajectory, and whose way the model can follow.
      """
      : """
      bound: the mean over bodies as the priors have them is off by no less, even if told the burnout (posterior \
      Cramér–Rao, flights without a failure); where these bodies vary less, our forecasts may lie below it.
      """
  }
}
