import TocsinModel

/// The properties of one zone, taken out by name and type; what is wrong is kept, and the field left out.
struct ZoneFields {
  struct Finding {
    var kind: ZoneFault.Kind
    var found: String
    var done: String
  }

  private let members: LooseJSON.Members
  private(set) var faults: [Finding] = []

  init(_ json: LooseJSON?) {
    members = json?.members ?? LooseJSON.Members()
    for name in members.repeated {
      faults.append(
        Finding(kind: .badField, found: "'\(name)' is given twice", done: "took the first"))
    }
  }

  subscript(name: String) -> LooseJSON? {
    guard let value = members.values[name], !value.isNull else { return nil }
    return value
  }

  /// The property `id`, else another value (GeoJSON has one beside the properties); numbers are ids too.
  func id(_ other: LooseJSON?) -> String? {
    for value in [self["id"], other] {
      if let text = value?.string?.trimmed, !text.isEmpty { return text }
      if let number = value?.number, number.isFinite { return Self.text(number) }
    }
    return nil
  }

  private static func text(_ number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? String(number)
  }

  /// `name_en`, `name_he`, … and `name`, whose language is told by its letters.
  func texts(_ name: String) -> Texts {
    var texts: [String: String] = [:]
    for member in members.names where member.hasPrefix(name + "_") {
      let language = String(member.dropFirst(name.count + 1))
      guard (2...3).contains(language.count), let text = self[member]?.string?.trimmed else {
        continue
      }
      if !text.isEmpty { texts[language] = text }
    }
    if let text = self[name]?.string?.trimmed, !text.isEmpty {
      let language = text.likelyLanguage
      texts[language] = texts[language] ?? text
    }
    return Texts(texts)
  }

  /// A whole number from 0.
  mutating func count(_ name: String, upTo limit: Int) -> Int? {
    guard let value = self[name] else { return nil }
    if let whole = value.whole, whole >= 0, whole <= limit { return whole }
    let found = "'\(name)' is \(value.shown)"
    faults.append(
      Finding(
        kind: .badField, found: "\(found), not a whole number from 0 to \(limit)",
        done: "took it as not known"))
    return nil
  }

  func flag(_ name: String) -> Bool { self[name]?.bool ?? false }

  /// `lat` and `lng` (or `lon`); 0, 0 is what programs write that know no place.
  mutating func label() -> Position? {
    guard let latitude = self["lat"], let longitude = self["lng"] ?? self["lon"] else { return nil }
    if let latitude = latitude.number, let longitude = longitude.number {
      let label = Position(latitude: latitude, longitude: longitude)
      if label.isOnEarth, label != Position(latitude: 0, longitude: 0) { return label }
    }
    faults.append(
      Finding(
        kind: .badLabel, found: "its label is no place on Earth, or 0, 0", done: "left it out"))
    return nil
  }
}

extension LooseJSON {
  /// The number, when it is a whole one.
  fileprivate var whole: Int? {
    guard case .number(let number) = content else { return nil }
    return Int(exactly: number)
  }

  /// The number itself, else what kind of value it is.
  fileprivate var shown: String {
    guard case .number(let number) = content else { return kind }
    return "\(number)"
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }

  /// `he`, `ar` or `ru` by the first letter of such a script, else `en`.
  ///
  /// Source: Unicode 16, Blocks.txt.
  var likelyLanguage: String {
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0400...0x052F: return "ru"
      case 0x0590...0x05FF: return "he"
      case 0x0600...0x06FF: return "ar"
      default: continue
      }
    }
    return "en"
  }
}
