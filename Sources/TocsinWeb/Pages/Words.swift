import Foundation

/// The words of the pages in one language, the same that the scripts use.
struct Words: Sendable {
  let language: String
  let table: [String: String]
  private let digits: [Character]

  init(language: String, table: [String: String]) {
    self.language = language
    self.table = table
    digits = Array(table["digits"] ?? "0123456789")
  }

  var direction: String { self["dir"] }

  subscript(key: String) -> String { table[key] ?? key }

  /// A sentence with its places filled, numbers in the language's own digits.
  func say(_ key: String, _ values: [String: String] = [:]) -> String {
    values.sorted { $0.key < $1.key }.reduce(self[key]) {
      $0.replacingOccurrences(of: "{\($1.key)}", with: digit($1.value))
    }
  }

  func say(_ key: String, n: Int) -> String { say(key, ["n": String(n)]) }

  func digit(_ text: String) -> String {
    String(text.map { $0.isASCII && $0.isNumber ? digits[$0.wholeNumberValue ?? 0] : $0 })
  }
}

/// All languages of the pages.
struct Vocabulary: Sendable {
  /// In the order in which pages offer them.
  static let order = ["en", "he", "ar", "ru"]
  let languages: [String: Words]

  init(json: Data) throws {
    let tables = try JSONDecoder().decode([String: [String: String]].self, from: json)
    languages = Dictionary(
      uniqueKeysWithValues: tables.map { ($0.key, Words(language: $0.key, table: $0.value)) })
  }

  subscript(language: String) -> Words {
    languages[language] ?? languages["en"] ?? Words(language: "en", table: [:])
  }

  /// What the reader asked for, else what the reader chose before, else what the browser prefers.
  func choose(query: String?, cookie: String?, accept: String?) -> Words {
    for wish in [query, cookie].compactMap({ $0 }) where languages[wish] != nil {
      return self[wish]
    }
    for range in Self.preferences(accept ?? "") {
      let tag = range.split(separator: "-").first.map(String.init) ?? range
      // "iw" is what old systems call Hebrew.
      let language = tag == "iw" ? "he" : tag
      if languages[language] != nil { return self[language] }
    }
    return self["en"]
  }

  /// RFC 9110 section 12.5.4, most wanted first.
  private static func preferences(_ accept: String) -> [String] {
    let ranges = accept.prefix(500).lowercased().split(separator: ",").map { part in
      let fields = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      let weight = fields.dropFirst().first { $0.hasPrefix("q=") }
        .flatMap { Double($0.dropFirst(2)) }
      return (tag: fields.first ?? "", weight: weight ?? 1)
    }
    return ranges.enumerated()
      .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
      .map(\.element.tag)
  }
}
