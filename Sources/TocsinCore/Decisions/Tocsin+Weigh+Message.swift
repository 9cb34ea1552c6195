import TocsinModel

extension Tocsin {
  /// Takes a message of a source whose messages replace one another.
  ///
  /// A message that comes again, as after a restart of its source, changes nothing. A new one goes on with the
  /// warning of those that it replaces, and ends there what it does not say again.
  mutating func weigh(
    _ message: Announcement.Message, _ announcement: Announcement, _ said: Timestamp,
    _ source: Source, _ answer: inout Answer
  ) {
    let stage = announcement.stage
    let isKnown = (messages[message.id] ?? []).contains {
      $0.stage == stage && $0.hazard == announcement.hazard
    }
    guard !isKnown else { return }
    let replaced = replaced(by: message, source)
    if stage == .ended {
      end(replaced, announcement, source, &answer)
      // Remembered, so that its coming again is no complaint about a warning that is not there.
      messages[message.id] = replaced.map {
        MessageWarning(warning: $0, stage: .ended, hazard: announcement.hazard)
      }
      return
    }
    let zones = newest(zones(of: announcement, source, &answer), said, source, &answer)
    let goesOn = replaced.first { warnings[$0]?.hazard == announcement.hazard }
    drop(from: replaced, allBut: message.zones, source, &answer)
    guard !zones.isEmpty else { return }
    let id =
      goesOn ?? open(.source(source.id), hazard: announcement.hazard, mode: mode, answer)
    messages[message.id, default: []].append(
      MessageWarning(warning: id, stage: stage, hazard: announcement.hazard))
    call(
      zones.map { Call(zone: $0, until: announcement.expires) }, under: id, stage,
      note: "'\(source.id)', message \(message.id)", &answer)
  }

  /// The warnings in force that rest on messages which this one replaces, or on this one itself (which may speak
  /// of several stages); only its own source's.
  private func replaced(by message: Announcement.Message, _ source: Source) -> [String] {
    let ids = (message.replaces + [message.id]).flatMap { messages[$0] ?? [] }.map(\.warning)
    return Set(ids).sorted(by: Tocsin.inOrder).filter {
      warnings[$0]?.isActive ?? false && warnings[$0]?.cause == .source(source.id)
    }
  }

  private mutating func drop(
    from replaced: [String], allBut kept: [String], _ source: Source, _ answer: inout Answer
  ) {
    let kept = Set(kept)
    for id in replaced {
      let over = (warnings[id]?.activeZones ?? []).filter { !kept.contains($0) }
      end(over, of: id, .allClear, note: "'\(source.id)' no longer names it", &answer)
    }
  }

  private mutating func end(
    _ replaced: [String], _ announcement: Announcement, _ source: Source, _ answer: inout Answer
  ) {
    guard !replaced.isEmpty else {
      return answer.refuse(
        .unknownWarning, source.id,
        "'\(source.id)' ended something that is not in force here (message "
          + "\(announcement.message?.id ?? "")): nothing was changed.")
    }
    for id in replaced {
      let active = warnings[id]?.activeZones ?? []
      let over = announcement.zones.map { zones in active.filter(zones.contains) } ?? active
      end(over, of: id, .allClear, note: "'\(source.id)' ended it", &answer)
    }
  }
}
