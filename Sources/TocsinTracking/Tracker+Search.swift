import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Looking for new tracks among the plots that none took: candidates, chains of plots that one body could have left, are
/// followed until one is sure enough (`score`).
extension Tracker {
  /// Score from which on a candidate is a track, and where nothing else is in the sky.
  static let confirmation = 7.0
  static let clearSky = 2.5
  /// Seconds that two plots which are all there is must stay so at most.
  static let longestAlone = 0.5
  static let rejection = -12.0
  static let candidateLimit = 600
  /// How many of the candidates that end with one plot are kept.
  static let waysToPlot = 12
  static let looseLimit = 400
  /// With more loose plots than these no missed look is allowed for between two, because the pairs would cost much time
  /// and tell little; nor with more than a few as long as the pace of the radar is unknown.
  static let crowd = 60
  static let few = 8
  /// Seconds that loose plots are kept, for pairs and to count them.
  static let looseSpan = 12.0

  /// Takes the plots of a look that no track took.
  mutating func search(
    _ look: [Measurement], _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    let newest = lastSerial
    for measured in look {
      lastSerial += 1
      candidates +=
        longer(by: measured, lastSerial, dynamics) + pairs(with: measured, lastSerial, dynamics)
      loose.append(LoosePlot(serial: lastSerial, measured: measured))
    }
    if !look.isEmpty {
      score()
      for serial in newest + 1...lastSerial { keepBest(endingWith: serial) }
    }
    if !candidates.isEmpty { confirm(dynamics, &updates) }
  }

  /// Candidates that a plot makes longer; what they were without it stays beside them, since the plot may be another's.
  private func longer(
    by measured: Measurement, _ serial: Int, _ dynamics: Dynamics
  ) -> [Candidate] {
    candidates.compactMap { candidate in
      let span = (measured.time - candidate.last).inSeconds
      let sight = candidate.sights.first { $0.radar == measured.radar }
      let pause = sight.map { (measured.time - $0.time).inSeconds }
      guard pause ?? .infinity > 0.3 * candidate.shortest, span > 0.01,
        candidate.bank.isNear(measured, dynamics),
        !candidate.bank.isFar(from: measured, gate: Self.gate, dynamics, priors)
      else { return nil }
      var candidate = candidate
      candidate.bank.advance(to: measured.time, dynamics, priors)
      guard candidate.bank.likelihood(of: measured).distance < Self.gate else { return nil }
      let own = candidate.bank.correct(
        measured, site: sites[measured.radar], dopplerSigma: settings.dopplerSigma)
      guard candidate.bank.isFinite else { return nil }
      let rhythm = rhythms[measured.radar]
      candidate.logLikelihood +=
        own
        + logMoment(
          after: pause ?? span,
          interval: pause.map { rhythm.certain ?? min(candidate.shortest, $0) },
          turns: rhythm.turns)
      candidate.plots.append(.init(serial: serial, radar: measured.radar))
      candidate.logRising = candidate.bank.logRising(dynamics, priors)
      candidate.last = measured.time
      candidate.shortest = min(candidate.shortest, span)
      candidate.sights.removeAll { $0.radar == measured.radar }
      candidate.sights.append(.init(radar: measured.radar, time: measured.time))
      return candidate
    }
  }

  /// ln of the density of a body's next plot at that moment, per second, the looks that found nothing included.
  ///
  /// A radar looks at a body as regularly as it did before; one look in fifty may come when it likes. Of one that turns
  /// false plots are as regular, and nothing is learned.
  /// - Parameter interval: seconds between looks; `nil` where nothing tells when the next one comes.
  private func logMoment(after span: Double, interval: Double?, turns: Bool) -> Double {
    guard let interval else { return log(settings.detection / max(span, 0.02)) }
    let looks = max((span / interval).rounded(), 1)
    let unlucky = pow(max(1 - settings.detection, 0.01), looks - 1)
    guard !turns else { return log(settings.detection * unlucky / interval) }
    let spread = 0.04 * interval
    let miss = (span - looks * interval) / spread
    let regular = settings.detection * unlucky * exp(-miss * miss / 2) / (spread * 2.5066)
    return log(0.98 * regular + 0.02 * settings.detection / interval)
  }

