import Foundation

/// Scores as lines that a person reads.
struct EvaluationTable {
  let score: ForecastScore
  let bound: BoundScore?

  init(_ score: ForecastScore, _ bound: BoundScore?) {
    self.score = score
    self.bound = bound
  }

  var text: String {
    var lines: [String] = []
    for (group, cells) in score.cells.sorted(by: { $0.key < $1.key }) {
      let bound = group.kind == FlightTruth.Kind.single.rawValue ? bound : nil
      lines += [
        "\(group.kind), radar \(group.radar)", Self.head + (bound == nil ? "" : Self.boundHead),
      ]
      for time in ForecastScore.times {
        guard let cell = cells[time] else { continue }
        let least = bound?.misses(radar: group.radar, after: time)
        let line = Self.line(time, cell)
        lines.append(
          least.map {
            line.padding(toLength: Self.head.count, withPad: " ", startingAt: 0) + Self.text($0)
          } ?? line)
      }
      lines.append("")
    }
    lines += ["Ellipses should hold 50, 90, 95 and 99 %; NEES should be 1."]
    if let bound { lines.append(bound.text) }
    return (lines + sumLines).joined(separator: "\n")
  }

  private var sumLines: [String] {
    let recordings = score.sums.values.reduce(0) { $0 + $1.recordings }
    return [
      "sum: \(recordings.counted("recording")) of \(score.bodies.count.counted("body", "bodies")); "
        + "a body counts in each recording of it"
    ]
      + FlightTruth.Kind.allCases.compactMap { kind in
        score.sums[kind].map { sum in
          "  \(kind.rawValue): \(sum.recordings.counted("recording")), \(sum.followed) of "
            + "\(sum.bodies.counted("body", "bodies")) followed, "
            + sum.excessTracks.counted("false or second track")
        }
      }
  }

  private static let head =
    "   after   bodies   share   miss: half   nine in ten    held by ellipses        NEES"
  private static let boundHead = "   bound of: half   nine in ten"

  private static func line(_ time: Double, _ cell: ForecastScore.Cell) -> String {
    let share = Double(cell.samples.count) / Double(max(cell.eligible, 1))
    let start = String(
      format: "  %4.0f s  %3d/%-3d   %5.2f", time, cell.samples.count, cell.eligible, share)
    guard let half = cell.miss(0.5), let most = cell.miss(0.9) else { return start }
    let held = ForecastScore.shares.map { String(format: "%4.2f", cell.coverage($0)) }
      .joined(separator: " ")
    return start
      + String(format: "   %8.0f m  %10.0f m    %@  %6.2f", half, most, held, cell.nees)
  }

  private static func text(_ bound: (bodies: Int, half: Double, most: Double)) -> String {
    String(format: "   %3d  %7.0f m  %10.0f m", bound.bodies, bound.half, bound.most)
  }

  static func text(_ scores: [ForecastScore.Group: ZoneScore]) -> String {
    let rows = scores.sorted { $0.key < $1.key }.map { group, score in
      "  \(group.kind), radar \(group.radar): \(score.text)"
    }
    return
      ([
        "zones; missed: in danger and not warned, or less than 5 s before the impact; needless: warned, and all impacts of "
          + "the recording over 1 km away"
      ] + rows)
      .joined(separator: "\n")
  }
}
