public import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Tracker {
  /// Probability of a burst from which on it is said.
  static let decision = 0.95
  /// Seconds between looks of a radar of which nothing is known yet.
  static let usualInterval = 4.0

  /// Lets time pass without plots: tracks that coast too long end. The second call changes nothing.
  ///
  /// A moment that has passed counts as the newest: what late plots made due before it is done all the same.
  public mutating func advance(to time: Timestamp) -> [TrackUpdate] {
    let time = max(time, now)
    var updates: [TrackUpdate] = []
    let dynamics = self.dynamics
    while let index = nextDoubt(before: time) {
      now = max(now, trails[index].deadline)
      weigh(index, dynamics, &updates)
    }
    now = time
    if !candidates.isEmpty { confirm(dynamics, &updates) }
    return inOrder(updates)
  }

  private func nextDoubt(before time: Timestamp) -> Int? {
    trails.indices.filter { trails[$0].isAlive && trails[$0].deadline <= time }
      .min { (trails[$0].deadline, trails[$0].number) < (trails[$1].deadline, trails[$1].number) }
  }

  /// Seconds between looks at a track.
  func interval(_ trail: Trail) -> Double {
    watch(trail, by: trail.seen)?.interval ?? Self.usualInterval
  }

  /// Of the radars that lately saw a track the one whose silence is the first to tell something: seconds
  /// between its looks, and by how much its plots come late; `nil` if none saw it lately.
  private func watch(
    _ trail: Trail, by sights: [Trail.Sight]
  ) -> (interval: Double, delay: Double)? {
    let fresh = sights.filter { sight in
      let rhythm = rhythms[sight.radar]
      let since = (trail.lastPlot - sight.time).inSeconds - rhythm.delay
      return since < 3 * (rhythm.interval ?? Self.usualInterval)
    }.map { rhythms[$0.radar] }
    guard !fresh.isEmpty else { return nil }
    let known = fresh.compactMap { rhythm in rhythm.interval.map { ($0, rhythm.delay) } }
    let first = known.min { $0.0 + $0.1 < $1.0 + $1.1 } ?? (Self.usualInterval, 0)
    return (max(first.0, 0.02), first.1)
  }

  /// When missing plots first mean something: a little after the second missed look.
  func firstDoubt(_ trail: Trail) -> Timestamp {
    let (interval, delay) = watch(trail, by: trail.seen) ?? (Self.usualInterval, 0)
    return trail.lastPlot + .nanoseconds(Int64((delay + max(2.3 * interval, 0.3)) * 1e9))
  }

  /// Weighs the looks that found nothing, and ends the track or says when to look again.
  private mutating func weigh(
    _ index: Int, _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    let trail = trails[index]
    let watch = watch(trail, by: trail.seen.filter { !isSilent($0.radar, at: trail.deadline) })
    let (interval, delay) = watch ?? (Self.usualInterval, 0)
    let missed = missedLooks(
      trail, until: trail.deadline + .nanoseconds(Int64(-delay * 1e9)), interval, dynamics)
    let probability = watch == nil ? 0 : burstProbability(trail, missed.seen, interval)
    let landed = trail.forecast.map { $0.impactTime + .seconds(1) } ?? trail.lastPlot
    if probability > Self.decision || missed.isDown
      || (trail.deadline >= landed && missed.isHidden)
      || (trail.deadline - trail.lastPlot).inSeconds > 60
    {
      end(index, probability, missed.isDown || missed.isHidden, dynamics, &updates)
      return
    }
    if watch != nil, missed.seen >= 2,
      let forecast = forecast(trail, burst: probability, dynamics)
    {
      tell(forecast, of: index, &updates)
    }
    let next = trail.deadline + .nanoseconds(Int64(max(interval, 0.2) * 1e9))
    // Below the horizon nothing more is learned before it is down.
    trails[index].deadline = missed.isHidden ? max(next, landed) : next
  }

  /// Whether a radar has sent nothing for more than a look, though in the two before it saw three bodies or
  /// more: rather than that all of them burst at once, it or its link is dead, and its looks tell nothing.
  private func isSilent(_ radar: Int, at time: Timestamp) -> Bool {
    let rhythm = rhythms[radar]
    let interval = rhythm.interval ?? Self.usualInterval
    guard let newest = rhythm.newestPlot,
      (time - newest).inSeconds > rhythm.delay + 1.2 * interval
    else { return false }
    // Two, because in the last of them it may have missed one; as it looks at a body at no exact rhythm, a little
    // less.
    let looks = newest + .nanoseconds(Int64(-1.9 * interval * 1e9))
    return trails.lazy.filter { trail in
      trail.seen.contains { $0.radar == radar && $0.time >= looks }
    }.prefix(3).count == 3
  }

  /// Looks since the last plot that should have found the body, and whether it is down, or below
  /// the horizon or behind a ridge by now.
  private func missedLooks(
    _ trail: Trail, until time: Timestamp, _ interval: Double, _ dynamics: Dynamics
  ) -> (seen: Int, isHidden: Bool, isDown: Bool) {
    var estimate = trail.bank.best.estimate
    let burning = trail.bank.best.isBurning
    let site = sites[trail.seen.max { $0.time < $1.time }?.radar ?? 0]
    let ground = self.ground
    var seen = 0
    var hidden = false
    let span = (time - trail.lastPlot).inSeconds
    let looks = min(Int((span / interval - 0.25).rounded(.down)), 200)
    for _ in 0..<max(looks, 0) {
      let (place, velocity) = (estimate.place, estimate.velocity)
      estimate.advance(by: interval, burning: burning, dynamics, priors)
      // Also behind a ridge that it met between two looks.
      if ground.clearance(of: estimate.place, in: frame) <= 0
        || ground.meeting(
          place, velocity, estimate.place, estimate.velocity, after: interval, in: frame) != nil
      {
        return (seen, true, true)
      }
      let range = max(length(estimate.place - site.place), 1)
      // Two sigma of its own height keep a body near the horizon, or a ridge, from counting as missed.
      let margin = 2 * max(estimate[2, 2], 0).squareRoot() / range * 180 / .pi + 0.15
      let lower = estimate.place - (margin * .pi / 180 * range) * frame.up(at: estimate.place)
      hidden =
        site.elevation(of: estimate.place) < settings.lowestElevation + margin
        || ground.hides(lower, from: site.place, in: frame)
      if !hidden { seen += 1 }
    }
    return (seen, hidden, false)
  }

  /// By Bayes: bursts are rare, and a look that should see and does not is 1 − Pd.
  private func burstProbability(_ trail: Trail, _ missed: Int, _ interval: Double) -> Double {
    guard missed > 0 else { return 0 }
    let prior = min(settings.burstRate * interval, 0.5)
    let unlucky = pow(max(1 - settings.detection, 1e-3), Double(missed))
    return prior / (prior + unlucky)
  }

  private mutating func end(
    _ index: Int, _ probability: Double, _ isExpected: Bool, _ dynamics: Dynamics,
    _ updates: inout [TrackUpdate]
  ) {
    let trail = trails[index]
    let estimate = trail.bank.best.estimate
    let isBurst =
      probability > Self.decision && !isDoubled(index)
      && trail.plots >= 4
    let place = frame.geodetic(estimate.place).position
    var end = TrackEnd(
      time: trail.lastPlot, kind: isBurst ? .burst : .lost, place: place,
      height: ground.clearance(of: estimate.place, in: frame),
      covariance: .init(
        eastEast: estimate[0, 0], eastNorth: estimate[0, 1], northNorth: estimate[1, 1]),
      burstProbability: probability, forecast: trail.forecast)
    if !isBurst, isExpected, let forecast = trail.forecast {
      end.kind = .impact
      end.time = forecast.impactTime
      end.place = forecast.impact
      end.height = 0
      end.covariance = forecast.covariance
    }
    trails[index].end = end
    if isBurst, var last = trail.forecast {
      last.time = trail.deadline
      last.burstProbability = probability
      last.ended = true
      last.parts = []
      last.fragments = fragments(of: trail, within: interval(trail), dynamics)
      tell(last, of: index, &updates)
    }
    updates.append(.ended(describe(trails[index]), end))
  }

  /// Whether another live track follows the same body; then this one starved and tells nothing.
  private func isDoubled(_ index: Int) -> Bool {
    let own = trails[index].bank.best.estimate
    return trails.indices.contains { other in
      guard other != index, trails[other].isAlive else { return false }
      let theirs = trails[other].bank.best.estimate
      let span = (trails[other].bank.time - trails[index].bank.time).inSeconds
      let gap = theirs.place - (own.place + span * own.velocity)
      return length(gap) < 300 + 30 * span * span
        && length(theirs.velocity - own.velocity) < 150 + 30 * abs(span)
    }
  }
}
