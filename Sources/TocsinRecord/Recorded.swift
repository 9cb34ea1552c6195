import Crypto
public import Foundation
public import TocsinModel

/// A statement as the record holds it: with its id, and when and by whom it was recorded.
public struct Recorded: Hashable, Sendable, Codable {
  /// `s` and the first 16 digits of ``sha256``.
  public var id: String
  /// Of the statement's canonical JSON: keys sorted, no spaces, UTF-8.
  public var sha256: String
  public var statement: Record.Statement
  /// By our clock.
  public var recordedAt: Timestamp
  /// The source or the recorder.
  public var recordedBy: String

  public init(_ statement: Record.Statement, at time: Timestamp, by: String) {
    self.statement = statement
    recordedAt = time
    recordedBy = by
    sha256 = CanonicalJSON.digest(of: statement)
    id = Self.id(sha256)
  }

  public static func id(_ sha256: String) -> String { "s" + sha256.prefix(16) }
}

/// The one form in which anything of the record is hashed, signed and exported.
public enum CanonicalJSON {
  public static func bytes(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(value)
    } catch {
      // Only a number that is not finite cannot be written, and those are refused at the door.
      preconditionFailure("A value of the record cannot be written as JSON: \(error)")
    }
  }

  public static func digest(of value: some Encodable) -> String {
    digest(ofBytes: bytes(value))
  }

  /// SHA-256 in hexadecimal digits.
  static func digest(ofBytes bytes: some DataProtocol) -> String {
    SHA256.hash(data: bytes).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }
}
