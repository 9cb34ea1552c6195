public import Crypto
import Foundation
public import TocsinModel

/// Keeps the source or the capture of a statement so that two persons together can open it and nobody alone.
///
/// What is sealed is encrypted with a key that exists nowhere: two random shares make it, and each share is
/// encrypted to one person's key. Source: RFC 9180 (HPKE, X25519, ChaCha20-Poly1305); the key is the exclusive
/// or of its shares.
public enum Seal {
  /// Which part of a statement.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// Who said it, in which role, and through whom.
    case source
    /// Through whom it came, and what was captured.
    case capture
  }

  /// A person's public key, as `record seal-key` prints it: `NAME:BASE64`.
  public struct Key: Sendable {
    public var name: String
    public var key: Curve25519.KeyAgreement.PublicKey

    public init(_ text: String) throws(Fault) {
      let parts = text.trimmingCharacters(in: .whitespacesAndNewlines)
        .split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let bytes = Data(base64Encoded: String(parts[1])),
        let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
      else { throw .init("'\(text.prefix(60))' is no public key; write it as NAME:BASE64.") }
      name = String(parts[0])
      self.key = key
    }
  }

  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
    init(_ description: String) { self.description = description }
  }

  /// What is in the box.
  public struct Content: Codable, Hashable, Sendable {
    public var speaker: Record.Speaker?
    public var relays: [Record.Relay]
  }

  private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
  private static let purpose = Data("tocsin record seal 1".utf8)

  /// The statement as it may be recorded: what is sealed is in the box and nowhere else.
  /// - Parameter description: the words that stand for the speaker: "a resident".
  public static func seal(
    _ part: Part, of statement: Record.Statement, as description: String, to keys: [Key]
  ) throws(Fault) -> Record.Statement {
    guard keys.count == 2, keys[0].name != keys[1].name else {
      throw .init("A seal needs the keys of two different persons.")
    }
    var open = statement
    let content = Content(
      speaker: part == .source ? statement.speaker : nil, relays: statement.relays)
    if part == .source {
      open.speaker = Record.Speaker(.anonymous, Record.Words(description))
      // Both may name who it was.
      open.label = nil
      if case .origin = open.root { open.root = .unknown(description) }
    }
    open.relays = [Record.Relay(Record.Words("sealed"), .heard, capture: .none(reason: "sealed"))]
    do {
      let whole = SymmetricKey(size: .bits256)
      let first = SymmetricKey(size: .bits256)
      let box = try ChaChaPoly.seal(CanonicalJSON.bytes(content), using: whole).combined
      let shares = [bytes(first), zip(bytes(whole), bytes(first)).map { $0 ^ $1 }]
      open.sealed = Record.Sealed(
        fields: [part.rawValue], keys: keys.map(\.name), box: box.base64EncodedString(),
        shares: try zip(keys, shares).map { key, share in
          var sender = try HPKE.Sender(recipientKey: key.key, ciphersuite: suite, info: purpose)
          let cipher = try sender.seal(Data(share))
          return (sender.encapsulatedKey + cipher).base64EncodedString()
        })
    } catch {
      throw .init("It could not be sealed: \(error). Nothing was recorded.")
    }
    return open
  }

  /// Opens a box with both persons' private keys, in any order.
  public static func open(
    _ sealed: Record.Sealed, with keys: [Curve25519.KeyAgreement.PrivateKey]
  ) throws(Fault) -> Content {
    let shares = sealed.shares.map { share in keys.lazy.compactMap { opened(share, $0) }.first }
    guard shares.count == 2, let first = shares[0], let second = shares[1] else {
      throw .init(
        "It takes the private keys of both \(sealed.keys.joined(separator: " and ")).")
    }
    let whole = SymmetricKey(data: zip(first, second).map { $0 ^ $1 })
    guard
      let box = Data(base64Encoded: sealed.box).flatMap({ try? ChaChaPoly.SealedBox(combined: $0) }
      ),
      let plain = try? ChaChaPoly.open(box, using: whole),
      let content = try? JSONDecoder().decode(Content.self, from: plain)
    else { throw .init("The box was changed: it does not open.") }
    return content
  }

  private static func opened(_ share: String, _ key: Curve25519.KeyAgreement.PrivateKey) -> Data? {
    guard let bytes = Data(base64Encoded: share), bytes.count > 32 else { return nil }
    return try? HPKE.Recipient(
      privateKey: key, ciphersuite: suite, info: purpose, encapsulatedKey: bytes.prefix(32)
    ).opening(bytes.dropFirst(32))
  }

  private static func bytes(_ key: SymmetricKey) -> [UInt8] { key.withUnsafeBytes { Array($0) } }
}

extension HPKE.Recipient {
  /// One message, and no more with this context.
  fileprivate func opening(_ cipher: Data) throws -> Data {
    var copy = self
    return try copy.open(cipher)
  }
}
