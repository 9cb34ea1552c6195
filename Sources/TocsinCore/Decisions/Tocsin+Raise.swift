import TocsinModel

/// What is to be said of one zone.
struct Call {
  var zone: Zone
  var expected: Timestamp?
  var probability: Double?
  var threshold: Double?
  /// Until when the authority that says it holds it to be so.
  var until: Timestamp?
}

extension Tocsin {
  /// A new warning, without zones yet.
  mutating func open(_ cause: Warning.Cause, hazard: String, mode: Mode, _ answer: Answer) -> String
  {
    let id = "W\(answer.event.number)"
    warnings[id] = Warning(id: id, mode: mode, hazard: hazard, cause: cause, issued: answer.time)
    return id
  }

  /// Puts zones under a warning and tells the channels: the one place where a warning grows.
  ///
  /// Zones that it does not hold at this stage are new; those it holds at it are renewed. A lower stage
  /// changes nothing where a higher one is in force: only an end takes danger back.
  mutating func call(
    _ calls: [Call], under id: String, _ stage: Stage, note: String? = nil,
    basis: Warning.Decision? = nil, ref: String? = nil, _ answer: inout Answer
  ) {
    let known = calls.filter { heldStage(of: $0.zone.id, under: id) == stage }
    let new = calls.filter { heldStage(of: $0.zone.id, under: id) < stage }
    let hasSpoken = !warnings[id]!.zones.isEmpty
    let kind: Notice.Kind = hasSpoken ? .extension : .warning
    tell(new, under: id, stage, kind, note: note, basis: basis, ref: ref, &answer)
    tell(known, under: id, stage, .renewal, note: note, basis: basis, ref: ref, &answer)
  }

  private func heldStage(of zone: String, under id: String) -> Stage {
    guard let state = warnings[id]?.zones[zone], state.ended == nil else { return .ended }
    return state.stage
  }

  private mutating func tell(
    _ calls: [Call], under id: String, _ stage: Stage, _ kind: Notice.Kind, note: String?,
    basis: Warning.Decision?, ref: String?, _ answer: inout Answer
  ) {
    guard !calls.isEmpty, var warning = warnings[id] else { return }
    for call in calls {
      warning.zones[call.zone.id] = state(of: call, stage, in: warning, at: answer.time)
    }
    var decision =
      basis
      ?? Warning.Decision(entry: answer.event.number, time: answer.time, kind: kind, zones: [])
    decision.kind = kind
    decision.stage = stage
    decision.note = note
    decision.zones = calls.map {
      .init(zone: $0.zone.id, probability: $0.probability, threshold: $0.threshold)
    }
    warning.decisions.append(decision)
    warning.outlets = plan.outlets.filter { $0.hears(warning.mode) }.map(\.id)
    warnings[id] = warning
    announce(calls.map(\.zone.id), of: warning, stage, kind, ref: ref, &answer)
  }

  private func state(
    of call: Call, _ stage: Stage, in warning: Warning, at time: Timestamp
  ) -> ZoneWarning {
    let stay = call.expected.map { $0 + plan.policy.stay } ?? time + plan.policy.stay
    let before = warning.zones[call.zone.id].flatMap { $0.ended == nil ? $0.expires : nil }
    let seconds = call.expected.map { max(0, ($0 - time).inSeconds) }
    return ZoneWarning(
      stage: stage, issued: time.milliseconds, expected: call.expected?.milliseconds,
      seconds: seconds.map { ($0 * 1000).rounded() / 1000 }
        ?? call.zone.shelterSeconds.map(Double.init),
      shelterSeconds: call.zone.shelterSeconds, probability: call.probability,
      expires: (call.until.map { min($0, time + Policy.longestStated) }
        ?? min(max(stay, before ?? stay), time + plan.policy.longest)).milliseconds)
  }

