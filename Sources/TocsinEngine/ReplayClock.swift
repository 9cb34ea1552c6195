import Synchronization
public import TocsinModel

/// A clock of a past day: it is set to a moment and runs on from there at a chosen rate.
public final class ReplayClock: EngineClock {
  private struct Setting {
    var moment: Timestamp
    var at: ContinuousClock.Instant
    var rate: Double

    var now: Timestamp { moment + .seconds((ContinuousClock.now - at).inSeconds * rate) }
  }

  // The player sets it and the engine reads it, each in its own task.
  private let setting: Mutex<Setting>

  public init(at moment: Timestamp, rate: Double = 1) {
    setting = Mutex(Setting(moment: moment, at: ContinuousClock.now, rate: rate))
  }

  public func read() -> ClockReading {
    setting.withLock { setting in
      ClockReading(now: setting.now, rate: setting.rate)
    }
  }

  /// Goes on from `moment`, or from now if that is later: it never runs back.
  public func set(to moment: Timestamp, rate: Double) {
    setting.withLock { setting in
      setting = Setting(
        moment: max(moment, setting.now), at: ContinuousClock.now, rate: max(rate, 1e-6))
    }
  }
}
