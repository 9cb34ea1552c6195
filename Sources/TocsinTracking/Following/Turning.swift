import TocsinModel

/// Finds out how long a radar's antenna takes to turn clockwise, from the moments and azimuths of any four plots in a row at
/// several azimuths, whatever they are of: time goes with azimuth, Δt = T (Δα/360° + n).
///
/// Without it two bodies that pass one after the other look like one body, seen twice.
struct Turning: Hashable, Sendable, Codable {
  /// Seconds a turn; `nil` until known, and of a radar that does not turn.
  private(set) var period: Double?
  private var looks: [Look] = []
  private var tries = 0

  private struct Look: Hashable, Sendable, Codable {
    var time: Timestamp
    /// Clockwise from any direction.
    var degrees: Double
  }

  /// Plots in a row that must agree.
  private static let enough = 4

  /// Takes the next plot. Gives up on a radar after a hundred that could have told it.
  mutating func note(_ time: Timestamp, degrees: Double) {
    guard period == nil, tries < 100 else { return }
    if let last = looks.last, (time - last.time).inSeconds < 0 { looks = [] }
    looks.append(Look(time: time, degrees: degrees))
    if looks.count > 8 { looks.removeFirst() }
    guard looks.count >= Self.enough else { return }
    let steps = zip(looks, looks.dropFirst()).map { earlier, later in
      let turned = (later.degrees - earlier.degrees).truncatingRemainder(dividingBy: 360)
      return (
        seconds: (later.time - earlier.time).inSeconds,
        turns: (turned + 360) / 360 - (turned < 0 ? 0 : 1)
      )
    }
    // Plots of one place come once a look whether the antenna turns or not.
    guard steps.count(where: { $0.turns > 0.02 && $0.turns < 0.98 }) >= 2 else { return }
    tries += 1
    let span = steps.reduce(0) { $0 + $1.seconds }
    for step in steps {
      for turns in [step.turns, step.turns + 1] where turns > 0.05 {
        let guess = step.seconds / turns
        // A sweep over a sector looks like a part of a turn.
        guard guess > 0.5, guess < 15, span > guess else { continue }
        let doubt = 0.0015 / turns
        let isRight = steps.allSatisfy { other in
          let miss = other.seconds / guess - other.turns
          return abs(miss - miss.rounded()) < min(0.003 + doubt * other.seconds / guess, 0.01)
        }
        if isRight {
          period = guess
          looks = []
          return
        }
      }
    }
  }
}
