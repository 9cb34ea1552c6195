import Crypto
import Foundation
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// `kind: web-push` with `contact:`.
package struct WebPushKind: ChannelKind {
  package static let word = "web-push"
  private let contact: String
  private let services: [String]
  private let patience: Duration

  /// The push services of the browsers that have one. Addresses elsewhere are not taken: whoever may name an
  /// address to us could else make us call any machine that we reach.
  static let standardServices = [
    "fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com",
    "*.notify.windows.com",
  ]

  package var description: String {
    "Web Push to browsers, for push services to reach us: \(contact)"
      + (services.isEmpty ? "" : "; also by \(services.joined(separator: ", "))")
  }

  package init(_ fields: inout YAMLFields, folder: String) {
    contact = fields.text("contact") ?? ""
    services = fields.has("services") ? fields.list("services") : []
    _ = fields.node("services")
    patience = fields.optionalDuration("patience") ?? .seconds(5)
    if !contact.isEmpty, !contact.hasPrefix("mailto:"), !contact.hasPrefix("https://") {
      fields.fault(
        "contact",
        "is '\(contact)'; write mailto:duty@example.org or https://…, for push services' people (RFC 8292)"
      )
    }
    if patience > .seconds(30) {
      fields.fault("patience", "is more than 30 s: what comes after would wait that long")
    }
    for service in services where PushServices.origin(service) == nil && service.contains("/") {
      fields.fault(
        "services", "has '\(service)'; write a host as push.example.org or *.example.org")
    }
  }

  package func channel(for outlet: Outlet, with outside: ChannelOutside) throws -> any Channel {
    let identity = PushIdentity(
      key: try Self.key(at: "\(outside.home)/push-\(outlet.id)-key.pem"), contact: contact)
    return WebPushChannel(
      outlet, identity, store: try PushStore(path: "\(outside.home)/push-\(outlet.id).sqlite"),
      services: PushServices(Self.standardServices + services), patience: patience,
      zones: outside.plan.zones, logger: outside.logger)
  }

  /// Made once and kept where only the service reads it: with another key every subscription is void.
  private static func key(at path: String) throws -> P256.Signing.PrivateKey {
    if let kept = FileManager.default.contents(atPath: path) {
      return try P256.Signing.PrivateKey(pemRepresentation: String(decoding: kept, as: UTF8.self))
    }
    let key = P256.Signing.PrivateKey()
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(key.pemRepresentation.utf8),
        attributes: [.posixPermissions: 0o600])
    else {
      throw UnreadableFile(
        path: path, problem: .missing("the key for Web Push cannot be written there"))
    }
    return key
  }
}

/// The push services that we call.
struct PushServices: Hashable, Sendable {
  let patterns: [String]

  init(_ patterns: [String]) { self.patterns = patterns.map { $0.lowercased() } }

  /// By https, at its usual port, at a host of the list; else at an origin that stands there whole.
  func allow(_ endpoint: URL) -> Bool {
    let host = (endpoint.host ?? "").lowercased()
    if patterns.contains(endpoint.origin.lowercased()) { return true }
    guard endpoint.scheme == "https", endpoint.port == nil || endpoint.port == 443 else {
      return false
    }
    return patterns.contains { pattern in
      pattern.hasPrefix("*.") ? host.hasSuffix(pattern.dropFirst()) : host == pattern
    }
  }

  /// For a service of one's own, or a test: `http://127.0.0.1:9000`.
  static func origin(_ text: String) -> String? {
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""),
      url.origin == text
    else { return nil }
    return text
  }
}
