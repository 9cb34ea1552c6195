public import TocsinModel

/// A day to be replayed: what the radars, documents and people told, and the plan it is told to.
///
/// A folder with `scenario.yaml` and the files that it names (`Docs/FORMATS.md`).
public struct Scenario: Hashable, Sendable {
  public var id: String
  public var title: Texts
  /// An IANA name for showing local time.
  public var timeZone: String
  public var start: Timestamp
  /// Nothing happens from here on.
  public var end: Timestamp
  public var zones: ZoneChoice
  /// The hazard of what the radars track.
  public var hazard: String
  /// Ellipsoidal meters of the ground.
  public var groundHeight: Double
  /// The ground where it is known better.
  public var heightGrid: HeightGrid?
  /// What of it is simulated, in words for its readers; `nil`: nothing is.
  public var simulated: Texts?
  public var radars: [Radar]
  public var sources: [Source]
  /// What is told, by ascending time.
  public var items: [Item]

  /// One thing that is told, and when on the scenario's clock.
  public struct Item: Hashable, Sendable {
    public var time: Timestamp
    public var content: Event.Content
    /// Whether the time is no fact: it only puts the item in the order of the day.
    public var isPlaced: Bool

    public init(time: Timestamp, content: Event.Content, isPlaced: Bool = false) {
      self.time = time
      self.content = content
      self.isPlaced = isPlaced
    }
  }

  public enum ZoneChoice: Hashable, Sendable {
    /// The zones that come with Tocsin.
    case standard
    /// A zones file of the scenario's own.
    case file(String)
  }
}

extension Scenario {
  /// The plan that it is replayed under: its own radars and sources, the default rules, and the pages alone
  /// as a channel, for no other may hear a replay.
  public func plan(zones: [Zone]) -> Plan {
    Plan(
      title: title, timeZone: timeZone, zones: zones, radars: radars, sources: sources,
      outlets: [.pages], trackedHazard: hazard, groundHeight: groundHeight, heightGrid: heightGrid)
  }
}

extension Scenario.ZoneChoice {
  /// The zones themselves.
  public func read() throws(UnreadableZones) -> [Zone] {
    switch self {
    case .standard: try StandardZones.read()
    case .file(let path): try ZoneFile.read(path).zones
    }
  }
}
