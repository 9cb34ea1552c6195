/// Cuts a stretch of text into words, numbers and marks; white space and invisible marks are left out.
struct Tokenizer {
  let bytes: [UInt8]

  func tokens(in range: Range<Int>) -> [Token] {
    var tokens: [Token] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let (scalar, width) = scalar(at: place)
      if Self.isSpace(scalar) {
        place += width
      } else if Self.isWordly(scalar) {
        let end = endOfWord(from: place, limit: range.upperBound)
        tokens.append(word(place..<end))
        place = end
      } else {
        let end = endOfMark(scalar, from: place, width: width, limit: range.upperBound)
        tokens.append(mark(place..<end, scalar))
        place = end
      }
    }
    return tokens
  }

  private func scalar(at place: Int) -> (Unicode.Scalar, Int) {
    Self.scalar(of: bytes, at: place)
  }

  /// The scalar at a byte and its width; bytes are valid UTF-8 (see `PlainText`).
  static func scalar(of bytes: [UInt8], at place: Int) -> (Unicode.Scalar, Int) {
    let first = bytes[place]
    let width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard width > 1, place + width <= bytes.count else { return (Unicode.Scalar(first), 1) }
    var value = UInt32(first) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
    for offset in 1..<width { value = value << 6 | UInt32(bytes[place + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
  }

  private func endOfWord(from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit {
      let (scalar, width) = scalar(at: end)
      if Self.isWordly(scalar) {
        end += width
      } else if joins(scalar, at: end, width: width, start: start, limit: limit) {
        end += width
      } else {
        break
      }
    }
    return abbreviationEnd(start..<end, limit: limit)
  }

  /// An apostrophe, hyphen, point or comma between two letters or digits belongs to the word.
  private func joins(
    _ scalar: Unicode.Scalar, at place: Int, width: Int, start: Int, limit: Int
  ) -> Bool {
    guard place > start, place + width < limit else { return false }
    let next = self.scalar(at: place + width).0
    guard Self.isWordly(next) else { return false }
    switch scalar {
    case "'", "\u{2019}", "-", "\u{2010}", "\u{2011}", "/", "@", "_": return true
    case ".":
      return Self.isDigit(bytes[place - 1]) || isLetterPoint(at: place, start: start)
        || next.properties.isLowercase
    case ",", ":": return Self.isDigit(bytes[place - 1]) && next.value < 0x3A
    default: return false
    }
  }

  /// "U.S", "p.m", "J.K": each point after a single letter.
  private func isLetterPoint(at place: Int, start: Int) -> Bool {
    place - start == 1 || (place - start >= 2 && bytes[place - 2] == UInt8(ascii: "."))
  }

  /// Takes the point of "Lt.", "U.S." and "J." into the word.
  private func abbreviationEnd(_ range: Range<Int>, limit: Int) -> Int {
    guard range.upperBound < limit, bytes[range.upperBound] == UInt8(ascii: ".") else {
      return range.upperBound
    }
    let text = String(decoding: bytes[range], as: UTF8.self)
    let single =
      text.unicodeScalars.count == 1
      && text.unicodeScalars.allSatisfy {
        $0.properties.isUppercase
      }
    let dotted =
      text.contains(".") && !text.contains(where: \.isNumber)
      && text.split(separator: ".").allSatisfy { $0.count == 1 }
    guard single || dotted || Words.abbreviations.contains(text.lowercased()) else {
      return range.upperBound
    }
    if text.lowercased() == "no" || text.lowercased() == "nos" {
      return digitFollows(range.upperBound + 1, limit: limit)
        ? range.upperBound + 1 : range.upperBound
    }
    return range.upperBound + 1
  }

  private func digitFollows(_ place: Int, limit: Int) -> Bool {
    var place = place
    while place < limit, bytes[place] == 0x20 { place += 1 }
    return place < limit && Self.isDigit(bytes[place])
  }

  private func endOfMark(
    _ scalar: Unicode.Scalar, from start: Int, width: Int, limit: Int
  ) -> Int {
    var end = start + width
    // "...", "--" and "''" are one mark.
    let repeats: [Unicode.Scalar] = [".", "-", "'", "`"]
    guard repeats.contains(scalar) else { return end }
    while end < limit, bytes[end] == bytes[start], scalar != "'" || end - start < 2 { end += 1 }
    return end
  }

  private func word(_ range: Range<Int>) -> Token {
    let text = String(decoding: bytes[range], as: UTF8.self)
    var lower = text.lowercased()
    if lower.utf8.contains(0xE2) { lower = String(lower.map { $0 == "\u{2019}" ? "'" : $0 }) }
    // The organization, the country: not the small words.
    if ["WHO", "US", "IT"].contains(text) { lower += "." }
    let isNumber =
      Self.isDigit(bytes[range.lowerBound])
      && !lower.unicodeScalars.contains { $0.properties.isAlphabetic }
    return Token(range: range, kind: isNumber ? .number : .word, text: text, lower: lower)
  }

  private func mark(_ range: Range<Int>, _ scalar: Unicode.Scalar) -> Token {
    let text = String(decoding: bytes[range], as: UTF8.self)
    let lower =
      switch scalar {
      case "-", "\u{2012}"..."\u{2015}", "\u{2212}": "-"
      case "\u{2026}": "..."
      default: text
      }
    return Token(range: range, kind: .mark, text: text, lower: lower)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isWordly(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 {
      return scalar.value >= 0x30 && scalar.value <= 0x39
        || scalar.value >= 0x41 && scalar.value <= 0x5A
        || scalar.value >= 0x61 && scalar.value <= 0x7A || scalar == "@" || scalar == "#"
        || scalar == "_"
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value <= 0x20 || scalar.value == 0x7F || scalar.properties.isWhitespace
      || PlainText.isInvisible(scalar)
  }
}
