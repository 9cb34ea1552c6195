/// The words of the record: who said what, when, through whom.
///
/// Everything here is written once and never changed; what is in dispute is computed from it
/// (`TocsinRecord`). Nothing here decides who is right.
public enum Record {}

extension Record {
  /// What people speak about. Its identity is decided by a person, never by equality of details.
  public struct Incident: Hashable, Sendable, Codable {
    public var id: String
    public var kind: Kind
    /// A working title; it claims nothing.
    public var title: Texts
    /// What is said to be the moment or the day of it, for lists; `nil` where nobody has said.
    public var occurred: When?

    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case attack
      case falseAlert = "false-alert"
      case naturalHazard = "natural-hazard"
      case other
    }

    public init(id: String, kind: Kind, title: Texts, occurred: When? = nil) {
      self.id = id
      self.kind = kind
      self.title = title
      self.occurred = occurred
    }
  }

  /// A moment or a span as far as anybody stated it; nothing is filled in.
  public struct When: Hashable, Sendable, Codable {
    /// The earliest and the latest moment that fits what was stated; both `nil`: unknown.
    public var from: Timestamp?
    public var to: Timestamp?
    public var precision: Precision
    /// As printed: "Saturday night".
    public var printed: Words?
    /// The time zone as printed; `nil`: none was printed, and the moments above are our reading.
    public var zone: String?

    public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
      case second, minute, hour, partOfDay, day, month, year, unknown
    }

    public init(
      from: Timestamp? = nil, to: Timestamp? = nil, precision: Precision = .unknown,
      printed: Words? = nil, zone: String? = nil
    ) {
      self.from = from
      self.to = to ?? from
      self.precision = precision
      self.printed = printed
      self.zone = zone
    }

    /// One moment, to the second.
    public init(_ moment: Timestamp) { self.init(from: moment, precision: .second) }

    public static let unknown = When()

    public var isKnown: Bool { from != nil }
  }

  /// Words in the language they were spoken in, with renderings by named translators.
  ///
  /// Written as a plain text where neither language nor renderings are known.
  public struct Words: Hashable, Sendable {
    public var text: String
    /// BCP 47; `nil`: not stated.
    public var language: String?
    public var renderings: [Rendering]

    /// A translation; whoever made it is answerable for it.
    public struct Rendering: Hashable, Sendable, Codable {
      public var language: String
      public var text: String
      public var by: String

      public init(language: String, text: String, by: String) {
        self.language = language
        self.text = text
        self.by = by
      }
    }

    public init(_ text: String, language: String? = nil, renderings: [Rendering] = []) {
      self.text = text
      self.language = language
      self.renderings = renderings
    }
  }
}

extension Record.Words: Codable, ExpressibleByStringLiteral {
  enum CodingKeys: String, CodingKey { case text, language, renderings }

  public init(stringLiteral value: String) { self.init(value) }

  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(text)
      return
    }
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try fields.decode(String.self, forKey: .text),
      language: try fields.decodeIfPresent(String.self, forKey: .language),
      renderings: try fields.decodeIfPresent([Rendering].self, forKey: .renderings) ?? [])
  }

  public func encode(to encoder: any Encoder) throws {
    if language == nil, renderings.isEmpty {
      var one = encoder.singleValueContainer()
      return try one.encode(text)
    }
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(text, forKey: .text)
    try fields.encodeIfPresent(language, forKey: .language)
    if !renderings.isEmpty { try fields.encode(renderings, forKey: .renderings) }
  }

  /// The words in a language if they were spoken or rendered in it.
  public func rendered(in wish: String) -> String? {
    language == wish ? text : renderings.first { $0.language == wish }?.text
  }
}

/// Written as a plain time where it is one moment to the second and nothing else is known of it.
extension Record.When {
  enum CodingKeys: String, CodingKey { case from, to, precision, printed, zone }

  public init(from decoder: any Decoder) throws {
    if let moment = try? decoder.singleValueContainer().decode(Timestamp.self) {
      self.init(moment)
      return
    }
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let from = try fields.decodeIfPresent(Timestamp.self, forKey: .from)
    let to = try fields.decodeIfPresent(Timestamp.self, forKey: .to)
    if let to, from.map({ $0 > to }) ?? true {
      throw DecodingError.dataCorruptedError(
        forKey: .to, in: fields, debugDescription: "needs a 'from' that is not later")
    }
    self.init(
      from: from, to: to,
      precision: try fields.decodeIfPresent(Precision.self, forKey: .precision)
        ?? (from == nil ? .unknown : .second),
      printed: try fields.decodeIfPresent(Record.Words.self, forKey: .printed),
      zone: try fields.decodeIfPresent(String.self, forKey: .zone))
  }

  public func encode(to encoder: any Encoder) throws {
    if let from, self == Record.When(from) {
      var one = encoder.singleValueContainer()
      return try one.encode(from)
    }
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encodeIfPresent(from, forKey: .from)
    if to != from { try fields.encodeIfPresent(to, forKey: .to) }
    try fields.encode(precision, forKey: .precision)
    try fields.encodeIfPresent(printed, forKey: .printed)
    try fields.encodeIfPresent(zone, forKey: .zone)
  }
}
