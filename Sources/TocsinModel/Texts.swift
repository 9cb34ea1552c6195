/// One text in several languages, by BCP 47 tag (`en`, `he`, `ar`, `ru`, …).
public struct Texts: Hashable, Sendable {
  public var byLanguage: [String: String]

  public init(_ byLanguage: [String: String]) { self.byLanguage = byLanguage }

  /// The same text whatever the language: a name that nobody has translated.
  public init(_ text: String) { byLanguage = ["en": text] }

  /// The text in a language, else in English, else in the first language by tag; empty if there is none.
  public subscript(language: String) -> String {
    byLanguage[language] ?? byLanguage["en"]
      ?? byLanguage.min { $0.key < $1.key }?.value ?? ""
  }

  public var isEmpty: Bool { byLanguage.isEmpty }
}

extension Texts: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self.init(text)
    } else {
      self.init(try container.decode([String: String].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(byLanguage)
  }
}

extension Texts: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
  }
  public init(stringLiteral value: String) { self.init(value) }
}
