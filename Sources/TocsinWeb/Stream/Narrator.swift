import TocsinModel

/// Tells entries as plain sentences, for the operators' page.
struct Narrator: Sendable {
  struct Sentence: Hashable, Sendable, Codable {
    var number: Int
    var time: Timestamp
    var kind: String
    var text: String

    enum CodingKeys: String, CodingKey {
      case number
      case time = "t"
      case kind, text
    }
  }

  let gazetteer: Gazetteer
  /// Zones named in one sentence; the others are counted.
  static let named = 6

  /// Plots that led to nothing are told together, and so are receipts.
  func sentences(for entries: [Entry], skipped: Int) -> [Sentence] {
    var told: [Sentence] = []
    var plots = 0
    var scans = 0
    var last: Entry?
    for entry in entries {
      last = entry
      let effects = entry.effects.compactMap(effect)
      if case .plots(let batch) = entry.event.content, effects.isEmpty {
        plots += batch.count
        scans += 1
        continue
      }
      if entry.event.content == .wake && effects.isEmpty { continue }
      told.append(sentence(entry, effects))
    }
    if let last, scans > 0 {
      told.append(
        Sentence(
          number: last.event.number, time: last.event.time, kind: "plots",
          text: "\(count(plots, "plot")) in \(count(scans, "batch", "batches")) changed no warning."
        ))
    }
    if let last, skipped > 0 {
      told.append(
        Sentence(
          number: last.event.number, time: last.event.time, kind: "skipped",
          text:
            "\(count(skipped, "entry", "entries")) came faster than this list can tell; the journal has them."
        ))
    }
    return told
  }

  private func sentence(_ entry: Entry, _ effects: [String]) -> Sentence {
    Sentence(
      number: entry.event.number, time: entry.event.time, kind: entry.event.content.kind,
      text: ([content(entry.event.content)] + effects).joined(separator: " "))
  }

  private func content(_ content: Event.Content) -> String {
    switch content {
    case .plots(let plots):
      "\(count(plots.count, "plot")) from \(Set(plots.map(\.radar)).sorted().joined(separator: ", "))."
    case .statement(let statement): self.statement(statement)
    case .command(let command):
      "\(command.person) ordered\(command.isExercise ? " (exercise)" : ""): \(order(command.order))."
    case .receipt(let receipt):
      switch receipt.outcome {
      case .delivered: "\(receipt.outlet) confirmed delivery \(receipt.delivery)."
      case .failed(let reason):
        "\(receipt.outlet) could not deliver \(receipt.delivery): \(reason)."
      }
    case .plan(let plan):
      "A plan came into force: \(count(plan.zones.count, "zone")), \(count(plan.sources.count, "source")), \(count(plan.radars.count, "radar"))."
    case .wake: "A moment that was waited for has come."
    }
  }

  private func statement(_ statement: Statement) -> String {
    switch statement.content {
    case .alive: "\(statement.source) gave a sign of life."
    case .met(let met): "\(statement.source) gave a met message of \(met.heights.count) levels."
    case .announcement(let word):
      "\(statement.source) announced \(word.stage.rawValue) (\(word.hazard)) for \(some(word.places))."
    case .said(let word):
      word.isForTheTimeline
        ? "\(word.attribution) \(word.sentence)"
        : "A statement came in that is not shown here; see the record."
    case .trouble(let text): "\(statement.source) is in trouble: \(text)"
    }
  }

  private func order(_ order: Order) -> String {
    switch order {
    case .early(let hazard, let place): "early warning of \(hazard) for \(self.place(place))"
    case .warn(let hazard, let place): "warning of \(hazard) for \(self.place(place))"
    case .extend(let warning, let place): "extend \(warning) to \(self.place(place))"
    case .correct(let warning): "correct \(warning)"
    case .clear(let warning): "end \(warning)"
    case .confirm(let warning): "confirm \(warning)"
    case .intercepted(let track): "track \(track) was reported intercepted"
    case .record: "an addition to the record"
    }
  }

  private func place(_ place: Order.Place) -> String {
    switch place {
    case .zones(let names): some(names)
    case .district(let name): "the district \(name)"
    case .circle(let center, let radius):
      "\(Int(radius)) m around \(center.latitude), \(center.longitude)"
    }
  }

  private func effect(_ effect: Effect) -> String? {
    switch effect {
    case .deliver(let delivery):
      "\(delivery.outlet): \(delivery.message.mode.rawValue) \(delivery.message.notice.kind.rawValue) \(delivery.message.notice.warning) for \(some(delivery.message.notice.rows.map { gazetteer.name($0.zone, "en") }))."
    case .wake: nil
    case .refuse(let refusal): "Refused (\(refusal.reason.rawValue)): \(refusal.text)"
    }
  }

  private func some(_ names: [String]) -> String {
    let shown = names.prefix(Self.named).joined(separator: ", ")
    let hidden = names.count - Self.named
    return hidden > 0 ? "\(shown) and \(hidden) more" : shown
  }

  private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }
}
