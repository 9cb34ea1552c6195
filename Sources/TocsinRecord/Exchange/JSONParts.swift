/// Cuts a JSON text into its parts without reading them, so that every part keeps its line and its bytes, and
/// one that is wrong loses only itself.
struct JSONParts {
  struct Part: Hashable {
    /// The key of the object on top; `nil` in a list on top.
    var key: String?
    /// The line on which it begins, from 1.
    var line: Int
    var bytes: [UInt8]
  }

  private(set) var parts: [Part] = []
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  /// Why a text cannot be cut at all.
  struct Unclosed: Error { var line: Int }

  /// Elements of the list on top; or of an object on top each value, and of a value that is a list each
  /// element.
  init(_ bytes: some Sequence<UInt8>) throws(Unclosed) {
    self.bytes = Array(bytes)
    skipSpace()
    switch peek {
    case UInt8(ascii: "["): try list(key: nil)
    case UInt8(ascii: "{"): try object()
    default: throw Unclosed(line: line)
    }
    skipSpace()
    guard index == self.bytes.count else { throw Unclosed(line: line) }
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func list(key: String?) throws(Unclosed) {
    index += 1
    skipSpace()
    while let byte = peek, byte != UInt8(ascii: "]") {
      try part(key)
      try comma(before: UInt8(ascii: "]"))
    }
    try close()
  }

  private mutating func object() throws(Unclosed) {
    index += 1
    skipSpace()
    while let byte = peek, byte != UInt8(ascii: "}") {
      guard byte == UInt8(ascii: "\"") else { throw Unclosed(line: line) }
      let start = index + 1
      try value()
      let key = String(decoding: bytes[start..<index - 1], as: UTF8.self)
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw Unclosed(line: line) }
      index += 1
      skipSpace()
      if peek == UInt8(ascii: "[") { try list(key: key) } else { try part(key) }
      try comma(before: UInt8(ascii: "}"))
    }
    try close()
  }

  private mutating func part(_ key: String?) throws(Unclosed) {
    let (start, first) = (index, line)
    try value()
    guard index > start else { throw Unclosed(line: line) }
    parts.append(Part(key: key, line: first, bytes: Array(bytes[start..<index])))
  }

  private mutating func comma(before end: UInt8) throws(Unclosed) {
    skipSpace()
    if peek == UInt8(ascii: ",") {
      index += 1
      skipSpace()
    } else if peek != end {
      throw Unclosed(line: line)
    }
  }

  private mutating func close() throws(Unclosed) {
    guard peek != nil else { throw Unclosed(line: line) }
    index += 1
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 {
      if byte == 10 { line += 1 }
      index += 1
    }
  }

  /// Moves past one value, whatever it is.
  private mutating func value() throws(Unclosed) {
    var depth = 0
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        try string()
        if depth == 0 { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        if depth == 0 {
          index += 1
          return
        }
      case UInt8(ascii: ","), 32, 9, 13:
        if depth == 0 { return }
      case 10:
        if depth == 0 { return }
        line += 1
      default: break
      }
      index += 1
    }
    if depth > 0 { throw Unclosed(line: line) }
  }

  private mutating func string() throws(Unclosed) {
    index += 1
    while let byte = peek {
      index += 1
      switch byte {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "\""): return
      case 10: line += 1
      default: break
      }
    }
    throw Unclosed(line: line)
  }
}
