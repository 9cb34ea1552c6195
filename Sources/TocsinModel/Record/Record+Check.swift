extension Record {
  /// What is wrong with a statement or an act: which field, and what to do.
  public struct Fault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    public var field: String
    public var error: String
    public var description: String { "'\(field)' \(error)" }

    public init(_ field: String, _ error: String) {
      self.field = field
      self.error = error
    }
  }
}

extension Record.Statement {
  /// Everything that keeps it out of the record; empty if it may come in. Nothing without a speaker, a
  /// stance, an attribute and a relay with a capture, or the reason why there is none.
  public var faults: [Record.Fault] {
    Record.text(incident, "incident") + speakerFaults + relayFaults + valueFaults
      + timeFaults + handlingFaults
  }

  private var speakerFaults: [Record.Fault] {
    var faults = Record.text(speaker.name.text, "speaker.name")
    if let persons = speaker.persons, persons < 1 {
      faults.append(.init("speaker.persons", "is \(persons); give how many spoke, or leave it out"))
    }
    if case .origin(let origin) = root { faults += Record.text(origin, "root.origin") }
    return faults
  }

  private var relayFaults: [Record.Fault] {
    if relays.isEmpty {
      return [
        .init(
          "relays",
          "is empty; say through whom it reached us, if only that somebody of ours heard it")
      ]
    }
    return relays.enumerated().flatMap { index, relay in
      var faults = Record.text(relay.agent.text, "relays[\(index)].agent")
      switch relay.capture {
      case .none(let reason): faults += Record.text(reason, "relays[\(index)].capture.none")
      case .sha256(let digest) where digest.utf8.count == 64 && digest.utf8.allSatisfy(isHex): break
      case .sha256:
        faults.append(
          .init("relays[\(index)].capture.sha256", "is no SHA-256 in 64 small hexadecimal digits"))
      }
      return faults
    }
  }

  private func isHex(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte)
  }

  private var valueFaults: [Record.Fault] {
    let needsValue = stance == .asserts || stance == .denies
    if needsValue, handling?.status != .withheld, value.amount == .unknown, value.words == nil,
      quote == nil, sealed == nil
    {
      return [.init("value", "is missing; give the value, or the words, or the stance 'declines'")]
    }
    if let wrong = value.numbers.first(where: { !$0.isFinite }) {
      return [.init("value", "has \(wrong), which is no number")]
    }
    return attribute.rule.fault(in: value).map { [.init("value", $0)] } ?? []
  }

  private var timeFaults: [Record.Fault] {
    [("saidAt", saidAt), ("validAt", validAt ?? .unknown)].compactMap { field, when in
      guard let from = when.from, let to = when.to, from > to else { return nil }
      return .init(field, "ends before it begins")
    }
  }

  private var handlingFaults: [Record.Fault] {
    guard let handling, handling.status != .usable || handling.embargoUntil != nil else {
      return []
    }
    return Record.text(handling.reasonClass ?? "", "handling.reasonClass")
      + Record.text(handling.by ?? "", "handling.by")
  }
}

extension Record.Value {
  var numbers: [Double] {
    switch amount {
    case .exact(.number(let number)), .atLeast(let number), .atMost(let number): [number]
    case .range(let low, let high): [low, high]
    case .oneOf(let scalars):
      scalars.compactMap { if case .number(let number) = $0 { number } else { nil } }
    default: []
    }
  }

  package var terms: [String] {
    switch amount {
    case .exact(.term(let term)): [term]
    case .oneOf(let scalars):
      scalars.compactMap { if case .term(let term) = $0 { term } else { nil } }
    default: []
    }
  }
}

extension Record.Attribute.Rule {
  /// Why a value cannot be one of this rule's; `nil` if it can.
  func fault(in value: Record.Value) -> String? {
    switch (self, value.amount) {
    case (_, .unknown), (_, .spoken): nil
    case (.closedTerms(let known), .exact(.term)), (.closedTerms(let known), .oneOf):
      if let odd = value.terms.first(where: { !known.contains($0) }) {
        "is '\(odd)'; it can be: \(known.joined(separator: ", "))"
      } else {
        value.terms.isEmpty ? "must be one of: \(known.joined(separator: ", "))" : nil
      }
    case (.openTerms, .exact(.term)), (.openTerms, .oneOf): nil
    case (.quantity, .exact(.number)), (.quantity, .range), (.quantity, .atLeast),
      (.quantity, .atMost), (.count, .exact(.number)), (.count, .range), (.count, .atLeast),
      (.count, .atMost):
      nil
    case (.quantity, .oneOf), (.count, .oneOf):
      value.terms.isEmpty ? nil : "must hold numbers only"
    case (.place, .place(let place)), (.places, .place(let place)):
      place.names.isEmpty ? "names no place" : nil
    case (.interval, .interval): nil
    case (.words, _): nil
    default: "does not fit the attribute: it takes \(wants)"
    }
  }

  public var wants: String {
    switch self {
    case .closedTerms(let terms): "one of " + terms.joined(separator: ", ")
    case .openTerms: "a term"
    case .quantity, .count: "a number or a range of numbers"
    case .place, .places: "a place"
    case .interval: "a time"
    case .words: "words"
    }
  }
}

extension Record {
  static func text(_ text: String, _ field: String) -> [Fault] {
    text.contains { !$0.isWhitespace } ? [] : [.init(field, "is empty; fill it in")]
  }
}

extension Record.Act {
  /// What is wrong with it by itself; whether it fits the record, the record knows.
  public var faults: [Record.Fault] {
    switch self {
    case .open(let incident): Record.text(incident.id, "incident.id")
    case .merge(_, _, let reason), .part(_, _, let reason): Record.text(reason, "reason")
    case .split(_, let incident, let statements, let reason):
      Record.text(reason, "reason") + Record.text(incident.id, "into.id")
        + (statements.isEmpty ? [.init("statements", "is empty; name what belongs there")] : [])
    case .state(let statement): statement.faults
    case .assess(let assessment):
      Record.text(assessment.assessor, "assessor") + Record.text(assessment.reason, "reason")
    case .resolve(let resolution):
      Record.text(resolution.by, "by") + Record.text(resolution.reason, "reason")
        + (resolution.evidence.isEmpty
          ? [.init("evidence", "is empty; name the statements it rests on")] : [])
        + (resolution.attribute.rule.fault(in: resolution.value).map { [.init("value", $0)] }
          ?? [])
    case .handle(_, let handling):
      Record.text(handling.reasonClass ?? "", "handling.reasonClass")
        + Record.text(handling.by ?? "", "handling.by")
    case .remove(_, let reasonClass, let reason, _):
      Record.text(reasonClass, "reasonClass") + Record.text(reason, "reason")
    }
  }
}
