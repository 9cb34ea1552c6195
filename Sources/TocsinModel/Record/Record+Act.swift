extension Record {
  /// What a recorder does to the record. Nothing is undone by any of it: all of it is added.
  public enum Act: Hashable, Sendable {
    case open(Incident)
    /// Two incidents are the same; `incident` is from now on read under `into`.
    case merge(incident: String, into: String, reason: String)
    /// One incident is a part of a larger one, whose operation, ceasefire and strikes it is read with.
    case part(incident: String, of: String, reason: String)
    /// Some statements belong to another incident, which is opened with it.
    case split(incident: String, into: Incident, statements: [String], reason: String)
    case state(Statement)
    case assess(Assessment)
    case resolve(Resolution)
    case handle(statement: String, Handling)
    /// The words are gone (law, safety); what stood there is known by its digest alone.
    case remove(statement: String, reasonClass: String, reason: String, sha256: String)
  }

  /// A person's judgement of a statement, apart from it.
  ///
  /// Source: the Admiralty code, AJP-2.1 (NATO): reliability of the source, credibility of the content.
  public struct Assessment: Hashable, Sendable, Codable {
    public var statement: String
    public var assessor: String
    public var reliability: Reliability
    public var credibility: Credibility
    public var reason: String
    public var method: String?

    // The letters are the code's own.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    public enum Reliability: String, Hashable, Sendable, Codable, CaseIterable {
      case a = "A"
      case b = "B"
      case c = "C"
      case d = "D"
      case e = "E"
      /// Cannot be judged; not "bad".
      case f = "F"
    }

    public enum Credibility: Int, Hashable, Sendable, Codable, CaseIterable {
      case confirmed = 1
      case probably, possibly, doubtful, improbable
      /// Cannot be judged; not "bad".
      case cannotBeJudged
    }

    public init(
      statement: String, assessor: String, reliability: Reliability, credibility: Credibility,
      reason: String, method: String? = nil
    ) {
      self.statement = statement
      self.assessor = assessor
      self.reliability = reliability
      self.credibility = credibility
      self.reason = reason
      self.method = method
    }
  }

  /// A named person's reading of a dispute, shown above the positions, which stay. It reopens by itself
  /// when a later statement conflicts with it.
  public struct Resolution: Hashable, Sendable, Codable {
    public var incident: String
    public var attribute: Attribute
    public var subject: String?
    public var value: Value
    public var by: String
    public var reason: String
    /// The ids of the statements it rests on.
    public var evidence: [String]

    public init(
      incident: String, attribute: Attribute, subject: String? = nil, value: Value, by: String,
      reason: String, evidence: [String]
    ) {
      self.incident = incident
      self.attribute = attribute
      self.subject = subject
      self.value = value
      self.by = by
      self.reason = reason
      self.evidence = evidence
    }
  }
}
