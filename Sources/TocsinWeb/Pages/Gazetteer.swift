import Foundation
import TocsinModel

/// The zones and hazards of one plan, as pages need them; made anew when the plan changes.
struct Gazetteer: Sendable {
  let plan: Plan
  let zones: [String: Zone]
  let hazards: [String: Hazard]
  /// `/api/zones` and its entity tag.
  let geoJSON: TaggedBytes

  init(_ plan: Plan) {
    self.plan = plan
    zones = Dictionary(plan.zones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    hazards = Dictionary(plan.hazards.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    geoJSON = TaggedBytes(Self.geoJSON(of: plan.zones))
  }

  func name(_ zone: String, _ language: String) -> String { zones[zone]?.name[language] ?? zone }

  func district(_ zone: String, _ language: String) -> String {
    zones[zone]?.district[language] ?? ""
  }

  /// Zone ids with name, district and shelter seconds in one language.
  func names(_ ids: some Sequence<String>, _ language: String) -> [String: [JSONScalar]] {
    var names: [String: [JSONScalar]] = [:]
    for id in ids {
      guard let zone = zones[id] else { continue }
      names[id] = [
        .text(zone.name[language]), .text(zone.district[language]),
        zone.shelterSeconds.map(JSONScalar.number) ?? .null,
      ]
    }
    return names
  }

  func allNames(_ language: String) -> Data {
    (try? JSONEncoder.web.encode(names(plan.zones.map(\.id), language))) ?? Data("{}".utf8)
  }

  /// A hazard from which people shelter is one whose instruction is our own "Take shelter now."
  func hazardWords(_ language: String) -> [String: HazardWords] {
    hazards.mapValues { hazard in
      let name = hazard.name[language]
      let sentence = hazard.shelter[language]
      let instruction =
        sentence.hasPrefix(name + ". ") ? String(sentence.dropFirst(name.count + 2)) : sentence
      return HazardWords(
        name: name, shelter: hazard.shelter["en"].hasSuffix("Take shelter now."),
        instruction: instruction.hasSuffix(".") ? String(instruction.dropLast()) : instruction)
    }
  }

  struct HazardWords: Sendable, Codable {
    var name: String
    var shelter: Bool
    var instruction: String
  }

  /// RFC 7946, one feature a line; positions to 0.00001 degrees (1 m).
  private static func geoJSON(of zones: [Zone]) -> Data {
    var text = #"{"type":"FeatureCollection","features":["#
    for (index, zone) in zones.enumerated() {
      let properties = Properties(zone)
      let json = (try? JSONEncoder.web.encode(properties)).map {
        String(decoding: $0, as: UTF8.self)
      }
      text += (index == 0 ? "\n" : ",\n") + #"{"type":"Feature","id":"#
      text +=
        (try? JSONEncoder.web.encode(zone.id)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
      text += #","properties":"# + (json ?? "{}") + #","geometry":"# + geometry(zone.area) + "}"
    }
    return Data((text + "\n]}\n").utf8)
  }

  private static func geometry(_ area: Area) -> String {
    let polygons = area.polygons.map { rings in
      "["
        + rings.map { ring in
          "["
            + (ring + ring.prefix(1)).map { "[\(short($0.longitude)),\(short($0.latitude))]" }
            .joined(separator: ",") + "]"
        }.joined(separator: ",") + "]"
    }
    return #"{"type":"MultiPolygon","coordinates":["# + polygons.joined(separator: ",") + "]}"
  }

  private static func short(_ degrees: Double) -> String { String((degrees * 1e5).rounded() / 1e5) }

  private struct Properties: Encodable {
    var id: String
    var name: Texts
    var district: Texts
    var shelterSeconds: Int?
    var people: Int?
    var isCell: Bool
    /// Longitude and latitude of the place where its name stands.
    var label: [Double]

    enum CodingKeys: String, CodingKey {
      case id, name, district
      case shelterSeconds = "shelter_seconds"
      case people
      case isCell = "is_cell"
      case label
    }

    init(_ zone: Zone) {
      id = zone.id
      name = zone.name
      district = zone.district
      shelterSeconds = zone.shelterSeconds
      people = zone.people
      isCell = zone.isCell
      label = [zone.label.longitude, zone.label.latitude].map { ($0 * 1e5).rounded() / 1e5 }
    }
  }
}

/// A text, a whole number or nothing.
enum JSONScalar: Sendable, Encodable {
  case text(String)
  case number(Int)
  case null

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .null: try container.encodeNil()
    }
  }
}

extension JSONEncoder {
  /// Sorted keys, so that the same value is the same bytes and keeps its entity tag.
  static var web: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
