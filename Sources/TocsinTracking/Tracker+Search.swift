import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Looking for new tracks among the plots that none took.
///
/// Every candidate carries the ln of how much likelier its plots are as one body than as false
/// plots. The rate of false plots is counted from those that remain loose, so a clear sky gives a
/// track with two plots and a crowded one asks for three or four. Source: Y. Bar-Shalom, P.
/// Willett, X. Tian, "Tracking and Data Fusion", 2011 (track score).
extension Tracker {
  static let confirmation = 3.5
  static let rejection = -12.0
  static let candidateLimit = 150
  static let looseLimit = 400
  /// Seconds that loose plots are kept, for pairs and to count them.
  static let looseSpan = 12.0

  mutating func search(
    _ measured: Measurement, _ dynamics: Dynamics, _ updates: inout [TrackUpdate]
  ) {
    lastSerial += 1
    let serial = lastSerial
    extend(with: measured, serial, dynamics)
    pair(measured, serial, dynamics)
    loose.append(LoosePlot(serial: serial, measured: measured))
    confirm(dynamics, &updates)
  }

  /// ln of the density of false plots, per m³ and second, when `own` of the loose plots are not
  /// false.
  private func logFalseDensity(_ radar: Int, at time: Timestamp, own: Int) -> Double {
    let others = loose.count { $0.measured.radar == radar } - own
    let heard = firstHeard[radar].map { (time - $0).inSeconds } ?? 0
    let rate = (0.05 + Double(max(others, 0))) / (10 + min(max(heard, 0), Self.looseSpan))
    return log(rate / settings.falsePlotVolume)
  }

  /// ln of the density at which bodies come into sight, in the same measure.
  private var logNewDensity: Double { log(0.003 / settings.falsePlotVolume) }

  private mutating func extend(with measured: Measurement, _ serial: Int, _ dynamics: Dynamics) {
    for index in candidates.indices {
      let candidate = candidates[index]
      let span = (measured.time - candidate.last).inSeconds
      guard span > 0.5 * candidate.shortest, span > 0.01, isNear(candidate, measured),
        !candidate.bank.isFar(from: measured, gate: Self.gate, dynamics, priors)
      else { continue }
      var bank = candidate.bank
      bank.advance(to: measured.time, dynamics, priors)
      guard bank.likelihood(of: measured).distance < Self.gate else { continue }
      let own = bank.correct(
        measured, site: sites[measured.radar], dopplerSigma: settings.dopplerSigma)
      guard bank.isFinite else { continue }
      let density = logFalseDensity(measured.radar, at: measured.time, own: candidate.plots.count)
      candidates[index].bank = bank
      candidates[index].score +=
        log(settings.detection) + own - density - log(max(span, 0.02))
        + missed(candidate, span)
      candidates[index].plots.append(serial)
      candidates[index].last = measured.time
      candidates[index].shortest = min(candidate.shortest, span)
      candidates[index].sights.removeAll { $0.radar == measured.radar }
      candidates[index].sights.append(.init(radar: measured.radar, time: measured.time))
    }
  }

  private func isNear(_ candidate: Candidate, _ measured: Measurement) -> Bool {
    let span = (measured.time - candidate.bank.time).inSeconds
    let estimate = candidate.bank.best.estimate
    let gap = length(measured.place - (estimate.place + span * estimate.velocity))
    let spread = (0..<3).reduce(0) {
      $0 + estimate[$1, $1] + span * span * estimate[$1 + 3, $1 + 3]
    }
    return gap < 6 * (spread + dot(measured.sigmas, measured.sigmas)).squareRoot()
      + 300 * span * span + 10
  }

  /// ln of the probability of the looks that found nothing in between.
  private func missed(_ candidate: Candidate, _ span: Double) -> Double {
    let looks = (span / candidate.shortest).rounded() - 1
    return max(looks, 0) * log(max(1 - settings.detection, 0.01))
  }

  /// Two plots make a candidate if a body could have flown from one to the other.
  private mutating func pair(_ measured: Measurement, _ serial: Int, _ dynamics: Dynamics) {
    // In a clear sky a missed look between the two is allowed for; in a crowd it would only cost
    // time.
    let looks = loose.count > 8 ? 1.3 : 2.3
    for first in loose {
      let span = (measured.time - first.measured.time).inSeconds
      let interval = rhythms[measured.radar].interval ?? 4
      let gap = length(measured.place - first.measured.place)
      let noise = length(measured.sigmas) + length(first.measured.sigmas)
      guard span > 0.02, span < min(max(looks * interval, 0.5), 10),
        gap < 2_500 * span + 3 * noise, gap + 3 * noise > 25 * span,
        let (bank, own) = Bank.start(first.measured, measured, dynamics, priors)
      else { continue }
      let density = logFalseDensity(measured.radar, at: measured.time, own: 1)
      let score =
        logNewDensity - density + log(settings.detection) + own - density - log(max(span, 0.02))
      guard score > Self.rejection else { continue }
      candidates.append(
        Candidate(
          bank: bank, score: score, plots: [first.serial, serial], first: first.measured.time,
          last: measured.time, shortest: span,
          sights: [.init(radar: measured.radar, time: measured.time)]))
    }
  }

  /// The surest first; a plot belongs to one track only.
  private mutating func confirm(_ dynamics: Dynamics, _ updates: inout [TrackUpdate]) {
    while let index = surest(), trails.count(where: \.isAlive) < settings.trackLimit {
      let candidate = candidates.remove(at: index)
      candidates.removeAll { other in other.plots.contains { candidate.plots.contains($0) } }
      let own = loose.filter { candidate.plots.contains($0.serial) }.map(\.measured)
        .sorted { $0.time < $1.time }
      guard let first = own.first else { continue }
      var fit = Fit(first, flightPriors)
      for measured in own.dropFirst() { fit.take(measured) }
      loose.removeAll { candidate.plots.contains($0.serial) }
      lastNumber += 1
      var trail = Trail(
        number: lastNumber, bank: candidate.bank, fit: fit, plots: candidate.plots.count,
        firstPlot: candidate.first, lastPlot: candidate.last, seen: candidate.sights,
        deadline: candidate.last)
      trail.deadline = firstDoubt(trail)
      trails.append(trail)
      refresh(trails.count - 1, dynamics, &updates)
    }
  }

  private func surest() -> Int? {
    candidates.indices.filter { candidates[$0].score > Self.confirmation }
      .max { candidates[$0].score < candidates[$1].score }
  }

  /// Drops what is too old or too weak, so that every list stays short.
  mutating func forget() {
    loose.removeAll { (now - $0.measured.time).inSeconds > Self.looseSpan }
    if loose.count > Self.looseLimit { loose.removeFirst(loose.count - Self.looseLimit) }
    let delays = rhythms.map(\.delay)
    candidates.removeAll { candidate in
      candidate.score < Self.rejection
        || (now - candidate.last).inSeconds - (candidate.sights.map { delays[$0.radar] }.max() ?? 0)
          > min(3.3 * candidate.shortest + 0.2, 12)
    }
    if candidates.count > Self.candidateLimit {
      candidates.sort {
        $0.score != $1.score ? $0.score > $1.score : $0.plots.lexicographicallyPrecedes($1.plots)
      }
      candidates.removeLast(candidates.count - Self.candidateLimit)
    }
    trails.removeAll { trail in trail.end.map { now - $0.time > .seconds(90) } ?? false }
  }
}
