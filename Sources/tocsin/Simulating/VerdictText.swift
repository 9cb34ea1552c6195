import Foundation
import TocsinModel
import TocsinSimulation

/// Verdicts as lines that a person reads.
enum VerdictText {
  static func lines(_ verdict: Verdict) -> String {
    let tally = verdict.tally
    var lines = [
      "world \(verdict.seed): radars \(verdict.radars.joined(separator: " ")), "
        + "\(verdict.zones) zones, \(tally.bodies) bodies, \(tally.tracks) tracks, "
        + "\(verdict.hasMet ? "" : "no ")met message: "
        + outcome(tally)
    ]
    if !verdict.faults.isEmpty {
      lines.append("  faults: " + verdict.faults.joined(separator: "; "))
    }
    lines += verdict.missed.map { missed in
      "  \(missed.why == .blind ? "not seen" : "MISSED") zone \(missed.zone), "
        + "impact \(missed.impact): \(words(missed.why))"
    }
    return lines.joined(separator: "\n")
  }

  static func sum(_ tally: Tally) -> String {
    """
    \(tally.worlds) worlds, \(tally.bodies) bodies, \(tally.tracks) tracks: \(outcome(tally))
      missed: \(tally.missedNever) never warned, \(tally.missedLate) with less than 5 s left, \
    \(tally.missedCleared) cleared too early; \(tally.missedBlind) more that nobody could see in time
      shelter time: \(tally.late) of \(tally.reachable) that the first plot left it were warned later
      needless: \(tally.needless) zones, \(area(tally)) km², \(tally.needlessPeople) people where known; \
    \(tally.falseTracks) tracks of nothing raised a warning
      pieces of what burst: \(tally.underPieces) zones, \(tally.underPiecesUnwarned) of them not warned
      \(tally.again) zones warned again after their all-clear, \(tally.corrections) corrections; \
    \(tally.withoutForecast) bodies seen in time without a forecast
    """
  }

  static func area(_ tally: Tally) -> String {
    String(format: "%.1f", tally.needlessSquareKilometers)
  }

  private static func outcome(_ tally: Tally) -> String {
    "\(tally.inDanger) zones in danger, \(tally.missed) missed, \(tally.missedBlind) unseen, "
      + "\(tally.late) late, \(tally.needless) needless (\(area(tally)) km²)"
  }

  private static func words(_ why: Verdict.Reason) -> String {
    switch why {
    case .never: "never warned, though a body was seen in time"
    case .late: "warned with less than 5 s left"
    case .cleared: "told all clear before the impact"
    case .blind: "no radar showed the body in time"
    }
  }
}
