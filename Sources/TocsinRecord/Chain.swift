import Crypto

/// The chain over a journal's entries, by digests of their payloads.
///
/// Because a link holds digests only, a payload can be removed later and the chain still proves what stood
/// there. Source: SHA-256, FIPS 180-4.
public struct Chain: Hashable, Sendable {
  /// The digest of everything up to now; 32 zero bytes at the start.
  public private(set) var head: [UInt8]

  public init(head: [UInt8] = Array(repeating: 0, count: 32)) { self.head = head }

  public static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// Adds an entry and answers with the new head.
  public mutating func append(
    number: Int, nanoseconds: Int64, payload: [UInt8], effects: [UInt8]
  ) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: head)
    hash.update(data: bigEndian(Int64(number)))
    hash.update(data: bigEndian(nanoseconds))
    hash.update(data: payload)
    hash.update(data: effects)
    head = Array(hash.finalize())
    return head
  }

  private func bigEndian(_ number: Int64) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
