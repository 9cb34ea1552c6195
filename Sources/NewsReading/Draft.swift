/// What somebody is said to have said, as one news text has it: a draft for a person to confirm.
public struct Draft: Hashable, Sendable {
  /// The sentence in which the statement begins, counted from 1; the headline is sentence 1.
  public var sentence: Int
  /// Bytes of the read text from the statement's first word to its last.
  public var range: Range<Int>
  /// The speaker in the text's words; a pronoun is resolved to the name it stands for.
  public var speaker: String
  public var kind: SpeakerKind
  /// The role at that time in the text's words; empty when the text gives none.
  public var role: String
  /// Through whom it reached the text, from the speaker outwards.
  public var relays: [String]
  public var stance: Stance
  /// The verb of the attribution as printed ("said", "according to").
  public var verb: String
  /// Verbatim words of the speaker, marks left off; parts of a split quotation joined by " … ".
  public var quote: String
  /// The indirect part, verbatim; parts joined by " … ".
  public var content: String
  /// When it was said, as far as the sentence tells.
  public var time: PrintedTime?
  /// What the words seem to be about ("siren.sounded"); `nil` when no rule can tell.
  public var attribute: String?

  /// Whether the text gives the speaker's own words.
  public var direct: Bool { !quote.isEmpty }

  public enum SpeakerKind: String, Hashable, Sendable, Codable, CaseIterable {
    case named, office, organization, anonymous, document
    /// The text's own voice; only with `narrator`.
    case outlet
  }

  public enum Stance: String, Hashable, Sendable, Codable, CaseIterable {
    case asserts, denies, declines, retracts
    case cannotConfirm = "cannot-confirm"
  }
}

extension Draft: Encodable {
  private enum Key: String, CodingKey {
    case sentence, speaker
    case kind = "speaker_kind"
    case role, relays, stance, direct, quote, content
  }

  /// The fixed shape of `tocsin record read --json`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(sentence, forKey: .sentence)
    try fields.encode(speaker, forKey: .speaker)
    try fields.encode(kind, forKey: .kind)
    try fields.encode(role, forKey: .role)
    try fields.encode(relays, forKey: .relays)
    try fields.encode(stance, forKey: .stance)
    try fields.encode(direct, forKey: .direct)
    try fields.encode(quote, forKey: .quote)
    try fields.encode(content, forKey: .content)
  }
}
