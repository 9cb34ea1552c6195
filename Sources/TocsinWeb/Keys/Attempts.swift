import Synchronization

/// Counts failed keys by address, so that guessing is answered with "too many" and not with a check.
///
/// A good key always passes: nobody can lock an operator out by guessing from the same address.
final class Attempts: Sendable {
  static let limit = 10
  static let window: Duration = .seconds(60)
  /// Addresses remembered at once; past it the oldest window is forgotten first.
  static let most = 10_000

  private struct Count {
    var failures: Int
    var since: ContinuousClock.Instant
  }

  // Requests of many connections count here.
  private let counts = Mutex<[String: Count]>([:])

  /// Counts one failure; answers whether there were too many within the window.
  func fail(_ address: String) -> Bool {
    let now = ContinuousClock.now
    return counts.withLock { counts in
      var count = counts[address] ?? Count(failures: 0, since: now)
      if now - count.since > Self.window { count = Count(failures: 0, since: now) }
      count.failures += 1
      if counts.count >= Self.most, counts[address] == nil {
        counts = counts.filter { now - $0.value.since <= Self.window }
        if counts.count >= Self.most { counts.removeAll() }
      }
      counts[address] = count
      return count.failures > Self.limit
    }
  }
}
