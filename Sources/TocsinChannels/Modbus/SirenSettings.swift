package import TocsinConfiguration

/// One siren as a configuration has it: the relay, and where it is heard.
package struct SirenSettings: Hashable, Sendable {
  package var id: String
  package var address: NetworkAddress
  package var unit: UInt8
  /// The first coil, counted from 0 as on the wire.
  package var coil: UInt16
  /// Coils that are switched together, from ``coil`` on.
  package var relays: Int
  /// A coil that is switched to and fro while we live, so that the device can end what it sounds when we do not.
  package var watchdogCoil: UInt16?
  package var watchdogPeriod: Duration
  package var reach: SirenReach

  /// - Returns: `nil` if it cannot be used; why is a fault of the fields.
  init?(_ fields: inout YAMLFields) {
    let id = fields.text("id")
    if !fields.has("address") { fields.fault("address", "is missing; write 192.0.2.30:502") }
    let address = fields.optionalAddress("address")
    unit = UInt8(fields.optionalWhole("unit", within: 0...255) ?? 1)
    coil = UInt16(fields.optionalWhole("coil", within: 0...65_535) ?? 0)
    relays = fields.optionalWhole("relays", within: 1...64) ?? 1
    watchdogCoil = fields.optionalWhole("watchdog_coil", within: 0...65_535).map { UInt16($0) }
    watchdogPeriod = fields.optionalDuration("watchdog") ?? .seconds(2)
    reach = SirenReach(&fields)
    if Int(coil) + relays > 65_536 { fields.fault("relays", "reaches beyond coil 65535") }
    if let watchdogCoil, (Int(coil)..<Int(coil) + relays).contains(Int(watchdogCoil)) {
      fields.fault("watchdog_coil", "is a relay of the siren; it would sound")
    }
    if watchdogPeriod > .seconds(60) {
      fields.fault("watchdog", "is more than 60 s: a siren left on would sound that long")
    }
    guard let id, let address else { return nil }
    self.id = id
    self.address = address
  }
}
