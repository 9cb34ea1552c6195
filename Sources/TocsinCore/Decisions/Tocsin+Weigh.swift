import TocsinModel
import TocsinTracking

extension Tocsin {
  /// Takes what a source told us.
  mutating func weigh(_ statement: Statement, _ answer: inout Answer) {
    guard let source = source(statement.source) else {
      answer.refuse(
        .unknownSource, statement.source,
        "A statement of '\(statement.source)' was recorded and not acted on: the plan knows no such "
          + "source. Add it to the sources.")
      return
    }
    if case .trouble(let text) = statement.content {
      return answer.refuse(.unreadable, source.id, "'\(source.id)': \(text)")
    }
    hear(source.id, at: answer.time)
    switch statement.content {
    case .alive, .trouble: break
    case .said(let said): note(said, statement, &answer)
    case .announcement(let announcement): weigh(announcement, statement, source, &answer)
    case .met(let met): heed(met, of: source, &answer)
    }
  }

  /// Forecasts use a met message from now on.
  private mutating func heed(_ met: Met, of source: Source, _ answer: inout Answer) {
    guard met.isUsable else {
      return answer.refuse(
        .unreadable, source.id,
        "A met message of '\(source.id)' was not used: its heights must rise, every column be as long "
          + "as they are, every number possible. Correct it at the source.")
    }
    tracker.settings.met = met
  }

  /// A radar is a source too, whether or not the plan says more about it.
  func source(_ id: String) -> Source? {
    plan.sources.first { $0.id == id }
      ?? (atlas.radars.contains(id) ? Source(id: id, name: Texts(id), kind: .radar) : nil)
  }

  private mutating func note(
    _ said: Record.Statement, _ statement: Statement, _ answer: inout Answer
  ) {
    let faults = said.faults
    guard faults.isEmpty else {
      for fault in faults {
        answer.refuse(
          .unreadable, statement.source,
          "A statement of '\(statement.source)' is not in the record: \(fault). Correct it there.")
      }
      return
    }
    guard said.isForTheTimeline else { return }
    timeline.append(
      PublicPicture.Line(
        time: statement.said ?? time ?? Timestamp(nanoseconds: 0), kind: .statement,
        text: said.sentence, source: said.attribution))
  }

  private mutating func weigh(
    _ announcement: Announcement, _ statement: Statement, _ source: Source,
    _ answer: inout Answer
  ) {
    guard source.hasAuthority, announcement.bystander == nil else {
      return note(announcement, statement, source)
    }
    guard announcement.stage == .ended || atlas.hazards[announcement.hazard] != nil else {
      return answer.refuse(
        .unknownHazard, announcement.hazard,
        "'\(source.id)' named the hazard '\(announcement.hazard)', which the plan does not know. "
          + "Nothing was sounded: add it to the hazards.")
    }
    guard heedClock(of: statement, announcement, source, &answer) else { return }
    // A clock that runs ahead shall not silence whoever speaks next.
    let said = min(statement.said ?? answer.time, answer.time)
    guard isTimely(announcement, said, answer.time) else {
      return answer.refuse(
        .stale, source.id,
        "'\(source.id)' announced something of \(said): too old to sound. Check its delay.")
    }
    if let message = announcement.message {
      return weigh(message, announcement, said, source, &answer)
    }
    let zones = newest(
      zones(of: announcement, source, &answer), announcement.hazard, said, source, &answer)
    guard !zones.isEmpty else { return }
    heard(said, of: zones.map(\.id), announcement.hazard, source)
    if announcement.stage == .ended {
      endByAuthority(zones, source, announcement, &answer)
    } else {
      warn(zones, announcement, source, &answer)
    }
  }

  /// Whether what a source said is taken though its clock runs ahead of ours: a danger is, by an hour at most (which
  /// is what a clock that missed the change to summer time is wrong by); an end is not.
  private func heedClock(
    of statement: Statement, _ announcement: Announcement, _ source: Source,
    _ answer: inout Answer
  ) -> Bool {
    guard let said = statement.said, said > answer.time + plan.policy.oldestStatement else {
      return true
    }
    let isTaken = announcement.stage != .ended && said <= answer.time + .seconds(3600)
    answer.refuse(
      .future, source.id,
      "'\(source.id)' announced something of \(said), which is yet to come: "
        + (isTaken ? "it is sounded all the same" : "nothing was sounded or ended")
        + ". Check its clock and ours.")
    return isTaken
  }

  /// What says how long it holds may come late; the end of a message is true whenever it comes.
  private func isTimely(
    _ announcement: Announcement, _ said: Timestamp, _ now: Timestamp
  ) -> Bool {
    if announcement.stage == .ended, announcement.message != nil { return true }
    return announcement.expires.map { $0 > now } ?? (said + plan.policy.oldestStatement >= now)
  }

