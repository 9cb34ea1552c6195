import Foundation
import TocsinModel

/// Which zones were warned rightly, needlessly and in time, by the distances and the lead of `Verdict`.
struct ZoneScore {
  private(set) var recordings = 0
  private(set) var inDanger = 0
  private(set) var missed = 0
  private(set) var needless = 0
  private(set) var needlessArea = 0.0
  /// Seconds from the warning to the impact, of the zones warned in time.
  private(set) var leads: [Double] = []
  /// Of the zones that the first plot left their shelter time: all, and those that got it.
  private(set) var reachable = 0
  private(set) var reached = 0

  mutating func add(_ warned: [String: Timestamp], _ truth: FlightTruth, _ zones: [Zone]) {
    recordings += 1
    for zone in zones {
      let danger = truth.danger(for: zone)
      let moment = warned[zone.id]
      if let body = danger.first, let impact = body.impact {
        inDanger += 1
        let lead = moment.map { (impact.t - $0).inSeconds } ?? 0
        if danger.isMissed(moment) { missed += 1 } else { leads.append(lead) }
        note(lead, body.firstPlot.map { (impact.t - $0).inSeconds } ?? 0, zone)
      } else if moment != nil, !danger.isExcused {
        needless += 1
        needlessArea += zone.area.squareKilometers
      }
    }
  }

  private mutating func note(_ lead: Double, _ possible: Double, _ zone: Zone) {
    guard let shelter = zone.shelterSeconds.map(Double.init), possible >= shelter else { return }
    reachable += 1
    if lead >= shelter { reached += 1 }
  }

  var text: String {
    let perRecording = { (sum: Double) in sum / Double(max(recordings, 1)) }
    var parts = [
      inDanger == 0
        ? "no zone in danger" : "\(inDanger.counted("zone")) in danger, \(missed) missed",
      String(
        format: "needless %.2f zones and %.2f km² a recording", perRecording(Double(needless)),
        perRecording(needlessArea)),
    ]
    if inDanger > 0 { parts += [leadText, shelterText] }
    return parts.joined(separator: "; ")
  }

  private var leadText: String {
    let sorted = leads.sorted()
    return switch sorted.count {
    case 0: "none told in time"
    case 1: String(format: "the one told in time had %.0f s", sorted[0])
    default:
      String(
        format: "of %d told in time half had %.0f s or more", sorted.count,
        sorted[sorted.count / 2])
    }
  }

  private var shelterText: String {
    switch reachable {
    case 0: "none could have its shelter time"
    case 1: "the one that could have its shelter time \(reached == 1 ? "did" : "did not")"
    default: "\(reached) of \(reachable) that could have their shelter time did"
    }
  }
}
