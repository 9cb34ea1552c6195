import Synchronization
import TocsinEngine
import TocsinModel

/// The engine's clock as pages follow it: read directly, else its last reading, carried on at its rate.
final class WebClock: Sendable {
  struct Reading: Hashable, Sendable, Encodable {
    var now: Timestamp
    /// Seconds of this clock in one second of the wall's.
    var rate: Double
  }

  private struct Setting {
    var reading: Reading
    var at: ContinuousClock.Instant
  }

  private let source: (any EngineClock)?
  // The engine sets it; requests read it.
  private let setting = Mutex<Setting?>(nil)

  init(_ source: (any EngineClock)?) { self.source = source }

  func set(_ clock: ClockReading) {
    let reading = Reading(now: clock.now, rate: clock.rate)
    setting.withLock { $0 = Setting(reading: reading, at: .now) }
  }

  /// Before the engine has shown anything, the machine's own time.
  func read() -> Reading {
    if let reading = source?.read() {
      return Reading(now: reading.now.milliseconds, rate: reading.rate)
    }
    guard let setting = setting.withLock({ $0 }) else {
      return Reading(now: SystemClock().read().now.milliseconds, rate: 1)
    }
    let passed = (ContinuousClock.now - setting.at).inSeconds * setting.reading.rate
    return Reading(
      now: (setting.reading.now + .seconds(passed)).milliseconds, rate: setting.reading.rate)
  }
}
