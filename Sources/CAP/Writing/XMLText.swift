/// Writes elements, one a line; everything outside ASCII is UTF-8.
struct XMLText {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var open: [String] = []

  mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    indent()
    text += "<\(name)"
    for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
    text += ">\n"
    open.append(name)
  }

  mutating func close() {
    guard let name = open.popLast() else { return }
    indent()
    text += "</\(name)>\n"
  }

  mutating func element(
    _ name: String, _ content: String?, _ attributes: [(String, String)] = []
  ) {
    guard let content else { return }
    indent()
    text += "<\(name)"
    for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
    text += content.isEmpty ? "/>\n" : ">\(Self.escaped(content))</\(name)>\n"
  }

  private mutating func indent() { text += String(repeating: "  ", count: open.count) }

  /// What XML 1.0 cannot hold at all (most control characters) becomes U+FFFD.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\r": escaped += "&#13;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
