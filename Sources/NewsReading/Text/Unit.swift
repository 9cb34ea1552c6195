/// A stretch of sentences that no quotation spans, each quotation taken as one token.
struct Unit {
  var tokens: [Token]
  var quotations: [Quotation]
  var isHeadline: Bool
  var isBullet: Bool
  private let source: [UInt8]

  init(
    _ words: ArraySlice<Token>, _ quotations: [Quotation], first: Int, isHeadline: Bool,
    isBullet: Bool, bytes: [UInt8]
  ) {
    self.quotations = quotations
    self.isHeadline = isHeadline
    self.isBullet = isBullet
    source = bytes
    tokens = []
    var place = words.startIndex
    var next = 0
    while place < words.endIndex {
      if next < quotations.count, quotations[next].tokens.lowerBound == place {
        let quotation = quotations[next]
        let end = min(quotation.tokens.upperBound, words.endIndex)
        let range = words[place].range.lowerBound..<words[end - 1].range.upperBound
        tokens.append(Self.token(quotation, next, range, words[place..<end], before: tokens.last))
        place = end
        next += 1
      } else {
        tokens.append(words[place])
        place += 1
      }
    }
    dropDateline()
  }

  private init(_ unit: Unit, _ tokens: ArraySlice<Token>) {
    self = unit
    self.tokens = Array(tokens)
  }

  /// A quotation, or a word where the marks only set off a name: `Operation "Quiet Sea"`.
  private static func token(
    _ quotation: Quotation, _ index: Int, _ range: Range<Int>, _ words: ArraySlice<Token>,
    before: Token?
  ) -> Token {
    let inner = words.dropFirst().dropLast()
    let names = [
      "operation", "dubbed", "nicknamed", "codenamed", "code-named", "titled", "entitled",
      "so-called", "named", "film", "book", "song", "album", "exercise", "drill", "campaign",
      "project", "programme", "program", "movie", "novel", "play", "series", "hashtag", "ship",
      "vessel",
    ]
    let isTitle =
      inner.count <= 5 && !inner.isEmpty
      && inner.allSatisfy {
        $0.isCapitalized || $0.isNumber || ["of", "the", "and", "&"].contains($0.lower)
      }
    let isNamed = before.map { names.contains($0.lower) } ?? false
    if isTitle, isNamed {
      return Token(
        range: range, kind: .word, text: inner.map(\.text).joined(separator: " "), lower: "\"name\""
      )
    }
    let endsWithComma = inner.last?.isMark(",") == true
    return Token(
      range: range, kind: .quotation(index), text: "“”",
      lower: endsWithComma ? AttributionFinder.quotationWithComma : "“”")
  }

  var range: Range<Int> {
    tokens.isEmpty ? 0..<0 : tokens[0].range.lowerBound..<tokens[tokens.count - 1].range.upperBound
  }

  /// Only quotations and marks.
  var isOnlyQuotation: Bool {
    tokens.contains(where: \.isQuotation)
      && tokens.allSatisfy { $0.isQuotation || $0.kind == .mark }
  }

  /// The unit itself, a headline at its semicolons, an endless sentence in pieces.
  func pieces() -> [Unit] {
    if isHeadline || isBullet, tokens.contains(where: { $0.isMark(";") }) {
      return tokens.split(whereSeparator: { $0.isMark(";") }).map { Unit(self, $0) }
    }
    guard tokens.count > Paragraph.longestSentence else { return tokens.isEmpty ? [] : [self] }
    return stride(from: 0, to: tokens.count, by: Paragraph.longestSentence).map {
      Unit(self, tokens[$0..<min($0 + Paragraph.longestSentence, tokens.count)])
    }
  }

  func bytes(_ range: Range<Int>) -> Range<Int> {
    tokens[range.lowerBound].range
      .lowerBound..<tokens[min(range.upperBound, tokens.count) - 1].range.upperBound
  }

  func text(_ range: Range<Int>) -> String { String(decoding: source[bytes(range)], as: UTF8.self) }

  /// Verbatim words between the marks of the quotations in some ranges.
  func quotes(in ranges: [Range<Int>]) -> [String] {
    ranges.flatMap { range in
      range.compactMap { place -> String? in
        guard case .quotation(let index) = tokens[place].kind else { return nil }
        return String(decoding: source[quotations[index].inner], as: UTF8.self)
      }
    }
  }

  /// The indirect words of a range; `nil` where it is all quotation.
  func content(_ range: Range<Int>) -> String? {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high,
      isEdge(tokens[low])
        || (["and", "but"].contains(tokens[low].lower) && !isHeadline)
    { low += 1 }
    // `stressed there was no danger: "…"`: the quotation stands apart.
    if high - low > 2, tokens[high - 1].isQuotation, tokens[high - 2].isMark(":") { high -= 2 }
    while high > low, isEdge(tokens[high - 1]) { high -= 1 }
    let words = tokens[low..<high].filter {
      !$0.isQuotation && $0.kind != .mark && !["and", "but", "or", "then"].contains($0.lower)
    }
    guard low < high, !words.isEmpty else { return nil }
    return text(low..<high)
  }

  private func isEdge(_ token: Token) -> Bool {
    token.kind == .mark && [",", "-", ";", ":", "."].contains(token.lower)
  }

  /// Leaves out "KYIV, May 14 (Reuters) -" at the start.
  private mutating func dropDateline() {
    guard !isHeadline, tokens.count > 3 else { return }
    let reach = tokens.prefix(16)
    guard let mark = reach.firstIndex(where: { $0.isMark("-") || $0.isMark(":") }), mark > 0,
      mark + 1 < tokens.count
    else { return }
    let head = tokens[0..<mark]
    let isPlace =
      head[0].isWord && head[0].text.unicodeScalars.filter { $0.properties.isAlphabetic }.count > 2
      && head[0].isAcronym
    let isAgency = head.contains { $0.isMark("(") } && head[0].isCapitalized
    let fits = head.allSatisfy {
      $0.isCapitalized || $0.isNumber || $0.kind == .mark && !$0.isQuotation
        || ["of", "the", "de", "and"].contains($0.lower) || $0.lower.hasSuffix(".com")
    }
    if fits, isPlace || isAgency { tokens.removeFirst(mark + 1) }
  }
}
