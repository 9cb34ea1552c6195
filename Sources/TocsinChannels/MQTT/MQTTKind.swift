import Foundation
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// `kind: mqtt` with `broker:`.
package struct MQTTKind: ChannelKind {
  package static let word = "mqtt"
  private let settings: MQTTSettings

  package var description: String {
    let secure = settings.isEncrypted ? "TLS" : "not encrypted"
    let sirens =
      settings.sirens.isEmpty
      ? "" : ", sirens: " + settings.sirens.map(\.id).joined(separator: ", ")
    return "MQTT at \(settings.broker) (\(secure)), topics \(settings.prefix)/…"
      + (settings.discovery.map { ", Home Assistant's discovery at \($0)/…" } ?? "") + sirens
  }

  /// Two channels that wrote the same topics would take back each other's words.
  package var ground: String? { "\(settings.broker) \(settings.prefix)" }

  package init(_ fields: inout YAMLFields, folder: String) {
    let address = Self.address(&fields)
    settings = MQTTSettings(
      broker: address?.broker ?? NetworkAddress(host: "", port: 0),
      isEncrypted: address?.isEncrypted ?? false,
      authorities: Self.file("ca", &fields, folder),
      certificate: Self.file("certificate", &fields, folder),
      key: Self.file("key", &fields, folder),
      user: fields.optionalText("user"), password: Self.password(&fields, folder),
      prefix: Self.prefix("topic", &fields) ?? "tocsin",
      discovery: Self.prefix("discovery", &fields), sirens: Self.sirens(&fields),
      patience: fields.optionalDuration("patience") ?? .seconds(2),
      stale: fields.optionalDuration("stale_after") ?? .seconds(30))
    if settings.patience > .seconds(30) {
      fields.fault("patience", "is more than 30 s: what comes after would wait that long")
    }
    if settings.stale > .seconds(120) {
      fields.fault("stale_after", "is more than 2 min: a siren that late misleads")
    }
    if (settings.certificate == nil) != (settings.key == nil) {
      fields.fault("certificate", "and 'key' go together; give both or none")
    }
    #if !MQTT
      fields.fault(
        "kind", "is 'mqtt', which this build lacks; build it with 'swift build --traits MQTT'")
    #endif
  }

  package func faults(in plan: Plan) -> [KeyFault] {
    settings.sirens.flatMap { $0.reach.faults(of: $0.id, in: plan) }
  }

  package func channel(for outlet: Outlet, with outside: ChannelOutside) throws -> any Channel {
    var settings = settings
    for index in settings.sirens.indices {
      settings.sirens[index].reach = settings.sirens[index].reach.settled(in: outside.plan)
    }
    #if MQTT
      return MQTTChannel(
        outlet, settings, zones: outside.plan.zones,
        memory: outside.home + "/sirens-\(outlet.id).txt", logger: outside.logger)
    #else
      throw MQTTFault.notSent("this build has no MQTT")
    #endif
  }

  /// `mqtt://host:1883` or `mqtts://host:8883`; the ports may be left out.
  private static func address(
    _ fields: inout YAMLFields
  ) -> (broker: NetworkAddress, isEncrypted: Bool)? {
    guard let text = fields.text("broker") else { return nil }
    guard let url = URL(string: text), let host = url.host, !host.isEmpty,
      ["mqtt", "mqtts"].contains(url.scheme ?? ""), url.user == nil, url.password == nil
    else {
      fields.fault(
        "broker",
        "is no address; write mqtts://broker.example.org:8883, and the user in 'user' and 'password_file'"
      )
      return nil
    }
    let isEncrypted = url.scheme == "mqtts"
    return (NetworkAddress(host: host, port: url.port ?? (isEncrypted ? 8883 : 1883)), isEncrypted)
  }

  private static func path(_ name: String, _ folder: String) -> String {
    name.hasPrefix("/") ? name : folder + "/" + name
  }

  private static func file(
    _ key: String, _ fields: inout YAMLFields, _ folder: String
  ) -> String? {
    guard let name = fields.optionalText(key) else { return nil }
    let path = path(name, folder)
    if !FileManager.default.isReadableFile(atPath: path) {
      fields.fault(key, "names '\(path)', which cannot be read")
    }
    return path
  }

  /// In a file, so that nobody reads it who may read the configuration.
  private static func password(_ fields: inout YAMLFields, _ folder: String) -> String? {
    guard let name = fields.optionalText("password_file") else { return nil }
    let path = path(name, folder)
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      fields.fault("password_file", "names '\(path)', which cannot be read")
      return nil
    }
    return text.trimmingCharacters(in: .newlines)
  }

  private static func prefix(_ key: String, _ fields: inout YAMLFields) -> String? {
    guard let text = fields.optionalText(key) else { return nil }
    if text.isEmpty || text.hasPrefix("/") || text.hasSuffix("/") || text.hasPrefix("$")
      || text.contains(where: { "+#".contains($0) || $0.isWhitespace })
    {
      fields.fault(
        key, "is '\(text)', which no topic can begin with; write levels as in warnings/tocsin")
    }
    return text
  }

  private static func sirens(_ fields: inout YAMLFields) -> [MQTTSiren] {
    var sirens: [MQTTSiren] = []
    for var entry in fields.mappings("sirens", each: "siren") {
      let id = entry.text("id")
      let reach = SirenReach(&entry)
      if let id {
        if id.isEmpty || id.contains(where: { "+#/".contains($0) || $0.isWhitespace }) {
          entry.fault("id", "is '\(id)', which is no level of a topic; use letters, digits and -")
        }
        if sirens.contains(where: { $0.id == id }) {
          entry.fault("id", "is '\(id)' a second time; give every siren its own")
        }
        sirens.append(MQTTSiren(id: id, reach: reach))
      }
      fields.take(entry)
    }
    return sirens
  }
}
