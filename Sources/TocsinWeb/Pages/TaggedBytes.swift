import Crypto
import Foundation
import NIOCore

/// Bytes with their entity tag (RFC 9110 section 8.8.3).
struct TaggedBytes: Sendable {
  let buffer: ByteBuffer
  let tag: String

  init(_ data: Data) {
    buffer = ByteBuffer(bytes: data)
    tag =
      "\""
      + SHA256.hash(data: data).prefix(12).map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }
      .joined() + "\""
  }
}
