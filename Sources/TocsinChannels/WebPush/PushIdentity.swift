package import Crypto
package import Foundation
import Synchronization
package import TocsinModel

/// Who we are to push services: they may refuse whoever cannot show that he is whom the browser subscribed to.
///
/// Source: RFC 8292 (VAPID).
package final class PushIdentity: Sendable {
  private let key: P256.Signing.PrivateKey
  /// Where a push service's people reach ours: `mailto:` or `https:`.
  private let contact: String
  // Deliveries go out side by side, and one signature serves each service for hours.
  private let tokens = Mutex<[String: (token: String, until: Timestamp)]>([:])

  /// How long a token serves; services take 24 h at most.
  private static let lasts = Duration.seconds(12 * 3600)

  package init(key: P256.Signing.PrivateKey, contact: String) {
    self.key = key
    self.contact = contact
  }

  /// In base64url, as browsers want it for a subscription.
  package var publicKey: String { Array(key.publicKey.x963Representation).base64URL }

  /// The value of `Authorization` for an address.
  package func authorization(for endpoint: URL, at now: Timestamp) throws -> String {
    let origin = endpoint.origin
    if let kept = tokens.withLock({ $0[origin] }), kept.until > now + .seconds(600) {
      return "vapid t=\(kept.token),k=\(publicKey)"
    }
    let until = now + Self.lasts
    let token = try token(for: origin, until: until)
    tokens.withLock { $0[origin] = (token, until) }
    return "vapid t=\(token),k=\(publicKey)"
  }

  /// A JSON Web Token (RFC 7519) with ES256.
  private func token(for origin: String, until: Timestamp) throws -> String {
    struct Claims: Encodable {
      var aud: String
      var exp: Int
      var sub: String
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let claims = try encoder.encode(
      Claims(aud: origin, exp: Int(until.seconds), sub: contact))
    let head = Array(#"{"alg":"ES256","typ":"JWT"}"#.utf8).base64URL
    let signed = head + "." + Array(claims).base64URL
    let signature = try key.signature(for: Data(signed.utf8))
    return signed + "." + Array(signature.rawRepresentation).base64URL
  }
}

extension URL {
  /// RFC 6454, section 6.2.
  var origin: String {
    "\(scheme ?? "")://\(host ?? "")" + (port.map { ":\($0)" } ?? "")
  }
}
