import TocsinModel
import TocsinTracking

extension Tocsin {
  /// Lets what has run out end, each kind in the order of its ids.
  mutating func expire(_ answer: inout Answer) {
    follow(tracker.advance(to: answer.time), &answer)
    releaseOrDropHeld(&answer)
    endExpired(&answer)
    noticeBlindness(at: answer.time)
    forgetOld(at: answer.time)
  }

  /// Asks to be woken at the next moment when time alone changes something.
  ///
  /// A wake that turns out too early is harmless: it changes nothing and asks again. So a later moment
  /// does not replace an earlier one that is still to come, and signs of life need no new wake each.
  mutating func askForWake(_ answer: inout Answer) {
    guard let due = deadlines().min() else { return }
    // Never in the past, so that every wake makes progress.
    let moment = max(due, answer.time + .milliseconds(1)).milliseconds
    if let asked = askedWake, asked > answer.time, asked <= moment { return }
    askedWake = moment
    answer.wake(at: moment)
  }

  private func deadlines() -> [Timestamp] {
    var moments: [Timestamp] = []
    if let coasting = tracker.nextDeadline { moments.append(coasting) }
    for warning in warnings.values {
      for zone in warning.zones.values where zone.ended == nil { moments.append(zone.expires) }
    }
    for threat in threats.values { if let until = threat.heldUntil { moments.append(until) } }
    for order in held.values { moments.append(order.until) }
    for district in atlas.districts.indices where blind[district] == nil {
      if let until = seesUntil(district) { moments.append(until) }
    }
    return moments
  }

  private mutating func endExpired(_ answer: inout Answer) {
    for id in warnings.keys.sorted(by: Tocsin.inOrder) {
      let over = warnings[id]!.zones.filter {
        $0.value.ended == nil && $0.value.expires <= answer.time
      }
      end(over.keys.sorted(), of: id, .allClear, note: "its time had run out", &answer)
    }
  }

  /// Warnings that ended more than a day ago leave the picture; the journal keeps them.
  private mutating func forgetOld(at time: Timestamp) {
    let day = Duration.seconds(86_400)
    warnings = warnings.filter { _, warning in
      let last = warning.zones.values.compactMap(\.ended).max() ?? warning.issued
      return warning.isActive || last + day > time
    }
    for source in messages.keys {
      messages[source] = messages[source]?.filter { _, message in
        message.said + day > time || message.warnings.contains { warnings[$0] != nil }
      }
    }
  }

  /// `W2` before `W10`.
  static func inOrder(_ left: String, _ right: String) -> Bool {
    left.utf8.count != right.utf8.count ? left.utf8.count < right.utf8.count : left < right
  }
}