  /// What a source without authority announces is recorded only.
  private mutating func note(
    _ announcement: Announcement, _ statement: Statement, _ source: Source
  ) {
    let hazard = atlas.hazards[announcement.hazard]?.name["en"] ?? announcement.hazard
    let places = announcement.places.map { written in
      let zones = atlas.names.match(written).zones.compactMap(atlas.zone)
      guard !zones.isEmpty else { return written }
      return zones.map { $0.name["en"] }.joined(separator: "; ") + " (\(written))"
    }
    let verb = announcement.stage == .ended ? "ended" : "siren"
    timeline.append(
      PublicPicture.Line(
        time: statement.said ?? time ?? Timestamp(nanoseconds: 0), kind: .statement,
        text: "\(hazard), \(verb): " + places.joined(separator: "; "),
        source: announcement.bystander ?? source.name["en"]))
  }

  func zones(
    of announcement: Announcement, _ source: Source, _ answer: inout Answer
  ) -> [Zone] {
    guard let ids = announcement.zones else {
      return zones(named: announcement.places, source, &answer)
    }
    for id in ids where atlas.zone(id) == nil {
      answer.refuse(
        .unknownPlace, id,
        "'\(source.id)' named the zone '\(id)', which the plan in force does not have: nobody was "
          + "warned there.")
    }
    return Set(ids).sorted().compactMap(atlas.zone)
  }

  /// Names joined to zones; what the map does not know is told, one by one, and never dropped in silence.
  private func zones(
    named places: [String], _ source: Source, _ answer: inout Answer
  ) -> [Zone] {
    var ids: [String] = []
    for place in places {
      let found = atlas.names.match(place)
      ids += found.zones
      for name in found.ambiguous {
        ids += name.zones
        answer.refuse(
          .ambiguousPlace, name.name,
          "'\(source.id)' named '\(name.name)', which is the name of several zones: all of them are "
            + "meant until it says which.")
      }
      for name in found.unknown {
        answer.refuse(
          .unknownPlace, name,
          "'\(source.id)' named '\(name)', which our map does not know: nobody was warned by that "
            + "name. Add it to the zones or their names.")
      }
    }
    return Set(ids).sorted().compactMap(atlas.zone)
  }

  /// Drops the zones on whose hazard somebody has spoken later: a slower source never overwrites a newer state.
  ///
  /// - Parameter ownToo: whether the source's own later words count; those of chained messages do not, which
  ///   say themselves what they replace.
  func newest(
    _ zones: [Zone], _ hazard: String, _ said: Timestamp, _ source: Source, ownToo: Bool = true,
    _ answer: inout Answer
  ) -> [Zone] {
    let late = zones.filter { zone in
      (lastWord[zone.id] ?? [:]).contains { spoken, word in
        (hazard.isEmpty || spoken.isEmpty || spoken == hazard) && said < word.said
          && (ownToo || word.source != source.id)
      }
    }
    if !late.isEmpty {
      answer.refuse(
        .superseded, source.id,
        "'\(source.id)' spoke of \(late.map(\.id).joined(separator: ", ")) as of \(said); a newer "
          + "word on them is in force.", count: late.count)
    }
    return zones.filter { zone in !late.contains { $0.id == zone.id } }
  }

  mutating func heard(
    _ said: Timestamp, of zones: [String], _ hazard: String, _ source: Source
  ) {
    for zone in zones where (lastWord[zone]?[hazard]?.said).map({ $0 <= said }) ?? true {
      lastWord[zone, default: [:]][hazard] = LastWord(said: said, source: source.id)
    }
  }

  private mutating func warn(
    _ zones: [Zone], _ announcement: Announcement, _ source: Source, _ answer: inout Answer
  ) {
    let id =
      running(source, announcement.hazard, answer)
      ?? open(.source(source.id), hazard: announcement.hazard, mode: mode, answer)
    call(zones.map { Call(zone: $0) }, under: id, announcement.stage, &answer)
  }

  /// A source's warning of the same hazard that it spoke of within the policy's time of renewal.
  private func running(_ source: Source, _ hazard: String, _ answer: Answer) -> String? {
    warnings.values.filter { warning in
      warning.cause == .source(source.id) && warning.hazard == hazard && warning.isActive
        && warning.decisions.last { $0.kind != .allClear }
          .map { $0.time + plan.policy.renewal > answer.time } ?? false
    }.map(\.id).max(by: Tocsin.inOrder)
  }

  /// The end comes from the authority that warned.
  private mutating func endByAuthority(
    _ zones: [Zone], _ source: Source, _ announcement: Announcement, _ answer: inout Answer
  ) {
    let ids = Set(zones.map(\.id))
    for id in warnings.keys.sorted(by: Tocsin.inOrder) {
      guard let warning = warnings[id], warning.cause == .source(source.id),
        announcement.hazard.isEmpty || warning.hazard == announcement.hazard
      else { continue }
      let over = warning.activeZones.filter(ids.contains)
      end(over, of: id, .allClear, note: "'\(source.id)' ended it", &answer)
    }
  }
}
