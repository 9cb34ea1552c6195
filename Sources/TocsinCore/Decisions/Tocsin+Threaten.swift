import TocsinModel
import TocsinTracking

extension Tocsin {
  /// Takes a batch of plots: refuses those that cannot be believed, follows the rest.
  mutating func threaten(with plots: [Plot], _ answer: inout Answer) {
    let sound = sifted(plots, &answer)
    for plot in sound { hear(plot.radar, at: answer.time) }
    follow(tracker.receive(sound, at: answer.time), &answer)
  }

  /// Refusals are counted by radar and reason: a flood of bad plots is one line, not a thousand.
  private func sifted(_ plots: [Plot], _ answer: inout Answer) -> [Plot] {
    var sound: [Plot] = []
    var unsound: [Refusal.Reason: [String: Int]] = [:]
    for plot in plots {
      if let reason = objection(to: plot, at: answer.time) {
        unsound[reason, default: [:]][plot.radar, default: 0] += 1
      } else {
        sound.append(plot)
      }
    }
    for (reason, radars) in unsound.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for (radar, count) in radars.sorted(by: { $0.key < $1.key }) {
        answer.refuse(reason, radar, advice(on: reason, radar, count), count: count)
      }
    }
    return sound
  }

  private func objection(to plot: Plot, at time: Timestamp) -> Refusal.Reason? {
    guard atlas.radars.contains(plot.radar) else { return .unknownRadar }
    guard plot.range.isFinite, plot.range > 0, plot.azimuth.isFinite, abs(plot.elevation) <= 90
    else { return .unreadable }
    if plot.measured + plan.policy.oldestPlot < time { return .stale }
    if plot.measured > time + plan.policy.newestPlot { return .future }
    return nil
  }

  private func advice(on reason: Refusal.Reason, _ radar: String, _ count: Int) -> String {
    let subject = "\(count) plot\(count == 1 ? "" : "s") of radar '\(radar)'"
    return switch reason {
    case .unknownRadar: "\(subject) refused: the plan knows no such radar. Add it to the radars."
    case .stale:
      "\(subject) refused: older than \(plan.policy.oldestPlot.inSeconds) s. Check the link's delay "
        + "and the radar's clock."
    case .future:
      "\(subject) refused: ahead of our clock by more than \(plan.policy.newestPlot.inSeconds) s. "
        + "Check both clocks."
    default: "\(subject) refused: range, azimuth or elevation is no possible number."
    }
  }

  /// Answers what the tracker found out.
  mutating func follow(_ updates: [TrackUpdate], _ answer: inout Answer) {
    for update in updates {
      switch update {
      case .forecast(let track, let forecast): weigh(forecast, of: track, &answer)
      case .ended(let track, let end): conclude(track, end)
      }
    }
  }

  /// Warns the zones whose probability reaches the policy's threshold for the time that is left.
  mutating func weigh(
    _ forecast: Forecast, of track: Track, reportedBy person: String? = nil,
    _ answer: inout Answer
  ) {
    let forecast = forecast.quantised
    var threat = threats[track.id] ?? Threat()
    let chances = atlas.chances(of: forecast)
    threat.probabilities = atlas.joined(chances, ended: forecast.ended)
    let calls = calls(for: chances, forecast, at: answer.time)
    let fresh = calls.filter { !threat.warned.contains($0.zone.id) }
    // A person beside the radar is a second witness; and what has burst was followed long enough.
    let isWitnessed = person != nil || forecast.ended
    let now = isWitnessed ? fresh : admitted(fresh, of: track, &threat, &answer)
    if !now.isEmpty {
      let cause = person.map { Warning.Cause.operatorOrder($0) } ?? .track(track.id)
      let id = threat.warning ?? episode(cause, answer)
      threat.warning = id
      threat.warned += now.map(\.zone.id)
      let basis = Warning.Decision(
        entry: answer.event.number, time: answer.time, kind: .warning, forecast: forecast,
        plots: track.plots, purity: track.doubt?.purity, rivals: track.doubt?.rivals,
        radars: track.radars, zones: [])
      call(
        now, under: id, .shelter, note: person.map { "intercepted, as \($0) reports" },
        basis: basis, &answer)
    }
    prolong(threat, expected: max(forecast.impactTime, forecast.lastFragment ?? .distantPast))
    threats[track.id] = threat
  }

  /// For the whole body while there is one, and for its pieces; each by its own threshold.
  private func calls(
    for chances: Atlas.Chances, _ forecast: Forecast, at time: Timestamp
  ) -> [Call] {
    let whole = forecast.ended ? [] : calls(for: chances.body, forecast, at: time)
    let pieces = calls(forPieces: chances.pieces, forecast).filter { piece in
      !whole.contains { $0.zone.id == piece.zone.id }
    }
    return whole + pieces
  }

  /// Zones on which a piece of some kind is likely enough to fall. The time told is that of the first
  /// piece, which comes down soonest.
  private func calls(forPieces probabilities: [ZoneProbability], _ forecast: Forecast) -> [Call] {
    let threshold = plan.policy.fragmentThreshold
    let first = forecast.fragments.map(\.impactTime).min()
    return probabilities.compactMap { row in
      guard row.probability >= threshold, let zone = atlas.zone(row.zone) else { return nil }
      return Call(
        zone: zone, expected: first, probability: row.probability,
        threshold: (threshold * 1e4).rounded() / 1e4)
    }
  }

  /// The zones that a forecast with pieces would have warned now, those of the body too.
  func zones(threatenedBy forecast: Forecast, at time: Timestamp) -> [Zone] {
    let forecast = forecast.quantised
    return calls(for: atlas.chances(of: forecast), forecast, at: time).map(\.zone)
  }

  private func calls(
    for probabilities: [ZoneProbability], _ forecast: Forecast, at time: Timestamp
  ) -> [Call] {
    let timeLeft = (forecast.impactTime - time).inSeconds
    let spread = (forecast.covariance.eastEast + forecast.covariance.northNorth).squareRoot()
    return probabilities.compactMap { row in
      guard let zone = atlas.zone(row.zone) else { return nil }
      let threshold = plan.policy.threshold(
        timeLeft: timeLeft, shelterSeconds: zone.shelterSeconds, spread: spread,
        timeSigma: forecast.sigmaTime)
      guard row.probability >= threshold else { return nil }
      return Call(
        zone: zone, expected: forecast.impactTime, probability: row.probability,
        threshold: (threshold * 1e4).rounded() / 1e4)
    }
  }

  /// Zones warned because of a track stay warned until its last expected impact and the stay after it.
  private mutating func prolong(_ threat: Threat, expected: Timestamp) {
    guard let id = threat.warning, var warning = warnings[id] else { return }
    for zone in threat.warned {
      guard let state = warning.zones[zone], state.ended == nil else { continue }
      let latest = min(expected + plan.policy.stay, state.issued + plan.policy.longest)
      warning.zones[zone]?.expires = max(state.expires, latest.milliseconds)
    }
    warnings[id] = warning
  }

  /// The warning that a track's zones join: that of a salvo under way, else a new one.
  private mutating func episode(_ cause: Warning.Cause, _ answer: Answer) -> String {
    let running = warnings.values.filter { warning in
      guard case .track = warning.cause, warning.isActive, warning.hazard == plan.trackedHazard,
        let last = warning.decisions.last(where: { $0.forecast != nil })
      else { return false }
      return last.time + plan.policy.renewal > answer.time
    }
    if let id = running.map(\.id).max(by: Tocsin.inOrder) { return id }
    return open(cause, hazard: plan.trackedHazard, mode: mode, answer)
  }

  /// How a track ended, by our sensors' account: one account among others, and nothing about causes.
  private mutating func conclude(_ track: Track, _ end: TrackEnd) {
    let probabilities = threats.removeValue(forKey: track.id)?.probabilities ?? []
    outcomes.append(
      Outcome(
        track: track.id, time: end.time.milliseconds, end: Outcome.End(end.kind),
        ground: ground(for: end), zones: probabilities, lastHeight: end.height.rounded(),
        radars: track.radars))
  }

  /// Over people if the last place was over a zone, else open ground.
  private func ground(for end: TrackEnd) -> Outcome.Ground {
    guard end.kind != .lost else { return .unknown }
    return plan.zones.contains { $0.area.contains(end.place) } ? .zone : .open
  }
}

