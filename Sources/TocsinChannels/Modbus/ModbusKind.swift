package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// `kind: modbus` with `sirens:`.
package struct ModbusKind: ChannelKind {
  package static let word = "modbus"

  private let sirens: [SirenSettings]
  private let stale: Duration
  private let retry: Duration
  private let patience: Duration

  package var description: String {
    "sirens over Modbus/TCP: "
      + sirens.map { "\($0.id) at \($0.address)" }.joined(separator: ", ")
  }

  package init(_ fields: inout YAMLFields, folder: String) {
    stale = fields.optionalDuration("stale_after") ?? .seconds(30)
    retry = fields.optionalDuration("retry") ?? .seconds(3)
    patience = fields.optionalDuration("patience") ?? .seconds(1)
    if stale > .seconds(120) {
      fields.fault("stale_after", "is more than 2 min: a siren that late misleads")
    }
    if retry > .seconds(30) {
      fields.fault("retry", "is more than 30 s: what comes after would wait that long")
    }
    if !fields.has("sirens") { fields.fault("sirens", "is missing; list them") }
    var sirens: [SirenSettings] = []
    for var entry in fields.mappings("sirens", each: "siren") {
      if let siren = SirenSettings(&entry) {
        if sirens.contains(where: { $0.id == siren.id }) {
          entry.fault("id", "is '\(siren.id)' a second time; give every siren its own")
        }
        if let other = sirens.first(where: { $0.shares(siren) }) {
          entry.fault("coil", "is switched by '\(other.id)' already")
        }
        sirens.append(siren)
      }
      fields.take(entry)
    }
    self.sirens = sirens
  }

  package func faults(in plan: Plan) -> [KeyFault] {
    sirens.flatMap { $0.reach.faults(of: $0.id, in: plan) }
  }

  package func channel(for outlet: Outlet, with outside: ChannelOutside) -> any Channel {
    let settled = sirens.map { siren in
      var siren = siren
      siren.reach = siren.reach.settled(in: outside.plan)
      return siren
    }
    return ModbusSirens(
      outlet, settled, stale: stale, retry: retry, patience: patience,
      memory: outside.home + "/sirens-\(outlet.id).txt", logger: outside.logger)
  }
}

extension SirenSettings {
  fileprivate func shares(_ other: SirenSettings) -> Bool {
    let own = Int(coil)..<Int(coil) + relays
    return address == other.address && unit == other.unit
      && own.overlaps(Int(other.coil)..<Int(other.coil) + other.relays)
  }
}
