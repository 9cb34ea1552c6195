public import TocsinModel

extension ZoneFile {
  /// Zones as a GeoJSON FeatureCollection, one feature a line, as ``read(_:name:)`` takes it back.
  ///
  /// Coordinates have six decimals (0.11 m). A zone without an area is a Point at its label.
  ///
  /// Source: RFC 7946.
  public static func geoJSON(_ zones: [Zone]) -> String {
    let features = zones.map { zone in
      "{\"type\":\"Feature\",\"id\":\(quoted(zone.id)),\"properties\":{\(properties(zone))},"
        + "\"geometry\":\(geometry(zone))}"
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\n"
      + features.joined(separator: ",\n") + "\n]}\n"
  }

  private static func properties(_ zone: Zone) -> String {
    var parts = ["\"id\":\(quoted(zone.id))"]
    for (prefix, texts) in [("name", zone.name), ("district", zone.district)] {
      for (language, text) in texts.byLanguage.sorted(by: { $0.key < $1.key }) {
        parts.append("\(quoted(prefix + "_" + language)):\(quoted(text))")
      }
    }
    if let seconds = zone.shelterSeconds { parts.append("\"shelter_seconds\":\(seconds)") }
    if let people = zone.people { parts.append("\"people\":\(people)") }
    parts.append("\"lat\":\(degrees(zone.label.latitude))")
    parts.append("\"lng\":\(degrees(zone.label.longitude))")
    if zone.isCell { parts.append("\"is_cell\":true") }
    return parts.joined(separator: ",")
  }

  private static func geometry(_ zone: Zone) -> String {
    let polygons = zone.area.polygons.map { rings in
      "[" + rings.map(ring).joined(separator: ",") + "]"
    }
    return switch polygons.count {
    case 0: "{\"type\":\"Point\",\"coordinates\":\(pair(zone.label))}"
    case 1: "{\"type\":\"Polygon\",\"coordinates\":\(polygons[0])}"
    default:
      "{\"type\":\"MultiPolygon\",\"coordinates\":[\(polygons.joined(separator: ","))]}"
    }
  }

  /// Closed, as GeoJSON has it.
  private static func ring(_ ring: Area.Ring) -> String {
    "[" + (ring + ring.prefix(1)).map(pair).joined(separator: ",") + "]"
  }

  private static func pair(_ position: Position) -> String {
    "[\(degrees(position.longitude)),\(degrees(position.latitude))]"
  }

  private static func degrees(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    // Swift writes numbers under 0.0001 with an exponent, which is JSON too.
    return Int64(exactly: rounded).map(String.init) ?? "\(rounded)"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
