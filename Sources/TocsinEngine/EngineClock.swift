public import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The one place where time is read.
public protocol EngineClock: Sendable {
  /// What it says now, and how fast it runs: 1 live; a replay's clock may run faster.
  func read() -> ClockReading
}

public struct ClockReading: Hashable, Sendable {
  public var now: Timestamp
  /// Seconds of this clock in one second of the wall's.
  public var rate: Double

  public init(now: Timestamp, rate: Double = 1) {
    self.now = now
    self.rate = rate
  }

  /// How long to wait, by the wall's clock, until this one shows `moment`.
  public func wait(until moment: Timestamp) -> Duration {
    guard moment > now else { return .zero }
    return .seconds((moment - now).inSeconds / max(rate, 1e-6))
  }
}

/// The machine's clock.
public struct SystemClock: EngineClock {
  public init() {}

  public func read() -> ClockReading {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return ClockReading(
      now: Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)))
  }
}
