/// A word, a number, a mark, or a whole quotation taken as one.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word, number, mark
    /// The place of the quotation in its paragraph's list.
    case quotation(Int)
  }

  /// Bytes of the text.
  var range: Range<Int>
  var kind: Kind
  var text: String
  /// Lower case, apostrophes straight, dashes "-".
  var lower: String

  var isWord: Bool { kind == .word }
  var isNumber: Bool { kind == .number }
  var isQuotation: Bool { if case .quotation = kind { true } else { false } }

  /// Begins with an upper-case letter (or is a digit-led name such as "i24NEWS").
  var isCapitalized = false
  /// Two letters or more, all upper case: "USGS", "U.N.".
  var isAcronym = false

  init(range: Range<Int>, kind: Kind, text: String, lower: String) {
    self.range = range
    self.kind = kind
    self.text = text
    self.lower = lower
    isCapitalized = startsLikeName
    isAcronym = isAllUpper
  }

  private var startsLikeName: Bool {
    guard kind == .word, let first = text.unicodeScalars.first else { return false }
    // Most words: small letters of the Latin alphabet, and nothing else to look at.
    if first.value >= 0x61, first.value <= 0x7A, lower == text { return false }
    return first.properties.isUppercase || text.hasSuffix("NEWS")
      || (first.properties.isLowercase
        && text.unicodeScalars.dropFirst().first?.properties.isUppercase == true)
      || Words.lowerNamePrefixes.contains {
        lower.hasPrefix($0) && text.contains(where: \.isUppercase)
      }
  }

  private var isAllUpper: Bool {
    guard kind == .word, isCapitalized else { return false }
    let letters = text.unicodeScalars.filter { $0.properties.isAlphabetic }
    return letters.count > 1 && letters.allSatisfy { $0.properties.isUppercase }
  }

  var isPossessive: Bool { lower.hasSuffix("'s") || lower.hasSuffix("s'") }

  func isMark(_ mark: String) -> Bool { kind == .mark && lower == mark }
}
