/// A stretch of text that sentences do not cross: the headline, a bullet, or lines up to a blank one.
struct Paragraph: Hashable, Sendable {
  /// Words after which a sentence without an end is cut, so that reading stays linear.
  static let longestSentence = 400

  var range: Range<Int>
  var isHeadline = false
  var isBullet = false

  /// All paragraphs of a text, in order.
  static func all(of bytes: [UInt8]) -> [Paragraph] {
    let lines = Line.all(of: bytes)
    let wraps = linesWrap(lines)
    var paragraphs: [Paragraph] = []
    var previous: Line?
    for line in lines {
      defer { previous = line }
      if line.isBlank { continue }
      if paragraphs.isEmpty {
        paragraphs.append(Paragraph(range: line.range, isHeadline: true))
      } else if let last = previous, !last.isBlank, joins(line, to: last, paragraphs, wraps) {
        let index = paragraphs.count - 1
        paragraphs[index].range = paragraphs[index].range.lowerBound..<line.range.upperBound
      } else {
        paragraphs.append(
          Paragraph(range: line.textRange, isBullet: line.bulletWidth > 0))
      }
    }
    return paragraphs
  }

  /// Whether a line goes on with the paragraph of the line right above it.
  private static func joins(
    _ line: Line, to last: Line, _ paragraphs: [Paragraph], _ wraps: Bool
  ) -> Bool {
    if line.bulletWidth > 0, last.bulletWidth > 0 || last.endsSentence || paragraphs.count == 1 {
      return false
    }
    if paragraphs[paragraphs.count - 1].isHeadline { return line.startsLower }
    return wraps || line.startsLower
  }

  /// Whether a line break in a paragraph is only a wrap, as in texts with blank lines between
  /// paragraphs; in texts without, each line that ends as a sentence does is a paragraph.
  private static func linesWrap(_ lines: [Line]) -> Bool {
    let body = lines.drop { $0.isBlank }.dropFirst().drop { $0.isBlank }
    let text = body.filter { !$0.isBlank }
    let blanks = body.reversed().drop { $0.isBlank }.filter(\.isBlank).count
    if blanks > 0 { return true }
    return text.filter(\.endsSentence).count * 2 < text.count
  }
}

/// One line of the file.
private struct Line {
  var range: Range<Int>
  /// Bytes of a bullet and the space after it; 0 without.
  var bulletWidth = 0
  var isBlank: Bool
  var startsLower = false
  var endsSentence = false

  var textRange: Range<Int> { range.lowerBound + bulletWidth..<range.upperBound }

  static func all(of bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    for place in bytes.indices where bytes[place] == 0x0A || bytes[place] == 0x0D {
      if bytes[place] == 0x0A, place > 0, bytes[place - 1] == 0x0D {
        start = place + 1
        continue
      }
      lines.append(Line(start..<place, in: bytes))
      start = place + 1
    }
    if start < bytes.count { lines.append(Line(start..<bytes.count, in: bytes)) }
    return lines
  }

  init(_ raw: Range<Int>, in bytes: [UInt8]) {
    var start = raw.lowerBound
    while start < raw.upperBound {
      let (scalar, width) = Tokenizer.scalar(of: bytes, at: start)
      guard Tokenizer.isSpace(scalar) else { break }
      start += width
    }
    range = min(start, raw.upperBound)..<raw.upperBound
    isBlank = range.isEmpty
    guard !isBlank else { return }
    bulletWidth = Self.bullet(in: bytes, range)
    let first = Tokenizer.scalar(
      of: bytes, at: min(range.lowerBound + bulletWidth, raw.upperBound - 1)
    ).0
    startsLower = first.properties.isLowercase
    endsSentence = Self.ends(bytes[range])
  }

  /// "• ", "- ", "* ", "– " and the like.
  private static func bullet(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    let (scalar, width) = Tokenizer.scalar(of: bytes, at: range.lowerBound)
    guard "•-*–—·▪‣●◦■►".unicodeScalars.contains(scalar) else { return 0 }
    var end = range.lowerBound + width
    guard end < range.upperBound else { return 0 }
    let spaced = bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0xC2
    guard spaced || scalar == "•" || scalar == "▪" || scalar == "●" else { return 0 }
    while end < range.upperBound {
      let (next, width) = Tokenizer.scalar(of: bytes, at: end)
      guard Tokenizer.isSpace(next) else { break }
      end += width
    }
    return end < range.upperBound ? end - range.lowerBound : 0
  }

  private static func ends(_ bytes: ArraySlice<UInt8>) -> Bool {
    let tail = String(decoding: bytes.suffix(12), as: UTF8.self)
    let last = tail.last { !$0.isWhitespace && !"\"'”’)»".contains($0) }
    return last.map { ".!?…:".contains($0) } ?? false
  }
}
