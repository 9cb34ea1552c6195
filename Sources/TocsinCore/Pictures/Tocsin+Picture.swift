public import TocsinModel
import TocsinTracking

extension Tocsin {
  /// What everybody may see.
  /// - Parameter recorded: whether the newest entry is written down.
  public func picture(at now: Timestamp, recorded: Bool) -> PublicPicture {
    let order = warnings.values.sorted { Tocsin.inOrder($1.id, $0.id) }
    return PublicPicture(
      asOf: now.milliseconds, entry: number, mode: mode, title: plan.title,
      timeZone: plan.timeZone, recorded: recorded, zones: zoneStates(of: order, at: now),
      warnings: order.map(state(of:)), health: atlas.districts.indices.map(health(of:)),
      timeline: timeline.sorted { $0.time < $1.time })
  }

  /// How long a zone whose warning has ended stays in the picture.
  static let fading = Duration.seconds(600)

  /// One row for a zone and mode: the warning with the highest stage, then the newest.
  private func zoneStates(of newestFirst: [Warning], at now: Timestamp) -> [PublicPicture.ZoneState]
  {
    var strongest: [String: PublicPicture.ZoneState] = [:]
    for warning in newestFirst {
      for (id, zone) in warning.zones {
        if let ended = zone.ended, ended + Self.fading < now { continue }
        let state = PublicPicture.ZoneState(id, zone, of: warning)
        let key = "\(id) \(warning.mode.rawValue)"
        if let other = strongest[key], other.stage >= state.stage { continue }
        strongest[key] = state
      }
    }
    return strongest.sorted { $0.key < $1.key }.map(\.value)
  }

  private func state(of warning: Warning) -> PublicPicture.WarningState {
    let active = warning.zones.values.filter { $0.ended == nil }
    let stage = active.map(\.stage).max() ?? .ended
    let corrected = warning.zones.values.contains(where: \.corrected)
    let hazard = atlas.hazards[warning.hazard]
    let kind: Notice.Kind = !active.isEmpty ? .warning : corrected ? .correction : .allClear
    return PublicPicture.WarningState(
      id: warning.id, mode: warning.mode, hazard: warning.hazard,
      hazardName: hazard?.name ?? Texts(warning.hazard), stage: stage, issued: warning.issued,
      ended: active.isEmpty ? warning.zones.values.compactMap(\.ended).max() : nil,
      corrected: corrected, zones: warning.zones.keys.sorted(),
      text: hazard?.text(of: kind, stage: stage) ?? [:])
  }

  /// What operators see.
  public func situation(at now: Timestamp) -> Situation {
    Situation(
      asOf: now.milliseconds, entry: number,
      tracks: tracker.tracks.map { track in
        Situation.TrackState(
          id: track.id, position: track.position.quantised, height: track.height.rounded(),
          speedMps: track.velocity.speed.rounded(), phase: track.phase.rawValue, plots: track.plots,
          purity: track.doubt?.purity, rivals: track.doubt?.rivals,
          firstPlot: track.firstPlot, lastPlot: track.lastPlot, radars: track.radars,
          forecast: track.forecast?.quantised,
          probabilities: threats[track.id]?.probabilities
            ?? outcomes.last { $0.track == track.id }?.zones ?? [])
      },
      warnings: warnings.values.sorted { Tocsin.inOrder($1.id, $0.id) },
      sources: plan.sources.map { source in
        let limit = source.heartbeat.map { min(plan.policy.blind, $0 * 3) }
        let silent = limit.map { (lastHeard[source.id] ?? .distantPast) + $0 < now } ?? false
        return Situation.SourceState(
          id: source.id, name: source.name, kind: source.kind, lastHeard: lastHeard[source.id],
          isBlind: silent, hasAuthority: source.hasAuthority)
      },
      radars: radarStates, outcomes: outcomes,
      openDeliveries: openDeliveries.values.sorted { Tocsin.inOrder($0.id, $1.id) },
      refusals: refusals)
  }

  private var radarStates: [Situation.RadarState] {
    guard tracker.radars.count > 1 else { return [] }
    return zip(tracker.radars, zip(tracker.biases, tracker.delays)).map { radar, learned in
      func rounded(_ value: Double, _ places: Double) -> Double {
        (value * places).rounded() / places
      }
      let bias = learned.0
      return Situation.RadarState(
        id: radar.id,
        bias: .init(
          range: rounded(bias.range, 10), azimuth: rounded(bias.azimuth, 1e4),
          elevation: rounded(bias.elevation, 1e4)),
        delaySeconds: rounded(learned.1, 100))
    }
  }
}
