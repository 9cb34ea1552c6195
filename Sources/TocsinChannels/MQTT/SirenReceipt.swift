import Foundation

/// What a siren says became of a command.
package struct SirenReceipt: Hashable, Sendable, Decodable {
  package var id: String
  package var outcome: Outcome
  package var reason: String?

  package enum Outcome: String, Hashable, Sendable, Decodable { case done, failed }

  /// No receipt is longer; bytes.
  package static let limit = 4096

  /// - Returns: `nil` for what is no receipt.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.limit,
      let receipt = try? JSONDecoder().decode(SirenReceipt.self, from: Data(bytes))
    else { return nil }
    self = receipt
  }
}