  /// Two plots make a candidate if a body could have flown from one to the other.
  private func pairs(
    with measured: Measurement, _ serial: Int, _ dynamics: Dynamics
  ) -> [Candidate] {
    return loose.compactMap { first in
      let span = (measured.time - first.measured.time).inSeconds
      let known =
        first.measured.radar == measured.radar ? rhythms[measured.radar].certain : nil
      let interval = known ?? Self.usualInterval
      let looks = loose.count > (known == nil ? Self.few : Self.crowd) ? 1.3 : 2.3
      let gap = length(measured.place - first.measured.place)
      let noise = length(measured.sigmas) + length(first.measured.sigmas)
      guard span > max(0.02, 0.4 * (known ?? 0)),
        span < min(looks * interval, 10),
        gap < 2_500 * span + 3 * noise, gap + 3 * noise > 25 * span,
        let (bank, own) = Bank.start(first.measured, measured, dynamics, priors)
      else { return nil }
      return Candidate(
        bank: bank,
        logLikelihood: own
          + logMoment(
            after: span, interval: known,
            turns: rhythms[measured.radar].turns),
        logRising: bank.logRising(dynamics, priors),
        plots: [
          .init(serial: first.serial, radar: first.measured.radar),
          .init(serial: serial, radar: measured.radar),
        ], first: first.measured.time, last: measured.time, shortest: span,
        sights: [.init(radar: measured.radar, time: measured.time)])
    }
  }

  /// Of the ways that end with a plot only the best few are followed on.
  private mutating func keepBest(endingWith serial: Int) {
    let scores = candidates.filter { $0.plots.last?.serial == serial }.map(\.score).sorted(by: >)
    guard scores.count > Self.waysToPlot else { return }
    candidates.removeAll {
      $0.plots.last?.serial == serial && $0.score < scores[Self.waysToPlot - 1]
    }
  }

  /// The surest first; a plot belongs to one track only.
  mutating func confirm(_ dynamics: Dynamics, _ updates: inout [TrackUpdate]) {
    while let (index, rivals) = surest(), trails.count(where: \.isAlive) < settings.trackLimit {
      let candidate = candidates.remove(at: index)
      candidates.removeAll { other in other.plots.contains { candidate.plots.contains($0) } }
      let serials = candidate.plots.map(\.serial)
      let own = loose.filter { serials.contains($0.serial) }.map(\.measured)
        .sorted { $0.time < $1.time }
      guard let first = own.first else { continue }
      var fit = Fit(first, flightPriors)
      for measured in own.dropFirst() { fit.take(measured) }
      loose.removeAll { serials.contains($0.serial) }
      if own.count > 2 {
        for (earlier, later) in zip(own, own.dropFirst()) where earlier.radar == later.radar {
          rhythms[later.radar].note(from: earlier.time, to: later.time)
        }
      }
      lastNumber += 1
      var trail = Trail(
        number: lastNumber, bank: candidate.bank, fit: fit, plots: candidate.plots.count,
        firstPlot: candidate.first, lastPlot: candidate.last, seen: candidate.sights,
        deadline: candidate.last, purity: 1 / (1 + rivals + exp(-candidate.leastScore)),
        taken: own.map(Trail.Told.init))
      trail.deadline = firstDoubt(trail)
      trails.append(trail)
      refresh(trails.count - 1, dynamics, &updates)
      gather(beside: own, dynamics)
    }
  }

  /// Gives a new track the plots of other radars at the very moments of its own: they would make it again.
  private mutating func gather(beside own: [Measurement], _ dynamics: Dynamics) {
    var taken: [Int] = []
    for plot in loose {
      let isBeside = own.contains {
        $0.radar != plot.measured.radar
          && abs(($0.time - plot.measured.time).inSeconds) <= 0.01
      }
      if isBeside, takeLate(plot.measured, dynamics) { taken.append(plot.serial) }
    }
    loose.removeAll { taken.contains($0.serial) }
    candidates.removeAll { $0.plots.contains { taken.contains($0.serial) } }
  }

