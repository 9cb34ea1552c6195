import TocsinModel

/// The GeoJSON of `/api/zones` (RFC 7946).
struct ZoneCollection: Decodable {
  var zones: [Zone]

  private struct Feature: Decodable {
    var properties: Properties
    var geometry: Geometry
  }

  private struct Geometry: Decodable { var coordinates: Area }

  private struct Properties: Decodable {
    var id: String
    var name: Texts
    var district: Texts
    var shelterSeconds: Int?
    var people: Int?
    var isCell: Bool
    var label: [Double]

    enum CodingKeys: String, CodingKey {
      case id, name, district
      case shelterSeconds = "shelter_seconds"
      case people
      case isCell = "is_cell"
      case label
    }
  }

  private enum CodingKeys: CodingKey { case features }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    zones = try container.decode([Feature].self, forKey: .features).map { feature in
      let properties = feature.properties
      guard properties.label.count >= 2 else {
        throw DecodingError.dataCorruptedError(
          forKey: .features, in: container, debugDescription: "a label needs two numbers")
      }
      return Zone(
        id: properties.id, name: properties.name, district: properties.district,
        area: feature.geometry.coordinates.opened,
        label: Position(latitude: properties.label[1], longitude: properties.label[0]),
        shelterSeconds: properties.shelterSeconds, people: properties.people,
        isCell: properties.isCell)
    }
  }
}

extension Area {
  /// Without the last position of each ring where it repeats the first, as GeoJSON has it.
  fileprivate var opened: Area {
    Area(
      polygons: polygons.map { $0.map { $0.first == $0.last ? Array($0.dropLast()) : $0 } })
  }
}
