import Foundation
import TocsinModel
import TocsinSources
import TocsinTracking

/// What no estimator could do better, pooled over flights: `TocsinTracking.InformationBound`.
struct BoundScore {
  private(set) var misses: [String: [Double: [Double]]] = [:]
  private(set) var flights: [String: Int] = [:]

  /// Quantiles of the distance of a normal point, each as likely: directions by radii.
  private static let directions = 24
  private static let radii = 40

  mutating func add(
    _ plots: [Plot], _ file: FlightIndex.File, _ truth: FlightTruth, _ settings: Tracker.Settings
  ) {
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
        plots: plots, radar: file.radar, settings: settings, truth: fixes, burnout: burnout)
    else { return }
    flights[truth.radar, default: 0] += 1
    for time in ForecastScore.times where first + .seconds(time) < impact.t {
      guard let ellipse = bound.ellipse(after: time) else { continue }
      misses[truth.radar, default: [:]][time, default: []] += Self.distances(ellipse)
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

  var text: String {
    var lines = [
      "bound: what nobody could do better who knew the true burnout (posterior Cramér–Rao, the priors as they are)"
    ]
    for (radar, cells) in misses.sorted(by: { $0.key < $1.key }) {
      let row = cells.sorted { $0.key < $1.key }.map { time, distances in
        let sorted = distances.sorted()
        return String(
          format: "%.0f s %.0f/%.0f", time, sorted[sorted.count / 2], sorted[sorted.count * 9 / 10])
      }
      lines.append(
        "  radar \(radar), \(flights[radar] ?? 0) flights, half / nine in ten in m: "
          + row.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }
}
