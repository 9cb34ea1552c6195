extension Record.Statement {
  /// The one verb for a stance, the same for everybody: said, wrote, denied, cannot confirm.
  public var verb: String {
    switch stance {
    case .denies: "denied"
    case .cannotConfirm: "cannot confirm"
    case .asserts, .declines, .retracts:
      speaker.kind == .document || speaker.kind == .outlet ? "wrote" : "said"
    }
  }

  /// Whether it may be shown the moment it comes in: nothing withheld, under embargo or sealed, and no place
  /// of impact, which waits for the plan's delay.
  public var isForTheTimeline: Bool {
    handling.map { $0.status == .usable && $0.embargoUntil == nil } ?? true
      && sealed == nil && attribute != .impactPlace
  }

  /// Who said it, in which role, through whom: `"security sources"`, `X, prime minister, via Y`.
  public var attribution: String {
    var words = speaker.kind == .anonymous ? "\"\(speaker.name.text)\"" : speaker.name.text
    if let role = speaker.role { words += ", \(role.text)" }
    // Its own publication is not a relay to speak of.
    let isPublication = speaker.kind == .document || speaker.kind == .outlet
    let through = relays.filter { !(isPublication && $0.mode == .published) }
      .map(\.agent.text).filter { $0 != speaker.name.text }
    if !through.isEmpty { words += ", via " + through.joined(separator: ", ") }
    if simulated == true { words += " (simulated)" }
    return words
  }

  /// The verb and what was said, with the verbatim words marked as such, for lists in one line.
  public var sentence: String {
    var words = value.words?.text ?? value.plain ?? ""
    if value.terms.first == words || (attribute.isAnsweredByAName && !words.isEmpty) {
      words = "\(attribute.rawValue.split(separator: ".").joined(separator: " ")): \(words)"
    }
    if let quote, quote.text != words {
      words += words.isEmpty ? "“\(quote.text)”" : " (“\(quote.text)”)"
    } else if quote != nil {
      words = "“\(words)”"
    }
    if let printed = saidAt.printed { words += " [time as printed: \(printed.text)]" }
    if let printed = validAt?.printed { words += " [as printed: \(printed.text)]" }
    return "\(verb): \(words)"
  }
}

extension Record.Attribute {
  /// Whether what is said of it is a bare name, which says nothing without the question.
  fileprivate var isAnsweredByAName: Bool {
    switch self {
    case .launchFrom, .target, .operationParties, .ceasefireParties, .strikesParties,
      .strikesTarget:
      true
    default: false
    }
  }
}

extension Record.Value {
  /// The amount in a few plain characters; `nil` where there is none.
  public var plain: String? {
    let about = isApproximate ? "about " : ""
    let unit = unit.map { " \($0)" } ?? ""
    return switch amount {
    case .exact(let scalar): about + scalar.plain + unit
    case .range(let low, let high):
      "\(about)\(Record.Scalar.number(low).plain) to \(Record.Scalar.number(high).plain)\(unit)"
    case .atLeast(let low): "at least \(Record.Scalar.number(low).plain)\(unit)"
    case .atMost(let high): "at most \(Record.Scalar.number(high).plain)\(unit)"
    case .oneOf(let scalars): scalars.map(\.plain).joined(separator: " or ") + unit
    case .place(let place): place.names.map(\.text).joined(separator: "; ")
    case .interval(let when): when.plain
    case .spoken, .unknown: nil
    }
  }
}

extension Record.Scalar {
  public var plain: String {
    switch self {
    case .term(let term): term
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
  }
}

extension Record.When {
  public var plain: String? {
    if let printed { return printed.text }
    guard let from else { return nil }
    return to == from || to == nil ? "\(from)" : "\(from) to \(to ?? from)"
  }
}
