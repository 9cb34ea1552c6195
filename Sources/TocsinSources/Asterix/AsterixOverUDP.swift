package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// ASTERIX in UDP datagrams, sent to us or to a multicast group.
///
/// The format knows no keys: only datagrams from the addresses in `from` are believed. An address can be forged
/// by who can send into that network, so it must be one that only radars reach.
package struct AsterixOverUDP: SourceKind {
  package static let word = "asterix-udp"
  package static let planKind = Source.Kind.radar

  let listen: NetworkAddress
  /// The multicast group; `listen` is then the address of the interface to join it on.
  let group: String?
  let senders: Set<String>
  let systems: [AsterixSystem]

  package var description: String {
    let place = group.map { "group \($0) at \(listen)" } ?? "\(listen)"
    return "ASTERIX over UDP, \(place), systems "
      + systems.map { "\($0.code) (\($0.radar))" }.joined(separator: ", ")
  }

  package init(_ fields: inout YAMLFields) {
    if !fields.has("listen") { fields.fault("listen", "is missing; write 0.0.0.0:8600") }
    listen = fields.optionalAddress("listen") ?? NetworkAddress(host: "127.0.0.1", port: 0)
    group = fields.optionalText("group")
    if let group, !Self.isMulticast(group) {
      fields.fault("group", "is '\(group)', no multicast address; write one like 239.1.2.3")
    }
    if !fields.has("from") {
      fields.fault("from", "is missing; list the addresses whose datagrams are believed")
    }
    senders = Set(fields.has("from") ? fields.list("from") : [])
    if !fields.has("systems") {
      fields.fault("systems", "is missing; write one '- system: 25/201' with its radar for each")
    }
    var systems: [AsterixSystem] = []
    for var entry in fields.mappings("systems", each: "system") {
      if let system = AsterixSystem(&entry) {
        if systems.contains(where: { $0.code == system.code }) {
          entry.fault("system", "is \(system.code) a second time")
        }
        systems.append(system)
      }
      fields.take(entry)
    }
    self.systems = systems
  }

  private static func isMulticast(_ address: String) -> Bool {
    let first = address.split(separator: ".").first.flatMap { Int($0) } ?? 0
    return (224...239).contains(first) || address.lowercased().hasPrefix("ff")
  }

  package func faults(of source: Source, in plan: Plan) -> [KeyFault] {
    let own = Set(source.radars ?? [source.id])
    return systems.flatMap { system -> [KeyFault] in
      guard let radar = plan.radars.first(where: { $0.id == system.radar }) else {
        return [
          KeyFault(
            "systems", "names the radar '\(system.radar)', which is not in the radars file")
        ]
      }
      var faults: [KeyFault] = []
      if !own.contains(radar.id) {
        faults.append(
          KeyFault("systems", "names the radar '\(radar.id)'; add it to the source's radars"))
      }
      if radar.sigma == nil {
        faults.append(
          KeyFault(
            "systems",
            "names the radar '\(radar.id)', which has no sigma in the radars file; add it: "
              + "the format does not say how good plots are"))
      }
      return faults
    }
  }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    AsterixPort(kind: self, source: source, outside: outside, clock: SystemClock())
  }
}
