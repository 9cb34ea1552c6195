/// An area that is warned as a whole, with its time to shelter.
public struct Zone: Hashable, Sendable, Codable {
  public var id: String
  public var name: Texts
  public var district: Texts
  public var area: Area
  /// Where its name stands on a map.
  public var label: Position
  /// Whole seconds from warning to expected impact that the zone's authority counts on; `nil` where none has stated it.
  public var shelterSeconds: Int?
  /// How many live there; `nil` where not known.
  public var people: Int?
  /// Whether the area was made from a place alone (its Voronoi cell within a disc), not given.
  public var isCell: Bool

  public init(
    id: String, name: Texts, district: Texts = [:], area: Area, label: Position,
    shelterSeconds: Int? = nil, people: Int? = nil, isCell: Bool = false
  ) {
    self.id = id
    self.name = name
    self.district = district
    self.area = area
    self.label = label
    self.shelterSeconds = shelterSeconds
    self.people = people
    self.isCell = isCell
  }
}