  /// Ends zones of a warning: an all-clear, or a correction if it had been wrong.
  ///
  /// Zones that another warning still holds are told apart: nobody there may hear that it is all clear.
  mutating func end(
    _ zones: [String], of id: String, _ kind: Notice.Kind, note: String, ref: String? = nil,
    _ answer: inout Answer
  ) {
    guard !zones.isEmpty, var warning = warnings[id] else { return }
    for zone in zones {
      warning.zones[zone]?.ended = answer.time.milliseconds
      warning.zones[zone]?.corrected = kind == .correction
    }
    warning.decisions.append(
      Warning.Decision(
        entry: answer.event.number, time: answer.time, kind: kind, stage: .ended,
        zones: zones.map { .init(zone: $0) }, note: note))
    warnings[id] = warning
    let others = othersInForce(beside: warning)
    let free = zones.filter { others[$0] == nil }
    let stillWarned = zones.filter { others[$0] != nil }
    announce(free, of: warning, .ended, kind, ref: ref, &answer)
    announce(stillWarned, of: warning, .ended, kind, stillUnder: others, ref: ref, &answer)
  }

  /// The zones that other warnings hold, with those warnings' ids. An exercise does not outweigh the end of
  /// real danger; real danger outweighs the end of an exercise.
  private func othersInForce(beside ended: Warning) -> [String: [String]] {
    var others: [String: [String]] = [:]
    for id in warnings.keys.sorted(by: Tocsin.inOrder) where id != ended.id {
      guard let other = warnings[id], other.mode == ended.mode || other.mode == .actual else {
        continue
      }
      for zone in other.activeZones { others[zone, default: []].append(id) }
    }
    return others
  }

  /// The notice of what a warning's zones now are, to the warning's channels and into the timeline.
  private mutating func announce(
    _ zones: [String], of warning: Warning, _ stage: Stage, _ kind: Notice.Kind,
    stillUnder others: [String: [String]] = [:], ref: String?, _ answer: inout Answer
  ) {
    guard !zones.isEmpty else { return }
    let rows = zones.sorted().compactMap { id in
      warning.zones[id].map { state in
        Notice.Row(
          zone: id, seconds: state.seconds, shelterSeconds: state.shelterSeconds,
          expected: state.expected, expires: state.expires, probability: state.probability,
          stillUnder: others[id])
      }
    }
    let hazard = atlas.hazards[warning.hazard]
    let notice = Notice(
      kind: kind, warning: warning.id, hazard: warning.hazard, stage: stage,
      issued: answer.time.milliseconds, rows: rows,
      texts: hazard?.text(of: kind, stage: stage, isStillWarned: !others.isEmpty)
        ?? Texts(warning.hazard), ref: ref)
    answer.deliver(notice, mode: warning.mode, to: warning.outlets)
    timeline.append(
      PublicPicture.Line(
        time: answer.time.milliseconds, kind: PublicPicture.Line.Kind(kind),
        text: (hazard?.name["en"] ?? warning.hazard) + ": " + sentence(kind, stage, zones)
          + (others.isEmpty ? "" : "; another warning is still in force there"),
        source: voice(of: warning), warning: warning.id, zones: zones.sorted()))
  }

  private func sentence(_ kind: Notice.Kind, _ stage: Stage, _ zones: [String]) -> String {
    let names = zones.sorted().map { atlas.zone($0)?.name["en"] ?? $0 }.joined(separator: "; ")
    let urge = stage == .early ? "be ready near a shelter" : "take shelter"
    return switch kind {
    case .warning: "\(urge) in \(names)"
    case .extension: "\(urge) also in \(names)"
    case .renewal: "\(urge), again, in \(names)"
    case .allClear: "all clear in \(names)"
    case .correction: "correction: the warning was sent in error in \(names)"
    }
  }

  /// Whose decision it was, as the public may know it: no radar and no person by name.
  private func voice(of warning: Warning) -> String {
    switch warning.cause {
    case .track: "Tocsin, from radar plots" + (mode == .replay ? " (replay)" : "")
    case .source(let id): plan.sources.first { $0.id == id }?.name["en"] ?? id
    case .operatorOrder: "an operator's order"
    }
  }
}

extension PublicPicture.Line.Kind {
  init(_ kind: Notice.Kind) {
    self =
      switch kind {
      case .warning: .warning
      case .extension: .extension
      case .renewal: .renewal
      case .correction: .correction
      case .allClear: .allClear
      }
  }
}
