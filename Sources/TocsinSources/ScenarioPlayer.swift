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
      let told = scenario.items.map(\.time) + [scenario.end]
      var next = 0
      for item in scenario.contents {
        if next == 0 || item.time > told[next - 1] {
          while next < told.count, told[next] < item.time { next += 1 }
          hurry(to: told[min(next, told.count - 1)])
          next = min(next + 1, told.count)
        }
        try await wait(until: item.time)
        try await inbox.put(item.content)
      }
      clock.set(to: scenario.end, rate: 1)
      // The pages stay up until somebody ends them.
      while true { try await Task.sleep(for: .seconds(3600)) }
    }
  }

  /// Runs as fast as brings the next thing that is told within the longest wait; set once a gap, so that
  /// the signs of life within it do not slow it down.
  private func hurry(to moment: Timestamp) {
    let now = clock.read().now
    clock.set(to: now, rate: max(speed, (moment - now).inSeconds / Self.longestWait))
  }

  private func wait(until moment: Timestamp) async throws {
    let span = clock.read().wait(until: moment)
    if span > .milliseconds(1) { try await Task.sleep(for: span) }
  }
}
