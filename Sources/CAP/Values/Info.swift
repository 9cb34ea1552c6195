/// What a message says in one language.
public struct Info: Hashable, Sendable {
  /// By RFC 3066; `en-US` where the message names none.
  public var language: String
  public var categories: [Category]
  public var event: String
  public var responses: [Response]
  public var urgency: Urgency?
  public var severity: Severity?
  public var certainty: Certainty?
  public var audience: String?
  public var eventCodes: [NamedValue]
  /// `nil`: from the moment it was sent.
  public var effective: Moment?
  /// When what it warns of is expected to begin.
  public var onset: Moment?
  /// `nil`: every recipient must choose.
  public var expires: Moment?
  public var senderName: String?
  public var headline: String?
  public var description: String?
  public var instruction: String?
  public var web: String?
  public var contact: String?
  public var parameters: [NamedValue]
  public var resources: [Resource]
  public var areas: [Area]

  public static let defaultLanguage = "en-US"

  public init(
    language: String = Info.defaultLanguage, categories: [Category], event: String,
    responses: [Response] = [], urgency: Urgency?, severity: Severity?, certainty: Certainty?,
    audience: String? = nil, eventCodes: [NamedValue] = [], effective: Moment? = nil,
    onset: Moment? = nil, expires: Moment? = nil, senderName: String? = nil,
    headline: String? = nil, description: String? = nil, instruction: String? = nil,
    web: String? = nil, contact: String? = nil, parameters: [NamedValue] = [],
    resources: [Resource] = [], areas: [Area] = []
  ) {
    self.language = language
    self.categories = categories
    self.event = event
    self.responses = responses
    self.urgency = urgency
    self.severity = severity
    self.certainty = certainty
    self.audience = audience
    self.eventCodes = eventCodes
    self.effective = effective
    self.onset = onset
    self.expires = expires
    self.senderName = senderName
    self.headline = headline
    self.description = description
    self.instruction = instruction
    self.web = web
    self.contact = contact
    self.parameters = parameters
    self.resources = resources
    self.areas = areas
  }
}

extension Info {
  public enum Category: String, Hashable, Sendable, CaseIterable {
    case geological = "Geo"
    case meteorological = "Met"
    case safety = "Safety"
    case security = "Security"
    case rescue = "Rescue"
    case fire = "Fire"
    case health = "Health"
    case environment = "Env"
    case transport = "Transport"
    case infrastructure = "Infra"
    case cbrne = "CBRNE"
    case other = "Other"
  }

  public enum Response: String, Hashable, Sendable, CaseIterable {
    case shelter = "Shelter"
    case evacuate = "Evacuate"
    case prepare = "Prepare"
    case execute = "Execute"
    case avoid = "Avoid"
    case monitor = "Monitor"
    case assess = "Assess"
    case allClear = "AllClear"
    case none = "None"
  }

  public enum Urgency: String, Hashable, Sendable, CaseIterable {
    case immediate = "Immediate"
    case expected = "Expected"
    case future = "Future"
    case past = "Past"
    case unknown = "Unknown"
  }

  public enum Severity: String, Hashable, Sendable, CaseIterable {
    case extreme = "Extreme"
    case severe = "Severe"
    case moderate = "Moderate"
    case minor = "Minor"
    case unknown = "Unknown"
  }

  public enum Certainty: String, Hashable, Sendable, CaseIterable {
    case observed = "Observed"
    case likely = "Likely"
    case possible = "Possible"
    case unlikely = "Unlikely"
    case unknown = "Unknown"
  }
}
