extension Record {
  /// What one speaker said of one attribute of one incident, as they put it.
  ///
  /// A sentence with three facts is three statements with the same `utterance`. Its id is made of its
  /// content (``TocsinRecord``), so the same statement is the same everywhere.
  public struct Statement: Hashable, Sendable, Codable {
    public var incident: String
    public var attribute: Attribute
    /// Tells apart several of the same within an incident (a second strike); `nil` for the only one.
    public var subject: String?
    /// A short name for people who read the files; no two in an incident are alike.
    public var label: String?
    /// What the statements of one sentence have in common.
    public var utterance: String?
    public var stance: Stance
    public var value: Value
    public var certainty: Certainty
    /// Verbatim words; never changed, not even by a letter.
    public var quote: Words?
    public var speaker: Speaker
    /// From the speaker outwards to us.
    public var relays: [Relay]
    /// When it was said; unknown stays unknown.
    public var saidAt: When
    /// When what was said is said to have been so; `nil` where the speaker does not tell it apart.
    public var validAt: When?
    public var replaces: Replacement?
    public var root: Root
    public var handling: Handling?
    /// Whether it was made for a replay or an exercise and is no fact of the day.
    public var simulated: Bool?
    /// What is kept encrypted.
    public var sealed: Sealed?

    public init(
      incident: String, attribute: Attribute, subject: String? = nil, label: String? = nil,
      utterance: String? = nil, stance: Stance = .asserts, value: Value = Value(.unknown),
      certainty: Certainty = Certainty(), quote: Words? = nil, speaker: Speaker,
      relays: [Relay], saidAt: When = .unknown, validAt: When? = nil,
      replaces: Replacement? = nil, root: Root = .speaker, handling: Handling? = nil,
      simulated: Bool? = nil, sealed: Sealed? = nil
    ) {
      self.incident = incident
      self.attribute = attribute
      self.subject = subject
      self.label = label
      self.utterance = utterance
      self.stance = stance
      self.value = value
      self.certainty = certainty
      self.quote = quote
      self.speaker = speaker
      self.relays = relays
      self.saidAt = saidAt
      self.validAt = validAt
      self.replaces = replaces
      self.root = root
      self.handling = handling
      self.simulated = simulated
      self.sealed = sealed
    }
  }

  /// How the speaker stands to the value. A denial is a statement, not an absence.
  public enum Stance: String, Hashable, Sendable, Codable, CaseIterable {
    case asserts, denies
    case cannotConfirm = "cannot confirm"
    case declines, retracts
  }

  /// The speaker's own certainty, with the words that carry it.
  public struct Certainty: Hashable, Sendable, Codable {
    public var level: Level
    public var words: Words?

    public enum Level: String, Hashable, Sendable, Codable, CaseIterable {
      case stated, initial, believed, possible
      case notExcluded = "not excluded"
    }

    public init(_ level: Level = .stated, words: Words? = nil) {
      self.level = level
      self.words = words
    }
  }

  /// Which earlier statement it takes the place of, and as what.
  public struct Replacement: Hashable, Sendable, Codable {
    /// The id of the earlier statement.
    public var statement: String
    /// Our word for it.
    public var kind: Kind
    /// The speaker's own word for it, kept apart from ours.
    public var speakersWord: Words?

    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case correction, update, clarification, retraction
    }

