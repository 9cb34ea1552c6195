import TocsinModel
import TocsinSimulation

/// Which zones were warned rightly, needlessly and in time, by the distances and the lead of `Verdict`.
struct ZoneScore {
  private(set) var files = 0
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
    files += 1
    let impacts = truth.members.compactMap { member in
      member.impact.map { ($0, member.firstPlot) }
    }
    guard !impacts.isEmpty else { return }
    for zone in zones {
      let distances = impacts.map { ($0.0, $0.1, zone.area.distance(to: $0.0.place)) }
      let endangering = distances.filter { $0.2 <= Verdict.near }.min { $0.0.t < $1.0.t }
      let moment = warned[zone.id]
      if let (impact, first, _) = endangering {
        inDanger += 1
        note(moment, impact.t, first, zone)
      } else if moment != nil, !distances.contains(where: { $0.2 <= Verdict.notFar }) {
        needless += 1
        needlessArea += zone.area.squareKilometers
      }
    }
  }

  private mutating func note(
    _ warned: Timestamp?, _ impact: Timestamp, _ first: Timestamp?, _ zone: Zone
  ) {
    let lead = warned.map { (impact - $0).inSeconds } ?? 0
    if lead >= Verdict.leastLead { leads.append(lead) } else { missed += 1 }
    guard let shelter = zone.shelterSeconds.map(Double.init), let first,
      (impact - first).inSeconds >= shelter
    else { return }
    reachable += 1
    if lead >= shelter { reached += 1 }
  }
}
