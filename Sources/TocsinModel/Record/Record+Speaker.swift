extension Record {
  /// Who spoke: a name, or the literal words for somebody unnamed. Never normalised to a name.
  public struct Speaker: Hashable, Sendable, Codable {
    public var kind: Kind
    /// The name, or the literal description ("security sources").
    public var name: Words
    /// The role at that time.
    public var role: Words?
    /// For whom they spoke.
    public var onBehalfOf: String?
    /// What they are said to belong to.
    public var affiliation: Words?
    /// How many persons, if stated.
    public var persons: Int?
    /// Whether the words for them are plural, for the grammar of reports.
    public var isPlural: Bool?

    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case named, office, organization, anonymous, document, outlet, sensor
    }

    public init(
      _ kind: Kind, _ name: Words, role: Words? = nil, onBehalfOf: String? = nil,
      affiliation: Words? = nil, persons: Int? = nil, isPlural: Bool? = nil
    ) {
      self.kind = kind
      self.name = name
      self.role = role
      self.onBehalfOf = onBehalfOf
      self.affiliation = affiliation
      self.persons = persons
      self.isPlural = isPlural
    }

    enum CodingKeys: String, CodingKey {
      case kind, name, role, onBehalfOf, affiliation, persons
      case isPlural = "plural"
    }
  }

  /// One step on the way of the words to us.
  public struct Relay: Hashable, Sendable, Codable {
    public var agent: Words
    public var mode: Mode
    /// An address, a page, a number.
    public var reference: String?
    public var publishedAt: When?
    public var capturedAt: Timestamp?
    public var capture: Capture
    /// Who keeps the capture.
    public var custody: String?

    public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
      case heard, quoted, paraphrased, translated, published
      case accordingTo = "according to"
    }

    public init(
      _ agent: Words, _ mode: Mode, reference: String? = nil, publishedAt: When? = nil,
      capturedAt: Timestamp? = nil, capture: Capture, custody: String? = nil
    ) {
      self.agent = agent
      self.mode = mode
      self.reference = reference
      self.publishedAt = publishedAt
      self.capturedAt = capturedAt
      self.capture = capture
      self.custody = custody
    }
  }

  /// What we hold of a relay: the digest of a capture, or nothing and why.
  public enum Capture: Hashable, Sendable {
    /// SHA-256 in 64 lower-case hexadecimal digits.
    case sha256(String)
    case none(reason: String)
  }
}

extension Record.Capture: Codable {
  enum CodingKeys: String, CodingKey { case sha256, none }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    if let digest = try fields.decodeIfPresent(String.self, forKey: .sha256) {
      self = .sha256(digest)
    } else {
      self = .none(reason: try fields.decode(String.self, forKey: .none))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .sha256(let digest): try fields.encode(digest, forKey: .sha256)
    case .none(let reason): try fields.encode(reason, forKey: .none)
    }
  }
}
