package import TocsinConfiguration

/// A broker, how we enter, and what we say there.
package struct MQTTSettings: Hashable, Sendable {
  package var broker: NetworkAddress
  package var isEncrypted: Bool
  /// Authorities in PEM; `nil`: the system's.
  package var authorities: String?
  /// Our own certificate and key in PEM, where the broker asks for them.
  package var certificate: String?
  package var key: String?
  package var user: String?
  package var password: String?
  /// What every topic of ours begins with.
  package var prefix: String
  /// The prefix of Home Assistant's discovery; `nil`: none.
  package var discovery: String?
  package var sirens: [MQTTSiren]
  /// How long the broker's acknowledgement, or a siren's receipt, may take.
  package var patience: Duration
  /// How old a notice may be to sound a siren.
  package var stale: Duration
}

/// A siren that hears commands.
package struct MQTTSiren: Hashable, Sendable {
  package var id: String
  package var reach: SirenReach
}

/// What went wrong with a broker or a message.
package enum MQTTFault: Error, Hashable, Sendable, CustomStringConvertible {
  case refused(String)
  case lost(String)
  case notConnected
  case notAcknowledged
  case notSent(String)

  package var description: String {
    switch self {
    case .refused(let reason):
      "the broker refused us (\(reason)). Compare user, password and certificates."
    case .lost(let reason): "the connection to the broker was lost (\(reason))"
    case .notConnected: "the broker cannot be reached"
    case .notAcknowledged: "the broker did not acknowledge it in time"
    case .notSent(let reason): "it could not be sent (\(reason))"
    }
  }
}
