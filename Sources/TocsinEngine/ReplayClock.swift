import Synchronization
public import TocsinModel

/// A clock of a past day: it runs from a moment at a chosen rate, and stands still at the moment of what is
/// told next, until that is told. So however slow the machine is, nothing comes late on this clock.
public final class ReplayClock: EngineClock {
  private struct Setting {
    var moment: Timestamp
    var at: ContinuousClock.Instant
    var rate: Double
    var limit: Timestamp

    var now: Timestamp {
      min(limit, moment + .seconds((ContinuousClock.now - at).inSeconds * rate))
    }
  }

  // The player sets it and the engine reads it, each in its own task.
  private let setting: Mutex<Setting>

  /// It stands at `moment` until it is told to run.
  public init(at moment: Timestamp) {
    setting = Mutex(Setting(moment: moment, at: ContinuousClock.now, rate: 1, limit: moment))
  }

  public func read() -> ClockReading {
    setting.withLock { ClockReading(now: $0.now, rate: $0.rate) }
  }

  /// Runs on from now at a rate, up to a moment; it never runs back.
  public func run(to limit: Timestamp, rate: Double) {
    setting.withLock { setting in
      let now = setting.now
      setting = Setting(
        moment: now, at: ContinuousClock.now, rate: max(rate, 1e-6), limit: max(limit, now))
    }
  }
}
