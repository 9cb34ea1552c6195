public import TocsinModel

/// A flight as it went: its states in fixed steps, and how it ended.
public struct Path: Hashable, Sendable {
  public let flight: Flight
  /// From the start to the end; the last one is the end itself.
  public let states: [Flight.State]
  public let end: Flight.End

  public var start: Timestamp { states[0].time }
  public var last: Flight.State { states[states.count - 1] }

  /// Follows a flight to its end.
  public init(of flight: Flight, step: Duration = .milliseconds(20)) {
    precondition(step > .zero, "a step of \(step)")
    self.flight = flight
    let motion = Motion(flight)
    let limit = flight.burst.map { min($0, flight.longest) } ?? flight.longest
    var states = [flight.start]
    var point = motion.start
    var elapsed = Duration.zero
    while elapsed < limit {
      let span = min(step, limit - elapsed)
      let next = motion.moved(point, by: span.inSeconds, at: elapsed.inSeconds)
      let state = motion.state(next, at: elapsed + span)
      if state.height <= flight.groundHeight {
        let fraction = motion.descent(from: point, by: span.inSeconds, at: elapsed.inSeconds)
        let down = motion.moved(point, by: fraction, at: elapsed.inSeconds)
        states.append(motion.state(down, at: elapsed + .nanoseconds(Int64(fraction * 1e9))))
        (self.states, end) = (states, .impact)
        return
      }
      states.append(state)
      point = next
      elapsed += span
    }
    self.states = states
    end = limit == flight.burst ? .burst : .unfinished
  }

  /// The state nearest to a moment, the first before its start and the last after its end.
  func nearest(to time: Timestamp) -> Flight.State {
    let after = states.partitioningIndex { $0.time > time }
    guard after > 0 else { return states[0] }
    guard after < states.count else { return last }
    let (before, next) = (states[after - 1], states[after])
    return time - before.time < next.time - time ? before : next
  }

  /// Where it was at a moment of its flight; `nil` before its start and after its end.
  public func state(at time: Timestamp) -> Flight.State? {
    guard time >= start, time <= last.time else { return nil }
    let after = states.partitioningIndex { $0.time > time }
    let before = states[after - 1]
    let motion = Motion(flight)
    let moved = motion.moved(
      motion.point(before), by: (time - before.time).inSeconds,
      at: (before.time - start).inSeconds)
    return motion.state(moved, at: time - start)
  }
}
