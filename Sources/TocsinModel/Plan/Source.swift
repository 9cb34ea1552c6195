/// A way in, as the plan knows it: who may speak, and with what weight.
public struct Source: Hashable, Sendable, Codable {
  public var id: String
  public var name: Texts
  public var kind: Kind
  /// Whether its announcements warn people; without it they are recorded only.
  public var hasAuthority: Bool
  /// The longest time between two signs of life; `nil`: none is promised, so its silence says nothing.
  public var heartbeat: Duration?
  /// Districts (by English name) whose zones it covers; `nil`: all.
  public var districts: [String]?
  /// The radars whose plots it brings; `nil`: the one that has its own id.
  public var radars: [String]?

  public enum Kind: String, Hashable, Sendable, Codable { case radar, feed, document }

  public init(
    id: String, name: Texts, kind: Kind, hasAuthority: Bool = false, heartbeat: Duration? = nil,
    districts: [String]? = nil, radars: [String]? = nil
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.hasAuthority = hasAuthority
    self.heartbeat = heartbeat
    self.districts = districts
    self.radars = radars
  }
}
