public import TocsinModel

/// What there is on one attribute of one incident: every position with its holders, and no winner.
public struct Finding: Hashable, Sendable, Codable {
  public var incident: String
  public var attribute: Record.Attribute
  public var subject: String?
  /// What terms and places are spoken of separately; `nil` for numbers, which keep their scope in the value.
  public var scope: String?
  public var status: Status
  /// By the time first said, then by id: never by rank or side.
  public var positions: [Position]
  public var changes: [Change]
  /// Who could not confirm, declined or took back: they hold no position.
  public var withoutPosition: [String]
  /// What is there and not shown, with the class of the reason.
  public var gaps: [Gap]
  /// Every pair of positions that do not simply agree.
  public var relations: [Pair]

  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    case noStatement = "no statement"
    case singleSource = "single source"
    case agreed, compatible, changed, incomparable, disputed
  }

  public struct Position: Hashable, Sendable, Codable {
    public var stance: Record.Stance
    public var value: Record.Value
    public var holders: [Holder]
    /// Known roots, each counted once.
    public var independent: Int
    /// Holders whose root nobody has told: independence unknown.
    public var unknownRoots: Int
    public var firstSaid: Timestamp?
    public var lastSaid: Timestamp?
    /// The ids, sorted.
    public var statements: [String]
  }

  /// All that goes back to one root: ten outlets repeating it are one holder with ten appearances.
  public struct Holder: Hashable, Sendable, Codable {
    /// `speaker:…`, `origin:…` or `unknown:…`.
    public var root: String
    public var speakers: [Record.Speaker]
    public var appearances: Int
    public var statements: [String]
  }

  /// A speaker, or an institution by another speaker, said something else later.
  public struct Change: Hashable, Sendable, Codable {
    public var speaker: String
    /// Whether an institution changed it by the mouth of somebody else.
    public var byInstitution: Bool
    public var from: String
    public var to: String
    /// Our word; `nil` where the later statement only stands beside the earlier.
    public var kind: Record.Replacement.Kind?
    /// The speaker's own word for it.
    public var speakersWord: Record.Words?
  }

  public struct Gap: Hashable, Sendable, Codable {
    public var statement: String
    public var kind: Kind
    public var reasonClass: String
    public var until: Timestamp?

    public enum Kind: String, Hashable, Sendable, Codable {
      case withheld, canceled, embargo, removed
    }
  }

  public struct Pair: Hashable, Sendable, Codable {
    /// Indices of positions, the lower first.
    public var positions: [Int]
    public var relation: Relation
  }
}

extension Finding {
  /// The rules by which findings are made, for people to read.
  public static let rules: [String] = [
    "Of each speaker the latest statement on an attribute counts that nothing has replaced; the earlier ones stay visible as what the speaker said before. Two times of which one is unknown are not put in order. An unnamed speaker is never taken for another with the same description.",
    "What goes back to one root is one holder, however often it appears. A root that is not known never counts as independent: 'independence unknown'.",
    "Two positions are the same, compatible, conflicting or incomparable by the rule of their attribute (below). Incomparable: different units or scopes; both are kept, and somebody has to ask.",
    "Counts that grow conflict only if they speak of overlapping times; a time that is not known overlaps with all.",
    "A denial conflicts with what lies wholly within the denied. 'Cannot confirm' and declining conflict with nothing.",
    "A dispute about having said something belongs to 'said.by' and not to what was said.",
    "Status: no statement; single source; agreed (one position, two or more independent roots); compatible; changed (by a speaker or an institution); incomparable; disputed. Nothing is left out because it is in the minority, older, or not official.",
    "A reading by an editor needs a name, reasons and evidence; it stands above the positions, which stay, and reopens when a later statement conflicts with it.",
  ]

  /// The rule of one attribute in words.
  public static func words(for rule: Record.Attribute.Rule) -> String {
    switch rule {
    case .closedTerms(let terms):
      "one of \(terms.joined(separator: ", ")); two of them exclude each other"
    case .openTerms: "a term; two terms exclude each other"
    case .quantity:
      "a number with its unit; two ranges that do not meet exclude each other; "
        + "'about n' reaches n/10, at least 1, to both sides; different units or scopes are incomparable"
    case .count:
      "a number that grows; as a quantity, but two numbers exclude each other only for overlapping times"
    case .place:
      "a place; the same or one containing the other is compatible, other places exclude each other"
    case .places: "places that add up; none excludes another"
    case .interval: "a moment or a span; two that do not meet exclude each other"
    case .words: "words, which are not compared: each stands for itself, side by side"
    }
  }
}
