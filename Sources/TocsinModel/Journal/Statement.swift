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
    /// What could not be made sense of, for operators: no sign of life, and never a warning.
    case trouble(String)
    /// What somebody said, kept with its attribution; nothing is said by nobody.
    case said(Record.Statement)
    /// Wind and temperature over the radars; the newest serves until the next.
    case met(Met)
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
  /// The ids of the zones that the source's own shapes meet; `nil`: the places are names, to be found.
  public var zones: [String]?
  /// Until when the source says that it holds; `nil`: the plan's times do.
  public var expires: Timestamp?
  /// Of a source whose messages replace one another, as CAP's do.
  public var message: Message?
  /// Who speaks, where that is somebody without authority: it is recorded and warns nobody.
  public var bystander: String?

  /// A message that takes the place of earlier ones. What they warned and it does not is over.
  public struct Message: Hashable, Sendable, Codable {
    public var id: String
    /// The ids of the messages that it replaces or ends.
    public var replaces: [String]
    /// The ids of all zones that it warns, at any stage.
    public var zones: [String]
    /// Why ``zones`` may be less than what it says, as when it names a place that we cannot find; what it replaces
    /// then goes on.
    public var gap: String?

    public init(
      id: String, replaces: [String] = [], zones: [String] = [], gap: String? = nil
    ) {
      self.id = id
      self.replaces = replaces
      self.zones = zones
      self.gap = gap
    }
  }

  public init(
    stage: Stage, hazard: String, places: [String], id: String? = nil, zones: [String]? = nil,
    expires: Timestamp? = nil, message: Message? = nil, bystander: String? = nil
  ) {
    self.stage = stage
    self.hazard = hazard
    self.places = places
    self.id = id
    self.zones = zones
    self.expires = expires
    self.message = message
    self.bystander = bystander
  }
}
