import ArgumentParser
import TocsinModel

/// Lets the moments of a past day come one after the other, at a chosen speed.
struct Pace {
  enum Speed: ExpressibleByArgument, CustomStringConvertible {
    case max
    /// Seconds of the past in one second, within ``range``.
    case times(Double)

    /// Slower than 1000 s for one second nobody waits; and every wait must fit a clock.
    static let range = 0.001...1_000_000

    init?(argument: String) {
      if argument == "max" {
        self = .max
      } else if let factor = Double(argument), Self.range.contains(factor) {
        self = .times(factor)
      } else {
        return nil
      }
    }

    var description: String {
      switch self {
      case .max: "max"
      case .times(let factor): "\(factor)"
      }
    }
  }

  private let speed: Speed
  private var start: (moment: Timestamp, at: ContinuousClock.Instant)?

  init(_ speed: Speed) { self.speed = speed }

  /// Waits until a moment of the past is due; the first one is due at once.
  mutating func wait(until moment: Timestamp) async throws {
    guard case .times(let factor) = speed else { return }
    guard let start else {
      start = (moment, .now)
      return
    }
    let due = start.at + .seconds((moment - start.moment).inSeconds / factor)
    if due > .now { try await Task.sleep(until: due) }
  }
}
