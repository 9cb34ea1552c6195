public import TocsinModel

/// A short, even-handed report made from the record alone. No text is stored per incident: it is built from
/// statements by the grammar of a language, and every sentence has the ids it rests on.
public struct Dispatch: Hashable, Sendable, Codable {
  public var incident: String
  public var language: String
  public var asOf: Timestamp
  public var headline: Sentence
  public var sections: [Section]
  public var isRightToLeft: Bool

  public struct Section: Hashable, Sendable, Codable {
    public var kind: Kind
    public var title: String
    public var sentences: [Sentence]
  }

  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case lead, happened, warned, ended, interception, ceasefire, strikes, operation, said
    case disputed, unknown, simulated
  }

  public struct Sentence: Hashable, Sendable, Codable {
    public var text: String
    /// Statements, warnings, or the incident itself.
    public var ids: [String]
    /// Worked out by us from rows, and said by nobody.
    public var isComputed: Bool
    /// The frame of an attribution: it depends on the stance alone, never on who speaks.
    public var frame: String?

    enum CodingKeys: String, CodingKey {
      case text, ids
      case isComputed = "computed"
      case frame
    }
  }

  /// The languages that it can be written in.
  public static let languages = ["en", "he", "ar", "ru"]

  /// All sentences, the headline first.
  public var sentences: [Sentence] { [headline] + sections.flatMap(\.sentences) }
}
