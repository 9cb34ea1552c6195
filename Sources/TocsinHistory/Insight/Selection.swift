public import TocsinModel

/// Which rows of a history are meant.
public struct Selection: Hashable, Sendable {
  /// From this moment on.
  public var from: Timestamp?
  /// Before this moment.
  public var to: Timestamp?
  /// A zone's id.
  public var zone: String?
  /// As the zones name it in English.
  public var district: String?
  /// The id of a hazard of the plan.
  public var hazard: String?

  public init(
    from: Timestamp? = nil, to: Timestamp? = nil, zone: String? = nil, district: String? = nil,
    hazard: String? = nil
  ) {
    self.from = from
    self.to = to
    self.zone = zone
    self.district = district
    self.hazard = hazard
  }
}

/// What the names of a chronicle stand for on the map in force.
public struct Places: Sendable {
  public struct Place: Hashable, Sendable {
    /// As the log writes it.
    public var written: String
    /// Ids of the zones it stands for; a name of several parts has several.
    public var zones: [String]
    /// The district of the first zone; `nil` for a name that no zone has.
    public var district: String?
    /// For people: the zone's English name, else as written.
    public var title: String
    /// Whether every part of it is on the map.
    public var isKnown: Bool
  }

  /// In the order of the chronicle's names.
  public let places: [Place]

  public init(_ names: [String], zones: [Zone]) {
    let byName = ZoneNames(zones)
    let byID = Dictionary(zones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    places = names.map { name in
      let match = byName.match(name)
      let found = match.zones.compactMap { byID[$0] }
      let title = found.map { $0.name["en"] }.joined(separator: " + ")
      return Place(
        written: name, zones: match.zones, district: found.first.map { $0.district["en"] },
        title: found.isEmpty ? name : title, isKnown: match.isWhole)
    }
  }
}
