/// Recursive descent over bytes for ``LooseJSON``.
struct LooseJSONReader {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func whole() throws(UnreadableJSON) -> LooseJSON {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    let value = try value()
    skipSpace()
    if index < bytes.count { throw fault(.trailing(bytes[index])) }
    return value
  }

  private mutating func value() throws(UnreadableJSON) -> LooseJSON {
    skipSpace()
    let start = line
    switch try peek() {
    case UInt8(ascii: "{"): return LooseJSON(.object(try object()), line: start)
    case UInt8(ascii: "["): return LooseJSON(.array(try array()), line: start)
    case UInt8(ascii: "\""): return LooseJSON(.string(try string()), line: start)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .number(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .number(.infinity))
    default: return LooseJSON(.number(try number()), line: start)
    }
  }

  private mutating func object() throws(UnreadableJSON) -> LooseJSON.Members {
    var members = LooseJSON.Members()
    try enter()
    skipSpace()
    while try peek() != UInt8(ascii: "}") {
      if !members.names.isEmpty {
        try expect(UInt8(ascii: ","))
        skipSpace()
      }
      let name = try string()
      skipSpace()
      try expect(UInt8(ascii: ":"))
      let value = try value()
      if members.values[name] == nil {
        members.values[name] = value
        members.names.append(name)
      } else if !members.repeated.contains(name) {
        members.repeated.append(name)
      }
      skipSpace()
    }
    leave()
    return members
  }

  private mutating func array() throws(UnreadableJSON) -> [LooseJSON] {
    var values: [LooseJSON] = []
    try enter()
    skipSpace()
    while try peek() != UInt8(ascii: "]") {
      if !values.isEmpty { try expect(UInt8(ascii: ",")) }
      values.append(try value())
      skipSpace()
    }
    leave()
    return values
  }

  private mutating func enter() throws(UnreadableJSON) {
    depth += 1
    if depth > 64 { throw fault(.tooDeep) }
    index += 1
  }

  private mutating func leave() {
    depth -= 1
    index += 1
  }

  // MARK: Texts

  private mutating func string() throws(UnreadableJSON) -> String {
    try expect(UInt8(ascii: "\""))
    let start = index
    while true {
      let byte = try peek()
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") { return try escaped(from: start) }
      if byte < 0x20 { throw fault(.controlCharacter) }
      index += 1
    }
    defer { index += 1 }
    return try text(start, index)
  }

  private mutating func escaped(from start: Int) throws(UnreadableJSON) -> String {
    var text = try text(start, index)
    while true {
      let byte = try peek()
      if byte == UInt8(ascii: "\"") {
        index += 1
        return text
      }
      if byte == UInt8(ascii: "\\") {
        index += 1
        text.unicodeScalars.append(try escape())
        continue
      }
      let run = index
      while try peek() != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
        if bytes[index] < 0x20 { throw fault(.controlCharacter) }
        index += 1
      }
      text += try self.text(run, index)
    }
  }

  private mutating func escape() throws(UnreadableJSON) -> Unicode.Scalar {
    let byte = try peek()
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw fault(.badEscape)
    }
  }

  /// RFC 8259 section 7: characters beyond the basic plane are two escapes, a surrogate pair.
  private mutating func unicodeEscape() throws(UnreadableJSON) -> Unicode.Scalar {
    let first = try hex4()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { throw fault(.badEscape) }
    index += 2
    let second = try hex4()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault(.badEscape) }
    return scalar
  }

  private mutating func hex4() throws(UnreadableJSON) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
        throw fault(.badEscape)
      }
      value = value << 4 + UInt32(digit)
      index += 1
    }
    return value
  }

  private func text(_ start: Int, _ end: Int) throws(UnreadableJSON) -> String {
    guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
      throw fault(.notUTF8)
    }
    return text
  }

  // MARK: Numbers and words

  private mutating func number() throws(UnreadableJSON) -> Double {
    let start = index
    let negative = bytes[index] == UInt8(ascii: "-")
    if negative {
      index += 1
      if try peek() == UInt8(ascii: "I") {
        _ = try word("Infinity", .null)
        return -.infinity
      }
    }
    let isZero = try peek() == UInt8(ascii: "0")
    let whole = try digits()
    if isZero && whole > 1 { throw fault(.unexpected(UInt8(ascii: "0"))) }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      _ = try digits()
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if let sign = try? peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        index += 1
      }
      _ = try digits()
    }
    // Digits beyond what a Double can hold come out as infinity, which callers refuse by name.
    return Double(try text(start, index)) ?? .nan
  }

  private mutating func digits() throws(UnreadableJSON) -> Int {
    let start = index
    while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
    if index == start {
      _ = try peek()
      throw fault(.unexpected(bytes[index]))
    }
    return index - start
  }

  private mutating func word(
    _ word: StaticString, _ content: LooseJSON.Content
  ) throws(UnreadableJSON) -> LooseJSON {
    for offset in 0..<word.utf8CodeUnitCount {
      let expected = word.utf8Start[offset]
      if try peek() != expected { throw fault(.unexpected(bytes[index])) }
      index += 1
    }
    return LooseJSON(content, line: line)
  }

  // MARK: Bytes

  private func peek() throws(UnreadableJSON) -> UInt8 {
    guard index < bytes.count else { throw fault(.unexpectedEnd) }
    return bytes[index]
  }

  private mutating func expect(_ byte: UInt8) throws(UnreadableJSON) {
    let found = try peek()
    guard found == byte else { throw fault(.unexpected(found)) }
    index += 1
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      case UInt8(ascii: "\n"):
        line += 1
        lineStart = index + 1
      default: return
      }
      index += 1
    }
  }

  private func fault(_ problem: UnreadableJSON.Problem) -> UnreadableJSON {
    UnreadableJSON(line: line, column: index - lineStart + 1, problem: problem)
  }
}
