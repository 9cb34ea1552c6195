public import TocsinModel
import TocsinTracking

/// What an order would do, for the person to read before it is done.
public struct ReadBack: Hashable, Sendable, Codable {
  /// "ACTUAL: take shelter, Rocket fire, 2 zones (Zikim; Karmia), people not known."
  public var sentence: String
  public var mode: Mode
  public var hazard: String
  public var zones: [String]
  /// How many live there; `nil` where any zone does not say it.
  public var people: Int?
}

extension Tocsin {
  /// Carries out an order, or says why not.
  mutating func obey(_ command: Command, _ answer: inout Answer) {
    if case .record(let act) = command.order { return take(act, command, &answer) }
    do {
      let intent = try intent(of: command)
      switch intent.kind {
      case .call(let stage, let warning): call(intent, stage, under: warning, command, &answer)
      case .end(let kind, let warning):
        held[warning] = nil
        end(
          intent.zones.map(\.id), of: warning, kind, note: "ordered by \(command.person)",
          ref: command.ref, &answer)
      case .confirm(let warning): confirm(warning, command, &answer)
      case .pieces(let report):
        tracker = report.tracker
        weigh(report.forecast, of: report.track, reportedBy: command.person, &answer)
        // What has ended threatens no longer; its zones have their time.
        if report.track.end != nil { threats[report.track.id] = nil }
      }
    } catch {
      answer.refuse(error.reason, error.subject, error.text)
    }
  }

  /// The record is a fold over the journal, not a part of the decision: only what could never be in it is
  /// refused here.
  private func take(_ act: Record.Act, _ command: Command, _ answer: inout Answer) {
    for fault in act.faults {
      answer.refuse(
        .unreadable, fault.field,
        "The act of \(command.person) was not recorded: \(fault). Correct it and send it again.")
    }
  }

  /// What an order would do, in one sentence; throws what it would be refused with.
  public func readBack(_ command: Command) throws(Refusal) -> ReadBack {
    let intent = try intent(of: command)
    let people = intent.zones.reduce(Int?.some(0)) { sum, zone in
      zone.people.flatMap { people in sum.map { $0 + people } }
    }
    let hazard = atlas.hazards[intent.hazard]?.name["en"] ?? intent.hazard
    return ReadBack(
      sentence:
        "\(intent.mode.rawValue.uppercased()): \(intent.deed), \(hazard)"
        + (intent.zones.isEmpty
          ? intent.emptiness
          : ", \(Self.list(intent.zones)), "
            + (people.map { "\($0) people" } ?? "people not known") + ".")
        + intent.remarks.map { " " + $0 }.joined(),
      mode: intent.mode, hazard: intent.hazard, zones: intent.zones.map(\.id), people: people)
  }

  /// "2 zones (Zikim; Karmia)".
  private static func list(_ zones: [Zone]) -> String {
    (zones.count == 1 ? "1 zone" : "\(zones.count) zones")
      + " (\(zones.map { $0.name["en"] }.joined(separator: "; ")))"
  }

  /// An order understood: what it means for which zones.
  private struct Intent {
    enum Kind {
      case call(Stage, under: String?)
      case end(Notice.Kind, of: String)
      case confirm(String)
      case pieces(Report)
    }
    var kind: Kind
    var deed: String
    var mode: Mode
    var hazard: String
    var zones: [Zone]
    /// What is said instead of zones where there are none.
    var emptiness = ", no zone."
    /// Sentences that the person must know besides.
    var remarks: [String] = []
  }

  /// That a track was intercepted, and the tracker that has taken it in.
  private struct Report {
    var tracker: Tracker
    var track: Track
    var forecast: Forecast
  }

  private func intent(of command: Command) throws(Refusal) -> Intent {
    let mode = mode == .actual && command.isExercise ? Mode.exercise : mode
    switch command.order {
    case .early(let hazard, let place):
      return Intent(
        kind: .call(.early, under: nil), deed: "early warning", mode: mode,
        hazard: try known(hazard), zones: try zones(in: place))
    case .warn(let hazard, let place):
      return Intent(
        kind: .call(.shelter, under: nil), deed: "take shelter", mode: mode,
        hazard: try known(hazard), zones: try zones(in: place))
    case .extend(let id, let place):
      let warning = try active(id)
      let stage = warning.zones.values.map(\.stage).max() ?? .shelter
      return Intent(
        kind: .call(stage, under: id), deed: "extend \(id)", mode: warning.mode,
        hazard: warning.hazard, zones: try zones(in: place))
    case .correct(let id):
      let warning = try warned(id)
      // Everyone who was told is told, also where it has ended meanwhile.
      return Intent(
        kind: .end(.correction, of: id), deed: "correct \(id): it was sent in error",
        mode: warning.mode, hazard: warning.hazard,
        zones: warning.zones.keys.sorted().compactMap(atlas.zone))
    case .clear(let id):
      let warning = try active(id)
      return Intent(
        kind: .end(.allClear, of: id), deed: "all clear for \(id)", mode: warning.mode,
        hazard: warning.hazard, zones: warning.activeZones.compactMap(atlas.zone))
    case .confirm(let id):
      let warning = try warned(id)
      let zones = held[id]?.zones ?? heldByTracks(of: id)
      guard !zones.isEmpty else {
        throw Refusal(.unknownWarning, subject: id, text: "Nothing of warning \(id) is held back.")
      }
      return Intent(
        kind: .confirm(id), deed: "release what is held of \(id)", mode: warning.mode,
        hazard: warning.hazard, zones: zones.compactMap(atlas.zone))
    case .intercepted(let id):
      guard !command.isExercise else {
        throw Refusal(
          .unknownTrack, subject: id,
          text: "An exercise has no track; order early or warn as an exercise by zones.")
      }
      return intent(of: try report(interceptionOf: id))
    case .record(let act):
      let fault = act.faults.first.map { " It would be refused: \($0)." } ?? ""
      throw Refusal(
        .noAuthority, subject: "record",
        text: "An act of the record warns nobody and has nothing to read back.\(fault)")
    }
  }

