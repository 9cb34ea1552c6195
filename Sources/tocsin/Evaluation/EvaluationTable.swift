import Foundation

/// Scores as lines that a person reads.
struct EvaluationTable {
  let score: ForecastScore

  init(_ score: ForecastScore) { self.score = score }

  var text: String {
    var lines: [String] = []
    for (group, cells) in score.cells.sorted(by: { $0.key < $1.key }) {
      lines += ["\(group.kind), radar \(group.radar)", Self.head]
      for time in ForecastScore.times {
        if let cell = cells[time] { lines.append(Self.line(time, cell)) }
      }
      lines.append("")
    }
    lines.append(
      "\(score.flights) flights, \(score.followed) followed, \(score.excessTracks) false or second "
        + "tracks. Ellipses should hold 50, 90, 95 and 99 %; NEES should be 1.")
    return lines.joined(separator: "\n")
  }

  private static let head =
    "   after  flights   share   miss: half   nine in ten    held by ellipses        NEES"

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

  static func text(_ scores: [ForecastScore.Group: ZoneScore]) -> String {
    var lines = ["zones"]
    for (group, score) in scores.sorted(by: { $0.key < $1.key }) {
      let leads = score.leads.sorted()
      let lead = leads.isEmpty ? "-" : String(format: "%.0f s", leads[leads.count / 2])
      lines.append(
        String(
          format:
            "  %@, radar %@: %d in danger, %d missed; needless %.2f zones and %.2f km² a file; "
            + "half were told %@ ahead or more; %d of %d that could had their shelter time",
          group.kind, group.radar, score.inDanger, score.missed,
          Double(score.needless) / Double(max(score.files, 1)),
          score.needlessArea / Double(max(score.files, 1)), lead, score.reached, score.reachable))
    }
    return lines.joined(separator: "\n")
  }
}
