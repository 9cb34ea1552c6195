public import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Tracker {
  /// Takes the plots of one batch, in any order and of several radars.
  ///
  /// Plots of unknown radars and plots that are no measurement (not finite, no sigma) are ignored.
  /// - Parameter clock: when they came, by which it is learned how late each radar is; `nil`: only other plots
  ///   tell what time it is.
  /// - Returns: what changed, by track number, and by time within a track.
  public mutating func receive(_ plots: [Plot], at clock: Timestamp? = nil) -> [TrackUpdate] {
    var updates: [TrackUpdate] = []
    let dynamics = self.dynamics
    let measured = measurements(plots)
    var start = measured.startIndex
    while start < measured.endIndex {
      let look = lookFrom(start, measured)
      if measured[start].time > now { updates += advance(to: measured[start].time) }
      take(Array(measured[look]), at: clock, dynamics, &updates)
      start = look.upperBound
    }
    return inOrder(updates)
  }

  /// In the order of time, then radar, then place, so that the order of a batch does not matter.
  private func measurements(_ plots: [Plot]) -> [Measurement] {
    plots.compactMap { plot -> Measurement? in
      guard let index = radars.firstIndex(where: { $0.id == plot.radar }) else { return nil }
      return Measurement(
        plot, radar: index, of: radars[index], site: sites[index], bias: registrations[index])
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
    _ look: [Measurement], at clock: Timestamp?, _ dynamics: Dynamics,
    _ updates: inout [TrackUpdate]
  ) {
    let time = max(now, clock ?? now)
    if time > .distantPast, let first = look.first {
      rhythms[first.radar].note(late: (time - first.time).inSeconds)
    }
    for measured in look {
      rhythms[measured.radar].note(
        measured.time, degrees: sites[measured.radar].azimuth(of: measured.place))
    }
    now = max(now, look.map(\.time).max() ?? now)
    if let last = look.last { rhythms[last.radar].hear(last.time) }
    let rest = follow(look, dynamics, &updates)
    for measured in look where firstHeard[measured.radar] == nil {
      firstHeard[measured.radar] = measured.time
    }
    search(rest, dynamics, &updates)
    forget()
  }
}

// MARK: - Plots into tracks

extension Tracker {
  /// Squared distance of a plot beyond which it is not of the track: 1 in 10,000 of its own lie
  /// outside.
  static let gate = 21.1

  /// A plot that may be of a track, the bank of the track at it, and what it costs to say so.
  struct Pair {
    var trail: Int
    var plot: Int
    var bank: Bank
    var cost: Double
    var distance: Double
  }

  /// Gives the plots of a look to the live tracks; returns those that none took.
  private mutating func follow(
    _ look: [Measurement], _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) -> [Measurement] {
    let pairs = pairs(look, dynamics)
    var isUsed = [Bool](repeating: false, count: look.count)
    for choice in settle(pairs, look.count) {
      let pair = pairs[choice.pair]
      isUsed[pair.plot] = true
      trails[pair.trail].bank = pair.bank
      trails[pair.trail].notice(pair.distance)
      trails[pair.trail].doubt(
        odds: choice.odds, beside: choice.rivals.map { trails[$0].number })
      update(pair.trail, look[pair.plot], dynamics, &updates)
    }
    return look.indices.compactMap { place in
      let measured = look[place]
      if isUsed[place] || isRepeated(measured) || takeLate(measured, dynamics)
        || isOldNews(measured)
      {
        return nil
      }
      return measured
    }
  }

  /// Those within the gate, by trail. The plots stand by their east, so that a trail is held against
  /// those near it alone.
  private func pairs(_ look: [Measurement], _ dynamics: Dynamics) -> [Pair] {
    let order = look.indices.sorted {
      look[$0].place.x != look[$1].place.x ? look[$0].place.x < look[$1].place.x : $0 < $1
    }
    guard let first = look.map(\.time).min(), let last = look.map(\.time).max() else { return [] }
    let noise = look.map { dot($0.sigmas, $0.sigmas) }.max() ?? 0
    var pairs: [Pair] = []
    for index in trails.indices where trails[index].isAlive {
      let outlook = trails[index].outlook
      let range = outlook.easts(from: first, to: last, noise: noise)
      var place = order.partitioningIndex { look[$0].place.x >= range.lowerBound }
      while place < order.count, look[order[place]].place.x <= range.upperBound {
        let measured = look[order[place]]
        if isDue(index, measured), outlook.mayReach(measured),
          let pair = meeting(index, measured, dynamics)
        {
          pairs.append(
            Pair(
              trail: index, plot: order[place], bank: pair.bank, cost: pair.cost,
              distance: pair.distance))
        }
        place += 1
      }
    }
    return pairs
  }

  /// The bank of a trail at a plot that may be its own, and what it costs to say so.
  ///
  /// A body that was followed well and then missed may have changed its drag: it is looked for
  /// again with more doubt before it is given up.
  private func meeting(
    _ index: Int, _ measured: Measurement, _ dynamics: Dynamics
  ) -> (bank: Bank, cost: Double, distance: Double)? {
    let measured = measured.blurred(by: trails[index].outlook.velocity)
    var bank = trails[index].bank
    bank.advance(to: measured.time, dynamics, priors)
    let (distance, logLikelihood) = bank.likelihood(of: measured)
    if distance < Self.gate { return (bank, -logLikelihood, distance) }
    let wait = (measured.time - trails[index].lastPlot).inSeconds
    guard trails[index].plots >= 6, wait > 1.4 * (rhythms[measured.radar].interval ?? 4) else {
      return nil
    }
    bank = trails[index].bank
    bank.doubt(logDrag: 0.7, speed: 15)
    bank.advance(to: measured.time, dynamics, priors)
    let (wider, lower) = bank.likelihood(of: measured)
    return wider < Self.gate ? (bank, 5 - lower, wider) : nil
  }

  /// A radar sees a body once a look: not again before a fifth of its interval has passed (which
  /// may itself have been learned across misses). As long as that is unknown, the track's own plots tell.
  private func isDue(_ index: Int, _ measured: Measurement) -> Bool {
    guard measured.time >= trails[index].bank.time else { return false }
    guard let sight = trails[index].seen.first(where: { $0.radar == measured.radar }) else {
      return true
    }
    let interval = rhythms[measured.radar].interval ?? shortestSpan(index, measured.radar)
    return (measured.time - sight.time).inSeconds > 0.2 * interval
  }

  private func shortestSpan(_ index: Int, _ radar: Int) -> Double {
    trails[index].fit.shortestSpan(of: radar) ?? 0
  }

  /// Whether the same plot came before, as a batch sent twice: it must count once.
  private func isRepeated(_ measured: Measurement) -> Bool {
    trails.contains { $0.fit.has(measured) }
      || loose.contains {
        $0.measured.radar == measured.radar && $0.measured.time == measured.time
          && length($0.measured.place - measured.place) < 0.01
      }
  }

  /// Gives a plot that came late to the one track whose flown way it lies on: the fit takes it at its
  /// own time. Where two ways are as near, neither takes it.
  mutating func takeLate(_ measured: Measurement, _ dynamics: Dynamics) -> Bool {
    var ways: [(index: Int, distance: Double)] = []
    for index in trails.indices where trails[index].isAlive {
      let wait = (trails[index].bank.time - measured.time).inSeconds
      guard wait >= 0, wait < 10,
        trails[index].outlook.mayHaveCome(by: measured, sigmas: 8, bend: 40, slack: 30),
        !trails[index].fit.hasLook(
          of: measured.radar, at: measured.time,
          within: 0.4 * (rhythms[measured.radar].interval ?? 0.05)),
        let place = trails[index].fit.place(at: measured.time, dynamics)
      else { continue }
      let own = measured.blurred(by: trails[index].outlook.velocity)
      let miss = own.place - place
      let distance = (0..<3).reduce(0) { sum, axis in
        let along = dot(own.axes[axis], miss)
        return sum + along * along / (own.sigmas[axis] * own.sigmas[axis] + 25)
      }
      if distance < Self.gate + 9 { ways.append((index, distance)) }
    }
    ways.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
    guard let first = ways.first, first.distance < Self.gate,
      ways.count == 1 || ways[1].distance > first.distance + 9
    else { return false }
    if ways.count > 1 {
      trails[first.index].doubt(odds: exp(0.5 * (first.distance - ways[1].distance)))
    }
    trails[first.index].note(measured.blurred(by: trails[first.index].outlook.velocity))
    return true
  }

  /// A plot that came late, of a body that was already followed beyond it, or had come to its end by then: it
  /// would only start a double.
  private func isOldNews(_ measured: Measurement) -> Bool {
    trails.contains { trail in
      // Of one that has ended no later than when that was found, and near what was last seen of it.
      let until = trail.end.map { max(min($0.time, trail.deadline), trail.bank.time) }
      return (trail.firstPlot..<max(until ?? trail.bank.time, trail.firstPlot))
        .contains(measured.time)
        && (-3..<10).contains((trail.bank.time - measured.time).inSeconds)
        && trail.outlook.mayHaveCome(by: measured, sigmas: 4, bend: 30, slack: 0)
    }
  }

  /// A pair that is made, by its number.
  private struct Choice {
    var pair: Int
    /// How likely the plot is another's, or another plot the track's, beside how likely it is not.
    var odds = 0.0
    /// The trails that may have the plot instead.
    var rivals: [Int] = []
  }

  /// Which of the possible pairs are made; each bundle of tracks that want the same plots is settled for itself.
  private func settle(_ pairs: [Pair], _ plots: Int) -> [Choice] {
    var root = Array(0..<plots)
    func top(_ plot: Int) -> Int {
      var plot = plot
      while root[plot] != plot { plot = root[plot] }
      return plot
    }
    for (pair, next) in zip(pairs, pairs.dropFirst()) where pair.trail == next.trail {
      let (one, other) = (top(pair.plot), top(next.plot))
      root[max(one, other)] = min(one, other)
    }
    let bundles = Dictionary(grouping: pairs.indices) { top(pairs[$0].plot) }
    return bundles.values.flatMap { settle($0, of: pairs) }.sorted { $0.pair < $1.pair }
  }

  private func settle(_ bundle: [Int], of pairs: [Pair]) -> [Choice] {
    if bundle.count == 1 { return [Choice(pair: bundle[0])] }
    let rows = Array(Set(bundle.map { pairs[$0].trail })).sorted()
    let columns = Array(Set(bundle.map { pairs[$0].plot })).sorted()
    let row = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
    let column = Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
    var costs = [[Double?]](
      repeating: [Double?](repeating: nil, count: columns.count), count: rows.count)
    for pair in bundle.map({ pairs[$0] }) {
      if let row = row[pair.trail], let column = column[pair.plot] {
        costs[row][column] = pair.cost
      }
    }
    // To be idle must cost more than any pair in its gate.
    let idle = (bundle.map { pairs[$0].cost }.max() ?? 0) + 1
    let chosen = assign(costs, idle: idle)
    var holders = [Int?](repeating: nil, count: columns.count)
    for (row, column) in chosen.enumerated() { column.map { holders[$0] = row } }
    return bundle.compactMap { index in
      guard let own = row[pairs[index].trail], let plot = column[pairs[index].plot],
        chosen[own] == plot
      else { return nil }
      var choice = Choice(pair: index)
      func may(_ dearer: Double, _ rival: Int?) {
        let odds = exp(-dearer)
        choice.odds += odds
        // Less than one in a hundred is no rival to speak of.
        if let rival, odds > 0.01 { choice.rivals.append(rows[rival]) }
      }
      let cost = pairs[index].cost
      for (other, otherCost) in costs[own].enumerated() where other != plot {
        guard let otherCost else { continue }
        if let holder = holders[other] {
          // The two change plots.
          if let back = costs[holder][plot], let theirs = costs[holder][other] {
            may(otherCost + back - cost - theirs, holder)
          }
        } else {
          may(otherCost - cost, nil)
        }
      }
      for rival in rows.indices where rival != own && chosen[rival] == nil {
        if let theirs = costs[rival][plot] { may(theirs - cost, rival) }
      }
      return choice
    }
  }

  private mutating func update(
    _ index: Int, _ measured: Measurement, _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    let measured = measured.blurred(by: trails[index].outlook.velocity)
    var bank = trails[index].bank
    register(measured, beside: trails[index])
    bank.correct(
      measured, site: sites[measured.radar], dopplerSigma: settings.dopplerSigma)
    guard bank.isFinite else { return }
    // Two plots may be of two bodies, and their span would mislead.
    if trails[index].plots >= 3,
      let sight = trails[index].seen.first(where: { $0.radar == measured.radar })
    {
      rhythms[measured.radar].note(from: sight.time, to: measured.time)
    }
    trails[index].bank = bank
    trails[index].note(measured)
    trails[index].deadline = firstDoubt(trails[index])
    refresh(index, dynamics, &updates)
  }

  /// What two radars disagree about is their bias, once a body flies freely and is known well.
  private mutating func register(_ measured: Measurement, beside trail: Trail) {
    let isShared = trail.seen.contains {
      $0.radar != measured.radar && (measured.time - $0.time).inSeconds < 3
    }
    guard radars.count > 1, isShared, trail.plots >= 10, trail.bank.burningShare < 0.05 else {
      return
    }
    let estimate = trail.bank.best.estimate
    let miss = measured.place - estimate.place
    var (along, spread) = (Vector(), Vector())
    for axis in 0..<3 {
      along[axis] = dot(measured.axes[axis], miss)
      spread[axis] =
        estimate.variance(along: measured.axes[axis])
        + measured.sigmas[axis] * measured.sigmas[axis]
    }
    let away = measured.place - sites[measured.radar].place
    let sine = dot(measured.axes.range, sites[measured.radar].up)
    registrations[measured.radar].take(
      along, spread: spread, range: length(away), cosine: max(1 - sine * sine, 0.01).squareRoot())
  }

  /// Makes a forecast if one is due.
  mutating func refresh(
    _ index: Int, _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    guard isForecastDue(trails[index]) else { return }
    let strangers = trails[index].fit.strangers.count
    let ends = trails[index].fit.solve(dynamics, ground: ground, flightPriors)
    if trails[index].fit.strangers.count > strangers { trails[index].contradict(by: Fit.foreign) }
    let trail = trails[index]
    guard let forecast = forecast(trail, at: ends, burst: 0, dynamics) else { return }
    trails[index].lastForecast = trail.lastPlot
    tell(forecast, of: index, &updates)
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
