import CAP
import Foundation
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// `kind: cap`.
package struct CAPKind: ChannelKind {
  package static let word = "cap"
  private var settings: CAPSettings
  private var key: SigningKey?
  private var folder: String?
  /// Whether `url` was given: links must be right for those who read them elsewhere.
  private var hasAddress: Bool

  package var description: String {
    "CAP of '\(settings.sender)'"
      + (key == nil ? ", signed with a key of its own, made at the first start (see key.pem)" : "")
      + (hasAddress ? "" : "; no 'url': its links lead to this machine only")
  }

  /// Without configuration: a key of its own, links to this machine.
  package init() {
    settings = CAPSettings(sender: "tocsin@localhost", prefix: "tocsin", address: "")
    hasAddress = false
  }

  package init(_ fields: inout YAMLFields, folder: String) {
    self.init()
    settings.sender = identity(&fields, "sender") ?? settings.sender
    settings.prefix = identity(&fields, "identifiers") ?? settings.prefix
    settings.name = fields.optionalTexts("name")
    settings.contact = fields.optionalText("contact")
    if let address = fields.optionalText("url") {
      hasAddress = true
      settings.address = address.hasSuffix("/") ? String(address.dropLast()) : address
      if URL(string: address)?.host == nil || !address.hasPrefix("http") {
        fields.fault(
          "url", "is '\(address)'; write where the service is reached: https://example.org")
      }
    }
    self.folder = fields.optionalText("folder").map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 }
    readKey(&fields, folder)
  }

  /// What recipients know us by: no white space, comma, `<` or `&` (CAP 1.2, 3.2.1).
  private func identity(_ fields: inout YAMLFields, _ key: String) -> String? {
    guard let text = fields.optionalText(key) else { return nil }
    if text.contains(where: { $0.isWhitespace || ",<&".contains($0) }) {
      fields.fault(key, "is '\(text)'; no space, comma, < or & may stand in it")
    }
    return text
  }

  private mutating func readKey(_ fields: inout YAMLFields, _ folder: String) {
    func bytes(_ name: String) -> [UInt8]? {
      guard let file = fields.optionalText(name) else { return nil }
      let path = file.hasPrefix("/") ? file : folder + "/" + file
      guard let data = FileManager.default.contents(atPath: path) else {
        fields.fault(name, "is '\(file)', which cannot be read; check the path and who may read it")
        return nil
      }
      return Array(data)
    }
    let certificate = bytes("certificate")
    guard let pem = bytes("key") else {
      if certificate != nil { fields.fault("certificate", "needs the 'key' that it is of") }
      return
    }
    do {
      key = try SigningKey(pem: pem, certificate: certificate)
    } catch {
      fields.fault("key", "cannot sign: \(error)")
    }
  }

  package func channel(for outlet: Outlet, with outside: ChannelOutside) throws -> any Channel {
    var settings = settings
    if !hasAddress { settings.address = "http://\(outside.address)" }
    return try CAPChannel(
      outlet, settings: settings, key: try key ?? Self.ownKey(in: outside.home),
      folder: folder ?? outside.home + "/" + outlet.id, plan: outside.plan,
      now: SystemClock().read().now, logger: outside.logger)
  }

  /// Made once and kept where only the service reads it.
  private static func ownKey(in home: String) throws -> SigningKey {
    let path = home + "/cap-key.pem"
    if let kept = FileManager.default.contents(atPath: path) {
      return try SigningKey(pem: Array(kept))
    }
    let pem = try SigningKey.generate()
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(pem), attributes: [.posixPermissions: 0o600])
    else {
      throw UnreadableFile(path: path, problem: .missing("the key for CAP cannot be written there"))
    }
    return try SigningKey(pem: pem)
  }
}
