/// Text that is already markup. The only ways in are literals of this program, escaped text and joining.
struct Markup: Hashable, Sendable, ExpressibleByStringInterpolation {
  private(set) var html: String

  init(stringLiteral value: StaticString) { html = value.description }

  init(stringInterpolation: Interpolation) { html = stringInterpolation.html }

  private init(_ html: String) { self.html = html }

  /// A file of our own that is markup.
  init(file: String) { self.init(file) }

  /// Any text, made harmless between tags and within quoted attributes.
  static func text(_ text: some StringProtocol) -> Markup {
    var html = ""
    html.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(character)
      }
    }
    return Markup(html)
  }

  /// JSON for a data block: no `<` is left that could end the script element.
  static func json(_ bytes: some Sequence<UInt8>) -> Markup {
    Markup(
      String(decoding: Array(bytes), as: UTF8.self)
        .replacing("<", with: "\\u003c").replacing("&", with: "\\u0026"))
  }

  static func join(_ parts: [Markup]) -> Markup { Markup(parts.map(\.html).joined()) }

  struct Interpolation: StringInterpolationProtocol {
    var html = ""
    init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity) }
    mutating func appendLiteral(_ literal: StaticString) { html += literal.description }
    mutating func appendInterpolation(_ text: String) { html += Markup.text(text).html }
    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
    mutating func appendInterpolation(_ number: Int) { html += String(number) }
  }
}

/// A page with places `{{name}}`, cut apart once.
struct Template: Sendable {
  private enum Piece {
    case literal(String)
    case place(String)
  }
  private let pieces: [Piece]

  init(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{"),
      let close = rest[open.upperBound...].firstRange(of: "}}")
    {
      pieces.append(.literal(String(rest[..<open.lowerBound])))
      pieces.append(.place(String(rest[open.upperBound..<close.lowerBound])))
      rest = rest[close.upperBound...]
    }
    self.pieces = pieces + [.literal(String(rest))]
  }

  /// Fills the places: `s.key` with the language's words, the others with `values`.
  func fill(_ words: Words, _ values: [String: Markup]) -> String {
    var page = ""
    for piece in pieces {
      switch piece {
      case .literal(let text): page += text
      case .place(let name) where name.hasPrefix("s."):
        page += Markup.text(words[String(name.dropFirst(2))]).html
      case .place(let name): page += values[name]?.html ?? ""
      }
    }
    return page
  }
}
