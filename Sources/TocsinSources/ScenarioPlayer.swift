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
  static let longestWait = 5.0

  public init(scenario: Scenario, clock: ReplayClock, inbox: Inbox, speed: Double) {
    self.scenario = scenario
    self.clock = clock
    self.inbox = inbox
    self.speed = speed
  }

  public func run() async throws {
    // Being told to stop is no fault.
    try? await cancelWhenGracefulShutdown {
      let moments = scenario.items.map(\.time) + [scenario.end]
      for item in scenario.contents {
        let next = moments.first { $0 >= item.time } ?? item.time
        try await wait(until: item.time, next: next)
        try await inbox.put(item.content)
      }
      clock.set(to: scenario.end, rate: 1)
      // The pages stay up until somebody ends them.
      while true { try await Task.sleep(for: .seconds(3600)) }
    }
  }

  /// Runs as fast as brings the next thing that is told within the longest wait.
  private func wait(until moment: Timestamp, next: Timestamp) async throws {
    let now = clock.read().now
    let quiet = (next - now).inSeconds
    clock.set(to: now, rate: max(speed, quiet / Self.longestWait))
    let span = clock.read().wait(until: moment)
    if span > .milliseconds(1) { try await Task.sleep(for: span) }
    clock.set(to: moment, rate: clock.read().rate)
  }
}
