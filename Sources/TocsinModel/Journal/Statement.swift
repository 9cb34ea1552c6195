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

  public init(stage: Stage, hazard: String, places: [String], id: String? = nil) {
    self.stage = stage
    self.hazard = hazard
    self.places = places
    self.id = id
  }
}
