public import ServiceLifecycle
public import TocsinEngine
import TocsinModel

/// Plays a scenario into the inbox on its own clock: plots at a chosen speed, quiet hours in seconds.
public struct ScenarioPlayer: Service {
  let scenario: Scenario
  let clock: ReplayClock
  let inbox: Inbox
  let speed: Double

  /// A wait longer than this many wall seconds is shortened to it.
  let longestWait: Double
  /// How many things have been told before a restart.
  let told: Int
  let staysUp: Bool

  /// - Parameters:
  ///   - speed: seconds of the scenario in one second, while something is told.
  ///   - longestWait: wall seconds that a quiet stretch takes at most.
  ///   - told: how many contents the journal holds already.
  ///   - staysUp: whether it goes on after the end, until it is told to stop.
  public init(
    scenario: Scenario, clock: ReplayClock, inbox: Inbox, speed: Double = 1,
    longestWait: Double = 5, told: Int = 0, staysUp: Bool = true
  ) {
    self.scenario = scenario
    self.clock = clock
    self.inbox = inbox
    self.speed = speed
    self.longestWait = longestWait
    self.told = told
    self.staysUp = staysUp
  }

  public func run() async throws {
    // Being told to stop is no fault.
    try? await cancelWhenGracefulShutdown {
      let moments = scenario.items.map(\.time) + [scenario.end]
      var next = 0
      var rate = speed
      for item in scenario.contents.dropFirst(self.told) {
        if next == 0 || item.time > moments[next - 1] {
          while next < moments.count, moments[next] < item.time { next += 1 }
          rate = hurry(to: moments[min(next, moments.count - 1)])
          next = min(next + 1, moments.count)
        }
        try await wait(until: item.time, at: rate)
        try await inbox.put(item.content)
      }
      try await wait(until: scenario.end, at: hurry(to: scenario.end))
      clock.run(to: .distantFuture, rate: 1)
      // The pages stay up until somebody ends them.
      while staysUp { try await Task.sleep(for: .seconds(3600)) }
    }
  }

  /// The rate that brings the next thing that is told within the longest wait; taken once a gap, so that the
  /// signs of life within it do not slow it down.
  private func hurry(to moment: Timestamp) -> Double {
    max(speed, (moment - clock.read().now).inSeconds / longestWait)
  }

  private func wait(until moment: Timestamp, at rate: Double) async throws {
    clock.run(to: moment, rate: rate)
    let span = clock.read().wait(until: moment)
    if span > .milliseconds(1) { try await Task.sleep(for: span) }
    // The last of the wait, so that what is told is told at its own moment.
    while clock.read().now < moment { await Task.yield() }
  }
}