  /// Only zones that the track has not warned yet are warned; the others keep their warning for longer.
  private func intent(of report: Report) -> Intent {
    let track = report.track
    let warned = threats[track.id]?.warned ?? []
    let threatened = zones(threatenedBy: report.forecast, at: time ?? track.lastPlot)
    let kept = warned.filter { isWarned($0, under: threats[track.id]?.warning) }
      .sorted().compactMap(atlas.zone)
    var remarks: [String] = []
    if !kept.isEmpty {
      remarks.append("Warned already, and until the pieces are down: \(Self.list(kept)).")
    }
    // Pieces of a track that is followed are there because of a report alone.
    if track.end == nil, track.forecast?.fragments.isEmpty == false {
      remarks.append("An interception of this track was reported before.")
    }
    return Intent(
      kind: .pieces(report), deed: "warn of the pieces of track \(track.id)", mode: mode,
      hazard: plan.trackedHazard, zones: threatened.filter { !warned.contains($0.id) },
      emptiness: ": no zone is warned now.", remarks: remarks)
  }

  private func isWarned(_ zone: String, under warning: String?) -> Bool {
    warning.flatMap { warnings[$0]?.zones[zone] }.map { $0.ended == nil } ?? false
  }

  /// A track that nobody sees has no pieces.
  private func report(interceptionOf id: String) throws(Refusal) -> Report {
    var tracker = tracker
    guard let track = tracker.tracks.first(where: { $0.id == id }),
      let forecast = tracker.take(reportedInterceptionOf: id, at: time ?? track.lastPlot)
    else {
      let known = time.map { tracker.tracksUp(at: $0) } ?? []
      throw Refusal(
        .unknownTrack, subject: id,
        text: "There is no track '\(id)' of the last minute that is still up. Still up: "
          + (known.isEmpty ? "none" : known.joined(separator: ", "))
          + ". Where pieces may fall, warn by zones or a circle.")
    }
    return Report(tracker: tracker, track: track, forecast: forecast)
  }

  private func known(_ hazard: String) throws(Refusal) -> String {
    guard atlas.hazards[hazard] != nil else {
      throw Refusal(
        .unknownHazard, subject: hazard,
        text: "The plan knows no hazard '\(hazard)'. It knows: "
          + plan.hazards.map(\.id).joined(separator: ", ") + ".")
    }
    return hazard
  }

  private func warned(_ id: String) throws(Refusal) -> Warning {
    guard let warning = warnings[id] else {
      throw Refusal(
        .unknownWarning, subject: id,
        text: "There is no warning '\(id)' of the last day. Active: "
          + (activeIDs.isEmpty ? "none" : activeIDs.joined(separator: ", ")) + ".")
    }
    return warning
  }

  private func active(_ id: String) throws(Refusal) -> Warning {
    let warning = try warned(id)
    guard warning.isActive || held[id] != nil else {
      throw Refusal(.unknownWarning, subject: id, text: "Warning \(id) has ended already.")
    }
    return warning
  }

  private var activeIDs: [String] {
    warnings.values.filter(\.isActive).map(\.id).sorted(by: Tocsin.inOrder)
  }

  private mutating func call(
    _ intent: Intent, _ stage: Stage, under warning: String?, _ command: Command,
    _ answer: inout Answer
  ) {
    let id =
      warning
      ?? open(.operatorOrder(command.person), hazard: intent.hazard, mode: intent.mode, answer)
    // One person warns narrowly; an exercise on live channels needs two from the first zone.
    let room = intent.mode == .exercise ? 0 : plan.policy.wide
    let rest = intent.zones.dropFirst(room).map(\.id)
    call(
      intent.zones.prefix(room).map { Call(zone: $0) }, under: id, stage,
      note: "ordered by \(command.person)", ref: command.ref, &answer)
    guard !rest.isEmpty else { return }
    held[id] = Held(
      zones: rest, until: answer.time + plan.policy.confirmation, person: command.person,
      stage: stage)
    answer.refuse(
      .twoPeople, id,
      "\(rest.count) zones of \(id) wait for a second person, at most "
        + "\(plan.policy.confirmation.inSeconds) s: 'tocsin order confirm \(id)' with another key.",
      count: rest.count)
  }

  private mutating func confirm(_ id: String, _ command: Command, _ answer: inout Answer) {
    guard let order = held[id] else { return releaseTracks(of: id, command, &answer) }
    guard order.person != command.person else {
      return answer.refuse(
        .twoPeople, id,
        "\(command.person) gave the order and cannot second it; another person's key is needed.")
    }
    held[id] = nil
    call(
      order.zones.compactMap(atlas.zone).map { Call(zone: $0) }, under: id, order.stage,
      note: "ordered by \(order.person), seconded by \(command.person)", ref: command.ref, &answer)
  }

  private func heldByTracks(of id: String) -> [String] {
    Set(threats.values.filter { $0.warning == id }.flatMap(\.held)).sorted()
  }

  private mutating func releaseTracks(
    of id: String, _ command: Command, _ answer: inout Answer
  ) {
    let zones = heldByTracks(of: id)
    for (track, threat) in threats where threat.warning == id {
      threats[track]?.warned += threat.held
      threats[track]?.held = []
      threats[track]?.heldUntil = nil
    }
    call(
      zones.compactMap(atlas.zone).map { Call(zone: $0) }, under: id, .shelter,
      note: "seconded by \(command.person)", ref: command.ref, &answer)
  }
}
