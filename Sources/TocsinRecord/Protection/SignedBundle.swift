public import Crypto
import Foundation
import TocsinModel

/// An incident as it is shown, signed, so that anybody can check it offline (`Examples/check_bundle.py`).
///
/// The signature is over the bytes of `content`, which hold the export and where the journal's chain stood.
public struct SignedBundle: Codable, Sendable {
  public var format = "tocsin-bundle-1"
  /// JSON: `{"chain":{"entry":…,"link":"…"},"record":{…}}`.
  public var content: String
  /// Ed25519 (RFC 8032), Base64.
  public var publicKey: String
  public var signature: String

  enum CodingKeys: String, CodingKey {
    case format, content
    case publicKey = "public_key"
    case signature
  }

  /// Where a journal's chain stood.
  public struct ChainHead: Codable, Hashable, Sendable {
    public var entry: Int
    /// Hexadecimal.
    public var link: String

    public init(entry: Int, link: String) {
      self.entry = entry
      self.link = link
    }
  }

  private struct Content: Encodable {
    /// `nil` for a shipped scenario, which has no journal.
    var chain: ChainHead?
    var record: Exchange.Bundle
  }

  public init(
    _ dossier: Dossier, at chain: ChainHead?, signedWith key: Curve25519.Signing.PrivateKey
  ) throws {
    let bytes = CanonicalJSON.bytes(Content(chain: chain, record: Exchange.Bundle(dossier)))
    content = String(decoding: bytes, as: UTF8.self)
    publicKey = key.publicKey.rawRepresentation.base64EncodedString()
    signature = try key.signature(for: bytes).base64EncodedString()
  }
}
