/// What a source told us: that it lives, that an authority warns, or what somebody said.
public struct Statement: Hashable, Sendable, Codable {
  /// The id of a source of the plan.
  public var source: String
  /// When the source says it was said; `nil` when it does not.
  public var said: Timestamp?
  public var content: Content

  public enum Content: Hashable, Sendable, Codable {
    /// A sign of life without anything else.
    case alive
    case announcement(Announcement)
    case utterance(Utterance)
  }

  public init(source: String, said: Timestamp?, content: Content) {
    self.source = source
    self.said = said
    self.content = content
  }
}

/// An authority's word that places are at a stage.
public struct Announcement: Hashable, Sendable, Codable {
  public var stage: Stage
  public var hazard: String
  /// The places as the source wrote them.
  public var places: [String]
  /// The source's own id for it.
  public var id: String?

  public init(stage: Stage, hazard: String, places: [String], id: String? = nil) {
    self.stage = stage
    self.hazard = hazard
    self.places = places
    self.id = id
  }
}

/// What somebody said about the day, kept with its attribution; nothing is said by nobody.
public struct Utterance: Hashable, Sendable, Codable {
  public var id: String
  /// A name, or the literal words for an anonymous speaker.
  public var speaker: String
  public var speakerKind: SpeakerKind
  /// The role at that time.
  public var role: String?
  /// Through whom it reached us, from the speaker outwards.
  public var relays: [String]
  /// What it is about: `siren`, `end`, `interception`, `cause`, `ceasefire`, `operation`, …
  public var about: String
  /// `said`, `denied`, `wrote`, `cannot confirm`.
  public var verb: String
  /// What was said, in indirect speech.
  public var content: String
  /// Verbatim words, if the report gives any.
  public var quote: String?
  /// The time as printed ("earlier on Sunday"); `nil` when only `said` tells it.
  public var timeAsPrinted: String?
  /// Whether it is simulated or computed by us and not said by anyone: the words say so.
  public var simulated: Bool?

  public enum SpeakerKind: String, Hashable, Sendable, Codable {
    case named, office, organization, anonymous, document, outlet, sensor
  }

  public init(
    id: String, speaker: String, speakerKind: SpeakerKind, role: String? = nil,
    relays: [String] = [], about: String, verb: String = "said", content: String,
    quote: String? = nil, timeAsPrinted: String? = nil, simulated: Bool? = nil
  ) {
    self.id = id
    self.speaker = speaker
    self.speakerKind = speakerKind
    self.role = role
    self.relays = relays
    self.about = about
    self.verb = verb
    self.content = content
    self.quote = quote
    self.timeAsPrinted = timeAsPrinted
    self.simulated = simulated
  }
}

extension Utterance {
  /// Who said it, in which role, through whom: `"security sources" (anonymous)`, `X, prime minister, via Y`.
  public var attribution: String {
    var words = speakerKind == .anonymous ? "\"\(speaker)\"" : speaker
    if let role { words += ", \(role)" }
    if !relays.isEmpty { words += ", via " + relays.joined(separator: ", ") }
    if simulated == true { words += " (simulated)" }
    return words
  }

  /// What was said, with the words that are verbatim marked as such and the time as printed.
  public var sentence: String {
    var words = content
    if let quote { words += words.isEmpty ? "“\(quote)”" : " (“\(quote)”)" }
    if let timeAsPrinted { words += " [time as printed: \(timeAsPrinted)]" }
    return "\(verb): \(words)"
  }
}