extension Outcome.End {
  init(_ kind: TrackEnd.Kind) {
    self =
      switch kind {
      case .burst: .burst
      case .impact: .impact
      case .lost: .unknown
      }
  }
}

extension Forecast {
  /// As effects and stored decisions carry it: 1e-6 degrees, 1 ms, whole square meters.
  var quantised: Forecast {
    var copy = self
    copy.impact = impact.quantised
    copy.impactTime = impactTime.milliseconds
    copy.covariance = covariance.quantised
    copy.sigmaTime = (sigmaTime * 1e3).rounded() / 1e3
    copy.burstProbability = (burstProbability * 1e4).rounded() / 1e4
    copy.parts = parts.map(\.quantised)
    copy.fragments = fragments.map(\.quantised)
    return copy
  }
}

extension Forecast.Part {
  fileprivate var quantised: Self {
    var copy = self
    copy.share = (share * 1e4).rounded() / 1e4
    copy.impact = impact.quantised
    copy.impactTime = impactTime.milliseconds
    copy.covariance = covariance.quantised
    copy.sigmaTime = (sigmaTime * 1e3).rounded() / 1e3
    return copy
  }
}

extension Forecast.Covariance {
  fileprivate var quantised: Self {
    .init(
      eastEast: eastEast.rounded(), eastNorth: eastNorth.rounded(),
      northNorth: northNorth.rounded())
  }
}
