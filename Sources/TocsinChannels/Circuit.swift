import Logging
import Synchronization
import TocsinModel

/// Opens after five failures in a row: then each delivery is tried once and no more, until one is taken.
final class Circuit: Sendable {
  static let limit = 5
  static let words = "The circuit is open: each delivery is tried once until one is taken."

  // One task counts and another may ask.
  private let failures = Mutex(0)

  var isOpen: Bool { failures.withLock { $0 >= Self.limit } }

  /// Whether it opened by this failure.
  func count() -> Bool {
    failures.withLock { failures in
      failures += 1
      return failures == Self.limit
    }
  }

  /// Whether it was open.
  func close() -> Bool {
    failures.withLock { failures in
      defer { failures = 0 }
      return failures >= Self.limit
    }
  }

  /// Counts what became of a delivery; the log and the receipt say when it opens, the log when it closes.
  func settle(
    _ outcome: Receipt.Outcome, of channel: String, _ logger: Logger
  ) -> Receipt.Outcome {
    switch outcome {
    case .delivered:
      if close() { logger.warning("Channel works again", metadata: ["channel": "\(channel)"]) }
      return outcome
    case .failed(let reason):
      if count() {
        logger.error(
          "Channel does not work", metadata: ["channel": "\(channel)", "reason": "\(reason)"])
      }
      return .failed(isOpen ? "\(reason) \(Self.words)" : reason)
    }
  }
}
