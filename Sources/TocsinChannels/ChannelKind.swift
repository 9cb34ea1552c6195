package import Logging
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// A kind of way out, as a configuration writes it: `kind: lines`. A new kind is one file with one of these,
/// and one line in ``ChannelKinds``.
package protocol ChannelKind: Sendable {
  /// The word for it in a configuration.
  static var word: String { get }
  /// What it is, for `tocsin check`: "lines to /var/log/tocsin.ndjson".
  var description: String { get }

  /// Reads its own keys; every mistake is a fault of the fields.
  /// - Parameter folder: against which relative paths are meant.
  init(_ fields: inout YAMLFields, folder: String)

  /// What of it does not go with the rest of the configuration.
  func faults(in plan: Plan) -> [KeyFault]

  /// Where it speaks, if no other channel may speak there; `nil`: others may.
  var ground: String? { get }

  /// The channel itself. One that needs a loop of its own is a `Service` too, and is run as such.
  func channel(for outlet: Outlet, with outside: ChannelOutside) throws -> any Channel
}

extension ChannelKind {
  package func faults(in plan: Plan) -> [KeyFault] { [] }
  package var ground: String? { nil }
}

/// What a channel is given to work with.
package struct ChannelOutside: Sendable {
  package var plan: Plan
  /// The folder of the service's own data.
  package var home: String
  /// Where the service's pages are.
  package var address: NetworkAddress
  package var logger: Logger

  package init(plan: Plan, home: String, address: NetworkAddress, logger: Logger) {
    self.plan = plan
    self.home = home
    self.address = address
    self.logger = logger
  }
}

package enum ChannelKinds {
  package static let all: [any ChannelKind.Type] = [
    CAPKind.self, LinesKind.self, ModbusKind.self, MQTTKind.self, WebhookKind.self,
    WebPushKind.self,
  ]

  package static func named(_ word: String) -> (any ChannelKind.Type)? {
    all.first { $0.word == word }
  }
}

/// One entry of `channels:`.
package struct ConfiguredChannel: Sendable {
  package var outlet: Outlet
  package var kind: any ChannelKind

  /// The CAP channel of a service that configures none.
  package static let standardCAP = ConfiguredChannel(
    outlet: Outlet(id: CAPKind.word), kind: CAPKind())

  private init(outlet: Outlet, kind: any ChannelKind) {
    self.outlet = outlet
    self.kind = kind
  }

  /// What a channel hears: real danger, or exercises; never both, and no replay.
  private enum Hears: String, CaseIterable { case actual, exercise }

  /// - Returns: `nil` if it cannot be used; why is a fault of the fields.
  package init?(_ fields: inout YAMLFields, folder: String) {
    let id = fields.text("id")
    let hears = fields.has("hears") ? fields.choice("hears", of: Hears.self) : .actual
    _ = fields.node("hears")
    guard let word = fields.text("kind") else { return nil }
    guard let type = ChannelKinds.named(word) else {
      fields.fault(
        "kind",
        "is '\(word)'; it can be: \(ChannelKinds.all.map { $0.word }.joined(separator: ", "))")
      return nil
    }
    kind = type.init(&fields, folder: folder)
    if let id, [Outlet.pages.id, Outlet.compatible.id].contains(id) {
      fields.fault("id", "is '\(id)', which the web server has for itself; give it another")
    }
    guard let id, let hears else { return nil }
    outlet = Outlet(id: id, actual: hears == .actual, exercise: hears == .exercise)
  }
}
