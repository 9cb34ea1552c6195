/// One thing that is wrong or odd in a file of zones: where, what was found, and what was done about it.
public struct ZoneFault: Hashable, Sendable, Codable, CustomStringConvertible {
  public var kind: Kind
  public var file: String
  /// Where in the file: `feature 12`, `line 7`, `id 1026`; empty for the file as a whole.
  public var place: String
  /// The zone's id and name, as far as known.
  public var id: String?
  public var name: String?
  public var found: String
  public var done: String

  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case notACollection = "not-a-collection"
    /// An entry that is no zone, as "select all".
    case pseudoEntry = "pseudo-entry"
    /// A zone that stands for a phrase of announcements, not for a place.
    case broadcastWord = "broadcast-word"
    case missingID = "missing-id"
    case duplicateID = "duplicate-id"
    case missingName = "missing-name"
    case badField = "bad-field"
    case badCoordinate = "bad-coordinate"
    case fewCorners = "few-corners"
    case notClosed = "not-closed"
    /// A ring that crosses or touches itself.
    case selfIntersection = "self-intersection"
    /// Polygons of one zone that lie over each other.
    case overlap
    case noGeometry = "no-geometry"
    case unknownGeometry = "unknown-geometry"
    /// Latitude and longitude in the wrong order.
    case swapped
    case badLabel = "bad-label"
    case labelOutside = "label-outside"
    /// No polygon where the format has one for every zone; a cell was made.
    case noPolygon = "no-polygon"
    /// A polygon from another file took the place of none.
    case polygonSupplied = "polygon-supplied"
    case polygonWithoutZone = "polygon-without-zone"
    /// Two places at one point.
    case sharedPlace = "shared-place"
    case badRow = "bad-row"
    case leftOut = "left-out"
  }

  public init(
    kind: Kind, file: String, place: String = "", id: String? = nil, name: String? = nil,
    found: String, done: String
  ) {
    self.kind = kind
    self.file = file
    self.place = place
    self.id = id
    self.name = name
    self.found = found
    self.done = done
  }

  /// One line.
  public var description: String {
    let zone = [id, name].compactMap { $0 }.joined(separator: " ")
    let parts = [file, place].filter { !$0.isEmpty }.joined(separator: ", ")
    let line = "\(parts)\(zone.isEmpty ? "" : " (\(zone))"): \(found); \(done)"
    // Names come from the file: a line feed in one must not look like a second fault.
    return String(line.map { $0.isNewline ? " " : $0 })
  }
}
