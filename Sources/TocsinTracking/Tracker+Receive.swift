public import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Tracker {
  /// Takes the plots of one batch, in any order and of several radars.
  ///
  /// Plots of unknown radars and plots that are no measurement (not finite, no sigma) are ignored.
  /// - Returns: what changed, by track number, and by time within a track.
  public mutating func receive(_ plots: [Plot]) -> [TrackUpdate] {
    var updates: [TrackUpdate] = []
    let dynamics = self.dynamics
    let measured = measurements(plots)
    var start = measured.startIndex
    while start < measured.endIndex {
      let look = lookFrom(start, measured)
      updates += advance(to: measured[start].time)
      take(Array(measured[look]), dynamics, &updates)
      start = look.upperBound
    }
    return inOrder(updates)
  }

  /// In the order of time, then radar, then place, so that the order of a batch does not matter.
  private func measurements(_ plots: [Plot]) -> [Measurement] {
    plots.compactMap { plot -> Measurement? in
      guard let index = radars.firstIndex(where: { $0.id == plot.radar }) else { return nil }
      return Measurement(plot, radar: index, site: sites[index], fallback: radars[index].sigma)
    }.sorted {
      if $0.time != $1.time { return $0.time < $1.time }
      if $0.radar != $1.radar { return $0.radar < $1.radar }
      if $0.place.x != $1.place.x { return $0.place.x < $1.place.x }
      if $0.place.y != $1.place.y { return $0.place.y < $1.place.y }
      return $0.place.z < $1.place.z
    }
  }

  /// Plots of one radar within 20 ms: no body can have two of them.
  private func lookFrom(_ start: Int, _ measured: [Measurement]) -> Range<Int> {
    var end = start + 1
    while end < measured.count, measured[end].radar == measured[start].radar,
      measured[end].time - measured[start].time < .milliseconds(20)
    {
      end += 1
    }
    return start..<end
  }

  func inOrder(_ updates: [TrackUpdate]) -> [TrackUpdate] {
    updates.enumerated().sorted {
      let (one, other) = (Int($0.element.track.id) ?? 0, Int($1.element.track.id) ?? 0)
      return one != other ? one < other : $0.offset < $1.offset
    }.map(\.element)
  }

  private mutating func take(
    _ look: [Measurement], _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    now = max(now, look.map(\.time).max() ?? now)
    let rest = follow(look, dynamics, &updates)
    for measured in rest {
      if firstHeard[measured.radar] == nil { firstHeard[measured.radar] = measured.time }
      search(measured, dynamics, &updates)
    }
    for measured in look where firstHeard[measured.radar] == nil {
      firstHeard[measured.radar] = measured.time
    }
    forget()
  }
}

// MARK: - Plots into tracks

extension Tracker {
  /// Squared distance of a plot beyond which it is not of the track: 1 in 10,000 of its own lie
  /// outside.
  static let gate = 21.1

  /// Gives the plots of a look to the live tracks; returns those that none took.
  private mutating func follow(
    _ look: [Measurement], _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) -> [Measurement] {
    var pairs: [(trail: Int, plot: Int, bank: Bank, cost: Double, distance: Double)] = []
    for index in trails.indices where trails[index].isAlive {
      for (place, measured) in look.enumerated() where isDue(trails[index], measured) {
        guard trails[index].mayReach(measured) else { continue }
        if let pair = meeting(trails[index], measured, dynamics) {
          pairs.append((index, place, pair.bank, pair.cost, pair.distance))
        }
      }
    }
    let taken = pairs.isEmpty ? [] : settle(pairs.map { ($0.trail, $0.plot, $0.cost) }, look.count)
    for choice in taken {
      let pair = pairs[choice]
      trails[pair.trail].bank = pair.bank
      trails[pair.trail].notice(pair.distance)
      update(pair.trail, look[pair.plot], dynamics, &updates)
    }
    let used = taken.map { pairs[$0].plot }
    return look.indices.filter { !used.contains($0) && !isOldNews(look[$0]) }.map { look[$0] }
  }