  /// The likeliest candidate that may become a track now, and how likely its rivals are beside it.
  private func surest() -> (index: Int, rivals: Double)? {
    let least = leastScore
    let ripe = candidates.indices
      .filter {
        candidates[$0].score > least
          && (candidates[$0].plots.count > 2 || isRipe(candidates[$0]))
      }
      .sorted { (-candidates[$0].score, $0) < (-candidates[$1].score, $1) }
    guard !ripe.isEmpty else { return nil }
    var claimants: [Int: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() {
      for plot in candidate.plots { claimants[plot.serial, default: []].append(index) }
    }
    for index in ripe {
      if let rivals = rivals(of: index, claimants) { return (index, rivals) }
    }
    return nil
  }

  /// Whether two plots are all there is.
  private var isAlone: Bool { loose.count == 2 && !trails.contains(where: \.isAlive) }

  private var leastScore: Double { isAlone ? Self.clearSky : Self.confirmation }

  /// Whether two plots are enough. If they are all there is, they must have stayed so for half their span: where false
  /// plots come, the next one is seldom later. Otherwise the pace of their radars must be known, since two bodies look
  /// like one at another pace, and the look must be over, so that whatever else of it claims the first has come.
  private func isRipe(_ pair: Candidate) -> Bool { ripeness(of: pair).map { $0 <= now } ?? false }

  /// When two plots become enough; `nil` as long as others are there and a pace is unknown.
  private func ripeness(of pair: Candidate) -> Timestamp? {
    var wait = isAlone ? min(0.5 * pair.shortest, Self.longestAlone) : 0
    for plot in pair.plots where !isAlone {
      let rhythm = rhythms[plot.radar]
      guard let interval = rhythm.certain else { return nil }
      wait = max(wait, (rhythm.turns ? 0.05 : 0.3) * interval)
    }
    return pair.last + .nanoseconds(Int64((wait * 1e9).rounded(.up)))
  }

  /// When the next two plots become enough.
  var nextRipe: Timestamp? {
    let least = leastScore
    return candidates.lazy.filter { $0.plots.count == 2 && $0.score > least }
      .compactMap { self.ripeness(of: $0) }.filter { $0 > self.now }.min()
  }

  /// How likely others that claim one of its plots, for a body of another way, are together beside it; `nil` where
  /// too likely. Two plots must be surer than they by e⁶, five as sure, and more ever less, or bodies that fly close
  /// together would never be told.
  private func rivals(of index: Int, _ claimants: [Int: [Int]]) -> Double? {
    let own = candidates[index]
    let limit = exp(2 * Double(own.plots.count - 5))
    var rivals = 0.0
    for (place, plot) in own.plots.enumerated() {
      for other in claimants[plot.serial] ?? [] where other != index {
        let share = exp(min(candidates[other].score - own.score, 50))
        // Each counts once, at the first plot that both claim.
        guard share > 1e-3 * min(limit, 1),
          !candidates[other].plots.contains(where: { own.plots[..<place].contains($0) }),
          candidates[other].plots.contains(where: { !own.plots.contains($0) })
        else { continue }
        rivals += share
        if rivals > limit { return nil }
      }
    }
    return rivals
  }

  /// Drops what is too old or too weak, so that every list stays short.
  mutating func forget() {
    if loose.contains(where: { (now - $0.measured.time).inSeconds > Self.looseSpan }) {
      let claimed = Set(candidates.flatMap { $0.plots.map(\.serial) })
      loose.removeAll {
        (now - $0.measured.time).inSeconds > Self.looseSpan && !claimed.contains($0.serial)
      }
    }
    if loose.count > Self.looseLimit { loose.removeFirst(loose.count - Self.looseLimit) }
    let delays = rhythms.map(\.delay)
    candidates.removeAll { candidate in
      candidate.score < Self.rejection
        || (now - candidate.last).inSeconds - (candidate.sights.map { delays[$0.radar] }.max() ?? 0)
          > min(3.3 * candidate.shortest + 0.2, 12)
    }
    if candidates.count > Self.candidateLimit {
      candidates.sort {
        $0.score != $1.score
          ? $0.score > $1.score
          : $0.plots.lexicographicallyPrecedes($1.plots) { $0.serial < $1.serial }
      }
      // The best way to each plot stays, or a bundle that is hard to tell apart would hide a body elsewhere.
      var ends: Set<Int> = []
      var room = Self.candidateLimit
      candidates.removeAll { candidate in
        room -= 1
        return !ends.insert(candidate.plots.last?.serial ?? 0).inserted && room < 0
      }
    }
    trails.removeAll { trail in trail.end.map { now - $0.time > .seconds(90) } ?? false }
  }
}
