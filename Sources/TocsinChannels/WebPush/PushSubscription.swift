package import Foundation

/// Where one browser is reached, as its push service and itself have said, and for which places.
///
/// Source: W3C Push API, `PushSubscription.toJSON()`.
package struct PushSubscription: Hashable, Sendable {
  package var endpoint: URL
  /// The browser's public key, P-256, uncompressed: 65 bytes.
  package var key: [UInt8]
  /// The browser's secret, 16 bytes.
  package var secret: [UInt8]
  package var language: String
  package var zones: [String]
  /// The address that the push service has replaced by this one; its places go on if none are given.
  package var replaces: String?

  /// No subscription is longer; bytes.
  package static let limit = 8192
  /// Places of one subscription at most.
  package static let mostZones = 100

  /// Why it cannot be used: which field, and what is wrong with it.
  package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    package var field: String
    package var words: String
    package var description: String { "'\(field)' \(words)" }
  }

  static let noKey = Fault(
    field: "p256dh", words: "is no public key on P-256, uncompressed, in base64url")

  private struct Body: Decodable {
    struct Subscription: Decodable {
      struct Keys: Decodable {
        var p256dh: String
        var auth: String
      }
      var endpoint: String
      var keys: Keys
    }
    var subscription: Subscription
    var zones: [String]?
    var language: String?
    var replaces: String?
  }

  /// - Throws: ``Fault`` for what is no subscription.
  package init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count <= Self.limit else {
      throw Fault(field: "body", words: "is longer than \(Self.limit) bytes")
    }
    let body: Body
    do {
      body = try JSONDecoder().decode(Body.self, from: Data(bytes))
    } catch {
      throw Fault(
        field: "body",
        words:
          "is not {\"subscription\": …, \"zones\": […]} with what the browser's push manager gave")
    }
    guard let endpoint = URL(string: body.subscription.endpoint), endpoint.host?.isEmpty == false,
      endpoint.user == nil, endpoint.fragment == nil
    else { throw Fault(field: "endpoint", words: "is no address") }
    guard let key = [UInt8](base64URL: body.subscription.keys.p256dh), key.count == 65, key[0] == 4
    else { throw Self.noKey }
    guard let secret = [UInt8](base64URL: body.subscription.keys.auth), secret.count == 16 else {
      throw Fault(field: "auth", words: "is not 16 bytes in base64url")
    }
    let zones = body.zones ?? []
    guard zones.count <= Self.mostZones else {
      throw Fault(field: "zones", words: "has more than \(Self.mostZones) places; choose fewer")
    }
    guard !zones.isEmpty || body.replaces != nil else {
      throw Fault(field: "zones", words: "is empty; choose a place, for nobody is told of all")
    }
    self.endpoint = endpoint
    self.key = key
    self.secret = secret
    self.zones = Array(Set(zones)).sorted()
    language = body.language.flatMap { $0.count <= 16 ? $0 : nil } ?? "en"
    replaces = body.replaces
  }

  /// - Parameter zones: the places as they are kept.
  init(endpoint: URL, key: [UInt8], secret: [UInt8], language: String, zones: [String]) {
    self.endpoint = endpoint
    self.key = key
    self.secret = secret
    self.language = language
    self.zones = zones
  }
}

/// Base64 for addresses, without padding: RFC 4648, section 5.
extension [UInt8] {
  package init?(base64URL text: String) {
    var plain = text.replacing("-", with: "+").replacing("_", with: "/")
    while plain.hasSuffix("=") { plain.removeLast() }
    plain += String(repeating: "=", count: (4 - plain.count % 4) % 4)
    guard let data = Data(base64Encoded: plain) else { return nil }
    self = Array(data)
  }

  package var base64URL: String {
    Data(self).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
