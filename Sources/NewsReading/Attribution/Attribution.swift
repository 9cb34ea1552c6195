/// One place of a sentence that says who said something.
struct Attribution: Hashable, Sendable {
  enum Shape: Hashable, Sendable {
    /// "officials said that …"
    case clause
    /// "…," said the mayor
    case inverted
    /// "…, officials said"
    case aside
    /// "…, adding that …"
    case participle
    /// "according to …"
    case according
  }

  var shape: Shape
  /// The first token of its clause: the subject, or the verb where another's subject is shared.
  var start: Int
  var verb: Int
  /// The token after its last.
  var end: Int
  /// `nil`: the speaker named before it in this sentence.
  var speaker: SpeakerPhrase?
  var stance = Draft.Stance.asserts
  /// The words before it are said.
  var claimsBefore = false
  /// Where what is said begins behind it; `nil` when nothing does.
  var after: Int?
  var relays: [String] = []
  var time: Range<Int>?
  /// Content that stands elsewhere, as the subject of a passive.
  var content: Range<Int>?
}

/// What follows a verb of saying.
struct Complement {
  enum Kind { case clause, quotation, object, stop, unknown }
  var kind: Kind
  var after: Int
  var relays: [String] = []
  var time: Range<Int>?
}