    public init(statement: String, kind: Kind, speakersWord: Words? = nil) {
      self.statement = statement
      self.kind = kind
      self.speakersWord = speakersWord
    }
  }

  /// Where the knowledge ultimately comes from; it counts the witnesses.
  public enum Root: Hashable, Sendable {
    /// The speaker knows it first hand, or answers for it.
    case speaker
    /// A known origin that several may repeat.
    case origin(String)
    /// Nobody has told us: it never counts as independent.
    case unknown(String)
  }

  public struct Handling: Hashable, Sendable, Codable {
    public var status: Status
    public var embargoUntil: Timestamp?
    /// One word: censorship, safety, law, privacy, …
    public var reasonClass: String?
    public var reason: String?
    public var by: String?

    public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
      case usable, withheld, canceled
    }

    public init(
      _ status: Status, embargoUntil: Timestamp? = nil, reasonClass: String? = nil,
      reason: String? = nil, by: String? = nil
    ) {
      self.status = status
      self.embargoUntil = embargoUntil
      self.reasonClass = reasonClass
      self.reason = reason
      self.by = by
    }
  }

  /// A part kept encrypted, so that two persons together can open it and nobody alone.
  public struct Sealed: Hashable, Sendable, Codable {
    /// What it holds: source, capture.
    public var fields: [String]
    /// The names of the two keys.
    public var keys: [String]
    /// Base64.
    public var box: String
    /// One share of the box's key for each of `keys`, encrypted to it; Base64.
    public var shares: [String]

    public init(fields: [String], keys: [String], box: String, shares: [String]) {
      self.fields = fields
      self.keys = keys
      self.box = box
      self.shares = shares
    }
  }
}

extension Record.Root: Codable {
  enum CodingKeys: String, CodingKey { case origin, unknown }

  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      guard word == "speaker" else {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "is '\(word)'; write speaker, {origin: …} or {unknown: …}"))
      }
      self = .speaker
      return
    }
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    if let origin = try fields.decodeIfPresent(String.self, forKey: .origin) {
      self = .origin(origin)
    } else {
      self = .unknown(try fields.decode(String.self, forKey: .unknown))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .speaker:
      var one = encoder.singleValueContainer()
      try one.encode("speaker")
    case .origin(let id):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(id, forKey: .origin)
    case .unknown(let description):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(description, forKey: .unknown)
    }
  }
}

extension Record.Statement {
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case incident, attribute, subject, label, utterance, stance, value, certainty, quote, speaker
    case relays, saidAt, validAt, replaces, root, handling, simulated, sealed
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let speaker = try fields.decode(Record.Speaker.self, forKey: .speaker)
    self.init(
      incident: try fields.decodeIfPresent(String.self, forKey: .incident)
        ?? (decoder.userInfo[Self.incidentKey] as? String)
          ?? fields.decode(String.self, forKey: .incident),
      attribute: try fields.decode(Record.Attribute.self, forKey: .attribute),
      subject: try fields.decodeIfPresent(String.self, forKey: .subject),
      label: try fields.decodeIfPresent(String.self, forKey: .label),
      utterance: try fields.decodeIfPresent(String.self, forKey: .utterance),
      stance: try fields.decode(Record.Stance.self, forKey: .stance),
      value: try fields.decodeIfPresent(Record.Value.self, forKey: .value)
        ?? Record.Value(.unknown),
      certainty: try fields.decodeIfPresent(Record.Certainty.self, forKey: .certainty)
        ?? Record.Certainty(),
      quote: try fields.decodeIfPresent(Record.Words.self, forKey: .quote),
      speaker: speaker,
      relays: try fields.decode([Record.Relay].self, forKey: .relays),
      saidAt: try fields.decodeIfPresent(Record.When.self, forKey: .saidAt) ?? .unknown,
      validAt: try fields.decodeIfPresent(Record.When.self, forKey: .validAt),
      replaces: try fields.decodeIfPresent(Record.Replacement.self, forKey: .replaces),
      root: try fields.decodeIfPresent(Record.Root.self, forKey: .root)
        ?? Self.unstatedRoot(of: speaker),
      handling: try fields.decodeIfPresent(Record.Handling.self, forKey: .handling),
      simulated: try fields.decodeIfPresent(Bool.self, forKey: .simulated),
      sealed: try fields.decodeIfPresent(Record.Sealed.self, forKey: .sealed))
  }

  /// The incident of statements that do not name one, for decoders of files.
  public static let incidentKey = CodingUserInfoKey(rawValue: "incident")!

  /// Somebody unnamed, and an outlet's own voice, may have it from anywhere.
  static func unstatedRoot(of speaker: Record.Speaker) -> Record.Root {
    switch speaker.kind {
    case .anonymous, .outlet: .unknown("not stated")
    case .named, .office, .organization, .document, .sensor: .speaker
    }
  }
}
