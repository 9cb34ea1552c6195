import Foundation
package import TocsinModel

/// The topics of a channel, and what Home Assistant is told to find there.
package struct MQTTTopics: Hashable, Sendable {
  package var prefix: String

  package init(prefix: String) { self.prefix = prefix }

  /// "online", or by our last will ``blind``.
  package var availability: String { prefix + "/availability" }
  package static let online = "online"
  package static let blind = "cannot see"

  package func state(of zone: String) -> String { "\(prefix)/zone/\(Self.level(zone))/state" }
  package func command(to siren: String) -> String { "\(prefix)/siren/\(siren)/command" }
  package func receipt(of siren: String) -> String { "\(prefix)/siren/\(siren)/receipt" }
  package var receipts: String { receipt(of: "+") }

  /// The siren whose receipt comes by a topic.
  package func siren(in topic: String) -> String? {
    guard topic.hasPrefix(prefix + "/siren/"), topic.hasSuffix("/receipt") else { return nil }
    return String(topic.dropFirst(prefix.count + 7).dropLast(8))
  }

  /// One level of a topic: what would end it or is a wildcard is written as in addresses.
  static func level(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain =
        scalar.value > 32 && scalar.value != 127 && !"/+#%".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "%" + String(scalar.value + 256, radix: 16).suffix(2)
    }.joined()
  }

  // MARK: Home Assistant

  /// The two entities of a zone, each by its topic under the discovery's prefix.
  package func discovery(of zone: Zone) -> [(topic: String, config: Discovery)] {
    let id = Self.identifier(prefix + "_" + zone.id)
    func config(_ what: String, _ change: (inout Discovery) -> Void) -> (String, Discovery) {
      var config = Discovery(zone, id: "\(id)_\(what)", name: what, self)
      change(&config)
      return ("sensor/\(id)/\(what)/config", config)
    }
    return [
      config("stage") {
        $0.valueTemplate = "{{ value_json.stage }}"
        $0.deviceClass = "enum"
        $0.options = ZoneTopic.stages
        $0.attributes = state(of: zone.id)
      },
      config("seconds") {
        $0.valueTemplate = "{{ value_json.seconds | default(none) }}"
        $0.deviceClass = "duration"
        $0.unit = "s"
      },
    ]
  }

  /// Letters, digits, `_` and `-`; where that is not all of it, with a mark that tells it from others.
  package static func identifier(_ text: String) -> String {
    let plain = String(
      text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    guard plain != text else { return plain }
    // FNV-1a, 32 bits.
    let mark = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return plain + "_" + String(mark, radix: 16)
  }

  /// What Home Assistant reads: MQTT discovery, sensor (home-assistant.io, "MQTT Sensor").
  package struct Discovery: Hashable, Sendable, Encodable {
    var name: String
    var id: String
    var topic: String
    var attributes: String?
    var valueTemplate = ""
    var deviceClass = ""
    var unit: String?
    var options: [String]?
    /// Seconds after which what nobody says again is unknown.
    var expires: Int
    var qos = 1
    var availability: String
    var online = MQTTTopics.online
    var blind = MQTTTopics.blind
    var device: Device

    /// A district.
    struct Device: Hashable, Sendable, Encodable {
      var identifiers: [String]
      var name: String
      var manufacturer = "Tocsin"
    }

    enum CodingKeys: String, CodingKey {
      case name
      case id = "unique_id"
      case topic = "state_topic"
      case attributes = "json_attributes_topic"
      case valueTemplate = "value_template"
      case deviceClass = "device_class"
      case unit = "unit_of_measurement"
      case options
      case expires = "expire_after"
      case qos
      case availability = "availability_topic"
      case online = "payload_available"
      case blind = "payload_not_available"
      case device
    }

    fileprivate init(_ zone: Zone, id: String, name: String, _ topics: MQTTTopics) {
      self.name = "\(zone.name["en"]) \(name)"
      self.id = id
      topic = topics.state(of: zone.id)
      expires = Int(ZoneBoard.holds.inSeconds)
      availability = topics.availability
      let district = zone.district["en"]
      device = Device(
        identifiers: [MQTTTopics.identifier(topics.prefix + "_district_" + district)],
        name: district)
    }
  }
}
