import Foundation
package import TocsinModel

/// The sentences of one language, as templates into which names and values are put without any change: none
/// of them asks for a gender, a number or a case of what is put in.
package struct Grammar: Sendable {
  package let language: String
  let phrases: [String: String]
  let timeZone: TimeZone

  package init?(_ language: String, timeZone: String) {
    guard let phrases = Phrases.all[language] else { return nil }
    self.language = language
    self.phrases = phrases
    self.timeZone = TimeZone(identifier: timeZone) ?? .gmt
  }

  /// What stands in for a language that has no grammar here.
  package static func english(timeZone: String) -> Grammar {
    Grammar(language: "en", phrases: Phrases.en, timeZone: TimeZone(identifier: timeZone) ?? .gmt)
  }

  private init(language: String, phrases: [String: String], timeZone: TimeZone) {
    self.language = language
    self.phrases = phrases
    self.timeZone = timeZone
  }

  var isRightToLeft: Bool { language == "he" || language == "ar" }

  func has(_ key: String) -> Bool { phrases[key] != nil }

  /// A phrase with its places filled.
  package func say(_ key: String, _ values: [String: String] = [:]) -> String {
    var text = ""
    var rest = (phrases[key] ?? key)[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      text += values[name] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// Text of the other direction, kept together where it stands.
  func isolated(_ text: String) -> String {
    let isRight = text.unicodeScalars.contains(where: Self.isRightToLeft)
    let isLeft = text.unicodeScalars.contains {
      $0.properties.isAlphabetic && !Self.isRightToLeft($0)
    }
    return (isRightToLeft ? isLeft : isRight) ? "\u{2068}\(text)\u{2069}" : text
  }

  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    (0x0590...0x08FF).contains(scalar.value) || (0xFB1D...0xFEFC).contains(scalar.value)
  }

  /// Words in this language if somebody rendered them so, else as they were spoken.
  package func words(_ words: Record.Words) -> String {
    isolated(words.rendered(in: language) ?? words.text)
  }

  /// Whether the words can be read as this language's own.
  func isOwn(_ words: Record.Words) -> Bool {
    words.rendered(in: language) != nil || (words.language == nil && language == "en")
  }

  func quoted(_ text: String) -> String { say("quote", ["q": text]) }

  func list(_ items: [String]) -> String { items.joined(separator: phrases["list"] ?? ", ") }

  // MARK: Times

  private func local(_ moment: Timestamp) -> String {
    let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: moment.seconds))
    return moment.rfc3339(offsetMinutes: offset / 60)
  }

  package func day(_ moment: Timestamp) -> String {
    let text = local(moment)
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    return say(
      "date",
      [
        "d": String(Int(text.dropFirst(8).prefix(2)) ?? 1), "m": say("month.\(month)"),
        "y": String(text.prefix(4)),
      ])
  }

  package func clock(_ moment: Timestamp) -> String {
    String(local(moment).dropFirst(11).prefix(8))
  }

  package func moment(_ moment: Timestamp) -> String {
    say("moment", ["d": day(moment), "t": clock(moment)])
  }

  package func when(_ when: Record.When) -> String? {
    if let printed = when.printed { return quoted(words(printed)) }
    guard let from = when.from else { return nil }
    switch when.precision {
    case .second: return moment(from)
    case .minute: return say("moment", ["d": day(from), "t": String(clock(from).prefix(5))])
    case .day: return day(from)
    case .month: return "\(local(from).dropFirst(5).prefix(2))/\(local(from).prefix(4))"
    case .year: return String(local(from).prefix(4))
    case .hour, .partOfDay, .unknown:
      let to = when.to ?? from
      return to == from ? moment(from) : say("v.range", ["a": moment(from), "b": moment(to)])
    }
  }

  package func duration(_ span: Duration) -> String {
    let seconds = Int(span.inSeconds.rounded())
    let parts = [("h", seconds / 3600), ("min", seconds / 60 % 60), ("s", seconds % 60)]
    return parts.filter { $0.1 > 0 || $0.0 == "s" }.map { say("u.\($0.0)", ["n": String($0.1)]) }
      .joined(separator: " ")
  }

  // MARK: Values

  func number(_ number: Double) -> String { Record.Scalar.number(number).plain }

  package func value(_ value: Record.Value, _ attribute: Record.Attribute) -> String? {
    let amount: String? =
      switch value.amount {
      case .exact(let scalar): self.scalar(scalar, value, attribute)
      case .range(let low, let high): say("v.range", ["a": number(low), "b": number(high)])
      case .atLeast(let low): say("v.atLeast", ["a": unit(number(low), value)])
      case .atMost(let high): say("v.atMost", ["a": unit(number(high), value)])
      case .oneOf(let scalars):
        scalars.map { self.scalar($0, value, attribute) }.joined(separator: say("v.or"))
      case .place(let place): list(place.names.map(words))
      case .interval(let when): self.when(when)
      case .spoken, .unknown: value.words.map(words)
      }
    guard var amount else { return nil }
    if value.isApproximate { amount = say("v.about", ["a": amount]) }
    if let scope = value.scope { amount += " (" + isolated(scope) + ")" }
    return amount
  }

  private func scalar(
    _ scalar: Record.Scalar, _ value: Record.Value, _ attribute: Record.Attribute
  ) -> String {
    switch scalar {
    case .number(let number): return unit(self.number(number), value)
    case .term(let term):
      if let known = phrases["t.\(attribute.rawValue).\(term)"] { return known }
      // A rendering of the term itself, where somebody gave one.
      if let words = value.words, words.text == term { return self.words(words) }
      return isolated(term)
    }
  }

  private func unit(_ number: String, _ value: Record.Value) -> String {
    guard let unit = value.unit, unit != "people" else { return number }
    return has("u.\(unit)") ? say("u.\(unit)", ["n": number]) : "\(number) \(isolated(unit))"
  }
}
