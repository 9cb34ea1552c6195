package import Crypto
import Foundation

/// What only one browser can read.
///
/// Source: RFC 8291 (keys) and RFC 8188 (`aes128gcm`, one record).
package enum PushEncryption {
  /// Bytes of a text at most, so that the body has 4096 (RFC 8291, section 4).
  package static let limit = 3993

  private static let recordSize: UInt32 = 4096

  /// - Parameters:
  ///   - ephemeral: a key of this message alone.
  ///   - salt: 16 bytes of this message alone.
  package static func encrypt(
    _ text: [UInt8], for key: [UInt8], secret: [UInt8],
    ephemeral: P256.KeyAgreement.PrivateKey = .init(), salt: [UInt8] = randomSalt()
  ) throws -> [UInt8] {
    let reader = try P256.KeyAgreement.PublicKey(x963Representation: key)
    let own = Array(ephemeral.publicKey.x963Representation)
    let shared = try ephemeral.sharedSecretFromKeyAgreement(with: reader)
    let material = shared.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: secret, sharedInfo: Array("WebPush: info\0".utf8) + key + own,
      outputByteCount: 32)
    func derived(_ what: String, _ count: Int) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: \(what)\0".utf8),
        outputByteCount: count)
    }
    let nonce = try AES.GCM.Nonce(data: derived("nonce", 12).withUnsafeBytes { Array($0) })
    // The 2 marks the last record.
    let box = try AES.GCM.seal(text + [2], using: derived("aes128gcm", 16), nonce: nonce)
    let size = withUnsafeBytes(of: recordSize.bigEndian) { Array($0) }
    return salt + size + [UInt8(own.count)] + own + Array(box.ciphertext) + Array(box.tag)
  }

  /// Whether bytes are a point of the curve, so that something can be encrypted for it.
  package static func canRead(with key: [UInt8]) -> Bool {
    (try? P256.KeyAgreement.PublicKey(x963Representation: key)) != nil
  }

  package static func randomSalt() -> [UInt8] {
    var source = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &source) }
  }
}
