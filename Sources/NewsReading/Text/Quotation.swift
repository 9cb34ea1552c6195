/// One passage between quotation marks.
struct Quotation: Hashable, Sendable {
  /// Tokens of the paragraph, the marks among them.
  var tokens: Range<Int>
  /// Bytes between the marks, white space at both ends left out.
  var inner: Range<Int>
  /// Whether it has no closing mark in its paragraph.
  var isOpen: Bool
  /// Whether it goes on from the paragraph before.
  var continues = false
  /// Whether single marks make it, which a fault in apostrophes may have made up.
  var isSingle: Bool
}

/// Finds the quotations of one paragraph: curly, straight, low and angled double marks, single marks.
///
/// Marks within a quotation belong to it. Linear: each mark is looked at a bounded number of times.
struct QuotationScanner {
  let tokens: [Token]
  private(set) var quotations: [Quotation] = []
  /// Marks that close nothing.
  private(set) var strays: [Int] = []
  /// Opening marks that another opening mark overtook.
  private(set) var unclosed: [Int] = []

  private static let doubles: Set<String> = ["\"", "“", "„", "«", "``", "‟", "‹"]
  private static let closers: Set<String> = ["\"", "”", "“", "»", "''", "›", "„"]
  private static let singles: Set<String> = ["'", "‘", "‛", "`"]

  init(_ tokens: [Token]) {
    self.tokens = tokens
    var place = 0
    while place < tokens.count {
      guard tokens[place].kind == .mark else {
        place += 1
        continue
      }
      place = take(at: place)
    }
  }

  /// Takes a quotation that begins here, if one does, and tells where to go on.
  private mutating func take(at place: Int) -> Int {
    let mark = tokens[place].text
    if Self.doubles.contains(mark), opens(place) { return takeDouble(at: place) }
    if Self.singles.contains(mark), opensSingle(place), let close = closeOfSingle(from: place) {
      append(place..<close + 1, isOpen: false, isSingle: true)
      return close + 1
    }
    if Self.closers.contains(mark), mark != "''", !isInches(place) { strays.append(place) }
    return place + 1
  }

  private mutating func takeDouble(at start: Int) -> Int {
    let closing = Self.closing(for: tokens[start].text)
    var place = start + 1
    while place < tokens.count {
      if tokens[place].kind == .mark,
        closing.contains(tokens[place].text) || Self.doubles.contains(tokens[place].text)
      {
        if opensOnly(place) {
          unclosed.append(start)
          return place
        }
        if closing.contains(tokens[place].text), !isInches(place) {
          append(start..<place + 1, isOpen: false, isSingle: false)
          return place + 1
        }
      }
      place += 1
    }
    append(start..<tokens.count, isOpen: true, isSingle: false)
    return tokens.count
  }

  private static func closing(for mark: String) -> Set<String> {
    switch mark {
    case "„": ["“", "”", "\""]
    case "«": ["»"]
    case "‹": ["›"]
    case "``": ["''", "\""]
    case "\"": ["\"", "”", "''"]
    default: ["”", "“", "\""]
    }
  }

  private mutating func append(_ range: Range<Int>, isOpen: Bool, isSingle: Bool) {
    let last = isOpen ? range.upperBound - 1 : range.upperBound - 2
    guard last > range.lowerBound else { return }
    let inner = tokens[range.lowerBound + 1].range.lowerBound..<tokens[last].range.upperBound
    quotations.append(
      Quotation(tokens: range, inner: inner, isOpen: isOpen, isSingle: isSingle))
  }

  private func touchesPrevious(_ place: Int) -> Bool {
    place > 0 && tokens[place - 1].range.upperBound == tokens[place].range.lowerBound
  }

  private func touchesNext(_ place: Int) -> Bool {
    place + 1 < tokens.count && tokens[place].range.upperBound == tokens[place + 1].range.lowerBound
  }

  private func opens(_ place: Int) -> Bool {
    guard tokens[place].text == "\"" || tokens[place].text == "“" else { return true }
    let afterWord = touchesPrevious(place) && tokens[place - 1].kind != .mark
    return !afterWord || (tokens[place].text == "“" && touchesNext(place))
  }

  /// A space before it and none after: it can only open.
  private func opensOnly(_ place: Int) -> Bool {
    guard Self.doubles.contains(tokens[place].text) else { return false }
    return !touchesPrevious(place) && touchesNext(place) && tokens[place + 1].kind != .mark
  }

  /// 10" is a length.
  private func isInches(_ place: Int) -> Bool {
    tokens[place].text == "\"" && touchesPrevious(place) && tokens[place - 1].isNumber
      && !quotations.isEmpty == false && place + 1 < tokens.count && tokens[place + 1].isWord
      && !touchesNext(place)
  }

  private func opensSingle(_ place: Int) -> Bool {
    guard touchesNext(place) else { return false }
    if touchesPrevious(place) {
      let previous = tokens[place - 1]
      guard previous.kind == .mark, !Self.closers.contains(previous.text) else { return false }
    }
    let next = tokens[place + 1]
    return !Words.clipped.contains(next.lower) && !(next.lower.hasSuffix("0s"))
  }

  /// The mark that ends a single quotation: one beside punctuation rather than after a plural's "s".
  private func closeOfSingle(from start: Int) -> Int? {
    var weak: Int?
    for place in start + 1..<max(start + 1, tokens.count) {
      let token = tokens[place]
      guard token.kind == .mark else { continue }
      if Self.singles.contains(token.text), !touchesPrevious(place), opensSingle(place) {
        return weak
      }
      guard token.text == "'" || token.text == "’" || token.text == "´" else { continue }
      guard touchesPrevious(place), !touchesNext(place) || tokens[place + 1].kind == .mark else {
        continue
      }
      if endsSurely(place) { return place }
      weak = weak ?? place
    }
    return weak
  }

  private func endsSurely(_ place: Int) -> Bool {
    let previous = tokens[place - 1]
    if previous.kind == .mark || !previous.lower.hasSuffix("s") { return true }
    guard place + 1 < tokens.count else { return true }
    return tokens[place + 1].kind == .mark
  }
}
