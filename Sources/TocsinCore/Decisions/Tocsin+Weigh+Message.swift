import TocsinModel

/// Messages that replace one another, as CAP's do (CAP 1.2, clause 3.2.1, "msgType" and "references").
///
/// The messages of one chain rest on one warning. The newest of them that is whole says what is in force; one that
/// comes late says nothing any more, and one with a gap ends nothing.
extension Tocsin {
  /// A message that comes again, as after a restart of its source, changes nothing. A new one goes on with the
  /// warning of those that it replaces, and ends there what it does not say again.
  mutating func weigh(
    _ message: Announcement.Message, _ announcement: Announcement, _ said: Timestamp,
    _ source: Source, _ answer: inout Answer
  ) {
    var known = messages[source.id]?[message.id] ?? KnownMessage(said: said)
    let part = KnownMessage.Part(stage: announcement.stage, hazard: announcement.hazard)
    guard !known.heeded.contains(part) else { return }
    let replaced = replaced(by: message, source)
    guard !known.isReplaced, replaced.allSatisfy({ latest(of: $0, source) <= said }) else {
      return answer.refuse(
        .superseded, source.id,
        "'\(source.id)' sent the message \(message.id) late: a newer one has taken its place, and nothing was "
          + "changed.")
    }
    known.heeded.append(part)
    known.warnings.formUnion(replaced)
    let zones = zones(of: announcement, source, &answer)
    let gap = gap(in: message)
    known.isWhole = gap == nil
    if announcement.stage == .ended {
      end(replaced, message, announcement, said, source, &answer)
    } else {
      if let gap, !replaced.isEmpty {
        answer.refuse(
          .unknownPlace, source.id,
          "The message \(message.id) of '\(source.id)' takes the place of an earlier one, and \(gap): what was "
            + "warned before it goes on until it is known. End what is over.")
      } else {
        drop(from: replaced, allBut: message.zones, said, source, &answer)
      }
      known.warnings.formUnion(
        warn(zones, message, announcement, said, goingOn: replaced, source, &answer))
    }
    messages[source.id, default: [:]][message.id] = known
    guard gap == nil else { return }
    for id in message.replaces where id != message.id {
      messages[source.id]?[id, default: KnownMessage(said: said)].isReplaced = true
    }
  }

  /// The warnings in force that rest on messages which this one replaces, or on this one itself (which may speak
  /// of several stages); only its own source's.
  private func replaced(by message: Announcement.Message, _ source: Source) -> [String] {
    let ids = (message.replaces + [message.id]).flatMap { messages[source.id]?[$0]?.warnings ?? [] }
    return Set(ids).sorted(by: Tocsin.inOrder).filter { warnings[$0]?.isActive ?? false }
  }

  /// When the newest whole message that a warning rests on was sent.
  private func latest(of warning: String, _ source: Source) -> Timestamp {
    (messages[source.id] ?? [:]).values
      .filter { $0.isWhole && $0.warnings.contains(warning) }.map(\.said).max()
      ?? Timestamp(nanoseconds: 0)
  }

  /// Why what a message warns may be less than what it says.
  private func gap(in message: Announcement.Message) -> String? {
    if let gap = message.gap { return gap }
    let unknown = message.zones.filter { atlas.zone($0) == nil }
    return unknown.isEmpty
      ? nil
      : "it names what the plan in force does not have (\(unknown.joined(separator: ", ")))"
  }

  private mutating func warn(
    _ zones: [Zone], _ message: Announcement.Message, _ announcement: Announcement,
    _ said: Timestamp, goingOn replaced: [String], _ source: Source, _ answer: inout Answer
  ) -> [String] {
    let hazard = announcement.hazard
    let zones = newest(zones, hazard, said, source, ownToo: false, &answer)
    guard !zones.isEmpty else { return [] }
    heard(said, of: zones.map(\.id), hazard, source)
    let id =
      replaced.first { warnings[$0]?.hazard == hazard }
      ?? open(.source(source.id), hazard: hazard, mode: mode, answer)
    call(
      zones.map { Call(zone: $0, until: announcement.expires) }, under: id, announcement.stage,
      note: "'\(source.id)', message \(message.id)", &answer)
    return [id]
  }

  private mutating func drop(
    from replaced: [String], allBut kept: [String], _ said: Timestamp, _ source: Source,
    _ answer: inout Answer
  ) {
    let kept = Set(kept)
    for id in replaced {
      let over = (warnings[id]?.activeZones ?? []).filter { !kept.contains($0) }
      heard(said, of: over, warnings[id]?.hazard ?? "", source)
      end(over, of: id, .allClear, note: "'\(source.id)' no longer names it", &answer)
    }
  }

  private mutating func end(
    _ replaced: [String], _ message: Announcement.Message, _ announcement: Announcement,
    _ said: Timestamp, _ source: Source, _ answer: inout Answer
  ) {
    guard !replaced.isEmpty else {
      return answer.refuse(
        .unknownWarning, source.id,
        "'\(source.id)' ended something that is not in force here (message \(message.id)): nothing was changed."
      )
    }
    for id in replaced {
      let active = warnings[id]?.activeZones ?? []
      let over = announcement.zones.map { zones in active.filter(zones.contains) } ?? active
      heard(said, of: over, warnings[id]?.hazard ?? "", source)
      end(over, of: id, .allClear, note: "'\(source.id)' ended it", &answer)
    }
  }
}