  /// The bank of a trail at a plot that may be its own, and what it costs to say so.
  ///
  /// A body that was followed well and then missed may have changed its drag: it is looked for
  /// again with more doubt before it is given up.
  private func meeting(
    _ trail: Trail, _ measured: Measurement, _ dynamics: Dynamics
  ) -> (bank: Bank, cost: Double, distance: Double)? {
    var bank = trail.bank
    bank.advance(to: measured.time, dynamics, priors)
    let (distance, logLikelihood) = bank.likelihood(of: measured)
    if distance < Self.gate { return (bank, -logLikelihood, distance) }
    let wait = (measured.time - trail.lastPlot).inSeconds
    guard trail.plots >= 6, wait > 1.4 * (rhythms[measured.radar].interval ?? 4) else { return nil }
    bank = trail.bank
    bank.doubt(logDrag: 0.7, speed: 15)
    bank.advance(to: measured.time, dynamics, priors)
    let (wider, lower) = bank.likelihood(of: measured)
    return wider < Self.gate ? (bank, 5 - lower, wider) : nil
  }

  /// A radar sees a body once a look: not again before a fifth of its interval has passed (which
  /// may itself have been learned across misses).
  private func isDue(_ trail: Trail, _ measured: Measurement) -> Bool {
    guard measured.time >= trail.bank.time else { return false }
    guard let sight = trail.seen.first(where: { $0.radar == measured.radar }) else { return true }
    let interval = rhythms[measured.radar].interval ?? 0
    return (measured.time - sight.time).inSeconds > 0.2 * interval
  }

  /// A plot that came late, of a body that is already followed beyond it: it would only start a
  /// double.
  private func isOldNews(_ measured: Measurement) -> Bool {
    trails.contains { trail in
      let span = (measured.time - trail.bank.time).inSeconds
      guard trail.isAlive, span < 0, span > -10, measured.time >= trail.firstPlot else {
        return false
      }
      let estimate = trail.bank.best.estimate
      let gap = length(measured.place - (estimate.place + span * estimate.velocity))
      let spread = estimate[0, 0] + estimate[1, 1] + estimate[2, 2]
      return gap < 4 * (spread + dot(measured.sigmas, measured.sigmas)).squareRoot()
        + 30 * span * span
    }
  }

  /// Which of the possible pairs are made, as their numbers.
  private func settle(_ pairs: [(trail: Int, plot: Int, cost: Double)], _ plots: Int) -> [Int] {
    if pairs.count == 1 { return [0] }
    let rows = pairs.map(\.trail).reduce(into: [Int]()) {
      if $0.last != $1 { $0.append($1) }
    }
    var costs = [[Double?]](repeating: [Double?](repeating: nil, count: plots), count: rows.count)
    for pair in pairs {
      if let row = rows.firstIndex(of: pair.trail) { costs[row][pair.plot] = pair.cost }
    }
    // To be idle must cost more than any pair in its gate.
    let idle = (pairs.map(\.cost).max() ?? 0) + 1
    let chosen = assign(costs, idle: idle)
    return pairs.indices.filter { index in
      guard let row = rows.firstIndex(of: pairs[index].trail) else { return false }
      return chosen[row] == pairs[index].plot
    }
  }

  private mutating func update(
    _ index: Int, _ measured: Measurement, _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    var bank = trails[index].bank
    bank.correct(
      measured, site: sites[measured.radar], dopplerSigma: settings.dopplerSigma)
    guard bank.isFinite else { return }
    // Two plots may be of two bodies, and their span would mislead.
    if trails[index].plots >= 3,
      let sight = trails[index].seen.first(where: { $0.radar == measured.radar })
    {
      rhythms[measured.radar].note((measured.time - sight.time).inSeconds)
    }
    trails[index].bank = bank
    trails[index].note(measured)
    trails[index].deadline = firstDoubt(trails[index])
    refresh(index, dynamics, &updates)
  }

  /// Makes a forecast if one is due.
  mutating func refresh(
    _ index: Int, _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    guard isForecastDue(trails[index]) else { return }
    trails[index].fit.solve(dynamics, ground: settings.groundHeight, flightPriors)
    let trail = trails[index]
    guard let forecast = forecast(trail, burst: 0, dynamics) else { return }
    trails[index].lastForecast = trail.lastPlot
    trails[index].forecast = forecast
    updates.append(.forecast(describe(trails[index]), forecast))
  }

  /// Forecasts stand on a grid from the first plot on: made at the last plot before each mark, so
  /// that at the mark itself the newest is there.
  private func isForecastDue(_ trail: Trail) -> Bool {
    guard let last = trail.lastForecast else { return true }
    let every = max(settings.forecastEvery.inSeconds, 1e-3)
    let ahead = min(1.05 * interval(trail), every)
    func mark(_ moment: Timestamp) -> Double {
      (((moment - trail.firstPlot).inSeconds + ahead) / every).rounded(.down)
    }
    return mark(trail.lastPlot) > mark(last)
  }
}
