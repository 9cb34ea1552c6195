/// Where the sentences of one paragraph end.
///
/// A full stop inside a quotation ends a sentence, too; `isInside` tells those ends from the ones
/// that no quotation spans.
struct SentenceEnds {
  /// The token after the last of each sentence, in order; the last is the count of tokens.
  private(set) var ends: [Int] = []
  private(set) var isInside: [Bool] = []
  private let tokens: [Token]
  private let quotations: [Quotation]

  init(_ tokens: [Token], _ quotations: [Quotation]) {
    self.tokens = tokens
    self.quotations = quotations
    var next = 0
    for place in tokens.indices {
      guard let end = end(at: place), end < self.tokens.count, end > (self.ends.last ?? 0) else {
        continue
      }
      while next < quotations.count, quotations[next].tokens.upperBound <= end { next += 1 }
      let inside = next < quotations.count && (quotations[next].tokens.lowerBound < end)
      ends.append(end)
      isInside.append(inside)
    }
    if !tokens.isEmpty {
      ends.append(tokens.count)
      isInside.append(false)
    }
  }

  /// The end of the sentence that the token at `place` closes, if it closes one.
  private func end(at place: Int) -> Int? {
    let token = tokens[place]
    if token.kind == .mark {
      guard
        [".", "!", "?", "..."].contains(token.lower) || token.lower.hasPrefix("...")
          || token.text == "؟" || token.text == "。"
      else { return nil }
    } else {
      guard token.isWord, token.text.hasSuffix(".") else { return nil }
    }
    let after = afterClosers(place + 1)
    guard after < tokens.count else { return after }
    return ends(token, at: place, before: after) ? after : nil
  }

  private func afterClosers(_ start: Int) -> Int {
    var place = start
    while place < tokens.count, tokens[place].kind == .mark,
      ["\"", "”", "’", "'", "''", ")", "]", "»", "›", "!", "?", "."].contains(tokens[place].text),
      tokens[place - 1].range.upperBound == tokens[place].range.lowerBound
    {
      place += 1
    }
    // A closing mark after a space: " We will go. "
    if place < tokens.count, tokens[place].kind == .mark,
      quotations.contains(closingAt: place)
    {
      place += 1
    }
    return place
  }

  private func ends(_ token: Token, at place: Int, before after: Int) -> Bool {
    let next = tokens[after]
    let touches = tokens[after - 1].range.upperBound == next.range.lowerBound
    if token.isWord { return abbreviationEnds(token, before: after) }
    if touches {
      return token.text == "." && next.isCapitalized && place > 0 && tokens[place - 1].isWord
        && tokens[place - 1].text.count > 2 && after == place + 1
        && !tokens[place - 1].isAcronym
    }
    if next.isMark("-") || next.isMark(",") || next.isMark(";") { return false }
    if next.isWord, !next.isCapitalized { return Words.sentenceLower.contains(next.lower) }
    if token.text == "." { return true }
    if token.lower.hasPrefix("...") { return next.isCapitalized && next.text != "I" }
    return !(after > place + 1 && attributionFollows(after))
  }

  /// `"Is it over?" Maria asked`: a verb of saying before the next mark.
  private func attributionFollows(_ start: Int) -> Bool {
    for place in start..<min(start + 9, tokens.count) {
      if tokens[place].kind == .mark { return false }
      if SayVerb.find(tokens[place].lower) != nil { return place > start }
    }
    return false
  }

  private func abbreviationEnds(_ token: Token, before after: Int) -> Bool {
    let next = tokens[after]
    let lower = token.lower
    if Words.titles.contains(lower) { return false }
    if next.isQuotationMark {
      return Words.clock.contains(lower) || token.isAcronym
        || Words.closingAbbreviations.contains(lower)
    }
    guard next.isCapitalized else { return false }
    if Words.clock.contains(lower) {
      return !Words.calendar.contains(next.lower) && !next.isAcronym && next.lower != "local"
    }
    return Words.sentenceStarters.contains(next.lower)
  }
}

extension Token {
  var isQuotationMark: Bool {
    kind == .mark && ["\"", "“", "”", "„", "«", "‘", "'", "``"].contains(text)
  }
}

extension [Quotation] {
  /// Whether a quotation's closing mark stands at a token; by halving, as they are in order.
  func contains(closingAt place: Int) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].tokens.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].tokens.upperBound == place + 1 && !self[low].isOpen
  }
}
