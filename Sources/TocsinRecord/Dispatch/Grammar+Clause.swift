package import TocsinModel

extension Grammar {
  /// What a statement says, as a clause without its speaker; `nil` where there are only words that this
  /// language cannot take over.
  package func clause(_ statement: Record.Statement) -> String? {
    let attribute = statement.attribute
    if case .exact(let scalar) = statement.value.amount,
      let fixed = phrases["c.\(attribute.rawValue).\(scalar.plain)"]
    {
      return fixed + scope(statement.value)
    }
    switch statement.value.amount {
    case .spoken, .unknown:
      guard let words = statement.value.words, isOwn(words) else { return nil }
      let own = self.words(words)
      return has("c.\(attribute.rawValue)") ? say("c.\(attribute.rawValue)", ["v": own]) : own
    default:
      guard let value = value(statement.value, attribute), has("c.\(attribute.rawValue)") else {
        return nil
      }
      return say("c.\(attribute.rawValue)", ["v": value])
    }
  }

  private func scope(_ value: Record.Value) -> String {
    value.scope.map { " (" + isolated($0) + ")" } ?? ""
  }

  package func topic(_ attribute: Record.Attribute) -> String { say("topic.\(attribute.rawValue)") }

  /// Who speaks: the name and the role; the words for somebody unnamed in quotation marks.
  package func who(_ speaker: Record.Speaker) -> String {
    let name = words(speaker.name)
    let shown = speaker.kind == .anonymous ? quoted(name) : name
    return shown + (speaker.role.map { " (" + words($0) + ")" } ?? "")
  }

  /// The frame for a stance: the same for everybody who takes it.
  static func frame(_ statement: Record.Statement) -> String {
    let number = statement.speaker.isPlural == true ? "plural" : "one"
    let verb =
      switch statement.stance {
      case .asserts:
        statement.speaker.kind == .document || statement.speaker.kind == .outlet
          ? "wrote" : "said"
      case .denies: "denied"
      case .cannotConfirm: "cannotConfirm"
      case .declines: "declined"
      case .retracts: "retracted"
      }
    return "f.\(verb).\(number)"
  }

  /// One sentence for statements of one speaker, one stance and one way to us.
  func attributed(_ group: [Record.Statement]) -> String {
    let first = group[0]
    let frame = Self.frame(first)
    let clauses = group.compactMap(clause)
    let body: String
    if !clauses.isEmpty, first.stance != .declines, first.stance != .retracts {
      body = say(
        frame,
        ["who": who(first.speaker), "clause": clauses.joined(separator: say("and"))])
    } else if let quote = first.quote, first.stance == .asserts {
      body = say(frame + ".quote", ["who": who(first.speaker), "q": quoted(words(quote))])
    } else if let words = first.value.words, first.stance == .asserts {
      body = say(
        frame + ".words",
        ["who": who(first.speaker), "words": isolated(words.text), "lang": languageName(words)])
    } else {
      body = say(
        frame + ".topic", ["who": who(first.speaker), "topic": topic(first.attribute)])
    }
    return sentence(body + addition(group))
  }

  private func languageName(_ words: Record.Words) -> String {
    words.language.map { has("lang.\($0)") ? say("lang.\($0)") : $0 } ?? "?"
  }

  /// In brackets: the words themselves, how sure the speaker is, through whom, and when.
  private func addition(_ group: [Record.Statement]) -> String {
    let first = group[0]
    var notes: [String] = []
    if !group.compactMap(clause).isEmpty {
      for quote in group.compactMap(\.quote) where !isRepeated(quote, in: group) {
        notes.append(quoted(words(quote)))
      }
    }
    if first.certainty.level != .stated {
      let words = first.certainty.words.map { " " + quoted(self.words($0)) } ?? ""
      notes.append(say("sure.\(first.certainty.level.rawValue)") + words)
    }
    let isPublication = first.speaker.kind == .document || first.speaker.kind == .outlet
    let through = first.relays.filter { !(isPublication && $0.mode == .published) }
      .map { words($0.agent) }
    if !through.isEmpty { notes.append(say("via", ["who": list(through)])) }
    if let said = when(first.saidAt), first.attribute != .sirenPlaces {
      notes.append(say("saidAt", ["t": said]))
    }
    for valid in Set(group.compactMap { $0.validAt.flatMap(when) }).sorted() {
      notes.append(say("validAt", ["t": valid]))
    }
    return notes.isEmpty ? "" : " (" + notes.joined(separator: say("semicolon")) + ")"
  }

  /// Words that the sentence has already, as a place's name or a time as printed.
  private func isRepeated(_ quote: Record.Words, in group: [Record.Statement]) -> Bool {
    group.contains { statement in
      switch statement.value.amount {
      case .interval(let when): when.printed?.text == quote.text
      case .place(let place): place.names.contains { $0.text == quote.text }
      default: statement.validAt?.printed?.text == quote.text
      }
    }
  }

  /// With a capital letter and a full stop.
  func sentence(_ text: String) -> String {
    let capital = text.prefix(1).uppercased() + text.dropFirst()
    return capital.hasSuffix(".") ? capital : capital + "."
  }
}
