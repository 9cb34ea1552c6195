import TocsinModel
import TocsinTracking

extension Tocsin {
  /// Lets through what one witness may warn of at once, and holds the rest for a second one.
  ///
  /// A track that two radars see has two witnesses, unless the two share a site, a link or a source. What was
  /// held goes out when the forecast still says so after the policy's time: the plots since then have renewed it.
  /// Without renewal it lapses.
  mutating func admitted(
    _ fresh: [Call], of track: Track, _ threat: inout Threat, _ answer: inout Answer
  ) -> [Call] {
    let room = max(0, plan.policy.wide - threat.warned.count)
    guard fresh.count > room, atlas.witnesses(among: track.radars) < 2 else {
      threat.held = []
      threat.heldUntil = nil
      return fresh
    }
    if let until = threat.heldUntil, until <= answer.time {
      threat.held = []
      threat.heldUntil = nil
      return fresh
    }
    let nearest = fresh.sorted {
      let (left, right) = ($0.probability ?? 0, $1.probability ?? 0)
      return left != right ? left > right : $0.zone.id < $1.zone.id
    }
    let rest = nearest.dropFirst(room).map(\.zone.id).sorted()
    if threat.heldUntil == nil {
      threat.heldUntil = answer.time + plan.policy.hold
      answer.refuse(
        .held, "track \(track.id)",
        "\(rest.count) zones held for \(plan.policy.hold.inSeconds) s: one radar alone says so. A "
          + "second radar or person releases them at once.", count: rest.count)
    }
    threat.held = rest
    return Array(nearest.prefix(room))
  }

  /// Ends the waiting of what nobody has seconded in time.
  mutating func releaseOrDropHeld(_ answer: inout Answer) {
    for id in threats.keys.sorted(by: Tocsin.inOrder) {
      guard let threat = threats[id], let until = threat.heldUntil,
        until + .seconds(2) <= answer.time
      else { continue }
      lapse("track \(id)", threat.held, &answer)
      threats[id]?.held = []
      threats[id]?.heldUntil = nil
    }
    for id in held.keys.sorted(by: Tocsin.inOrder) {
      guard let order = held[id], order.until <= answer.time else { continue }
      lapse("warning \(id)", order.zones, &answer)
      held[id] = nil
    }
  }

  private func lapse(_ subject: String, _ zones: [String], _ answer: inout Answer) {
    answer.refuse(
      .lapsed, subject,
      "\(zones.count) zones that were held have lapsed: nobody seconded them in time. Order them "
        + "again if the danger stands: \(zones.joined(separator: ", ")).", count: zones.count)
  }
}
