import Crypto
import Foundation
public import TocsinModel

/// The keys of one installation: who may put plots in, order, or write the record.
///
/// Only hashes are kept. A key is shown once, when it is made; there is no default key.
public struct KeyRing: Hashable, Sendable, Codable {
  public private(set) var keys: [Key]

  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// Puts in plots and signs of life; its name is the id of a source of the plan.
    case source
    /// Orders, and sees the situation; its name is the person in the journal.
    case `operator`
    /// Writes the record.
    case recorder
  }

  public struct Key: Hashable, Sendable, Codable {
    public var name: String
    public var role: Role
    /// SHA-256 of the whole key, in hexadecimal.
    public var hash: String
    public var created: Timestamp
    public var revoked: Timestamp?
  }

  /// Why a key was not made or not revoked.
  public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    case unusableName(String)
    case taken(String)
    case unknown(String)

    public var description: String {
      switch self {
      case .unusableName(let name):
        "'\(name.prefix(80))' cannot name a key; use 1 to 64 letters, digits, '.', '_' or '-'."
      case .taken(let name):
        "A key named '\(name)' is in force; revoke it first, or choose another name."
      case .unknown(let name):
        "No key named '\(name)' is in force; 'tocsin keys list' shows those that are."
      }
    }
  }

  public init() { keys = [] }

  /// Makes a key and answers with its text, which is kept nowhere.
  public mutating func add(name: String, role: Role, at time: Timestamp) throws(Fault) -> String {
    guard Self.isName(name) else { throw .unusableName(name) }
    guard !keys.contains(where: { $0.name == name && $0.revoked == nil }) else {
      throw .taken(name)
    }
    let text = "tcs_" + Self.randomText()
    keys.append(Key(name: name, role: role, hash: Self.hash(of: text), created: time))
    return text
  }

  public mutating func revoke(name: String, at time: Timestamp) throws(Fault) {
    guard let index = keys.firstIndex(where: { $0.name == name && $0.revoked == nil }) else {
      throw .unknown(name)
    }
    keys[index].revoked = time
  }

  /// The key in force with this text; takes the same time whichever it is and whether there is one.
  public func verify(_ text: String) -> Key? {
    let given = Array(Self.hash(of: text).utf8)
    var found: Key?
    for key in keys {
      let expected = Array(key.hash.utf8)
      var difference = given.count == expected.count ? 0 : 1
      for index in 0..<min(given.count, expected.count) {
        difference |= Int(given[index] ^ expected[index])
      }
      if difference == 0 && key.revoked == nil { found = key }
    }
    return found
  }

  /// The key in force with this name and role.
  public func key(named name: String, role: Role) -> Key? {
    keys.first { $0.name == name && $0.role == role && $0.revoked == nil }
  }

  private static func isName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-".unicodeScalars.contains($0)
      }
  }

  private static func hash(of text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }
      .joined()
  }

  /// 256 random bits, base64url without padding (RFC 4648 section 5).
  private static func randomText() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64URL
  }
}

extension Data {
  package var base64URL: String {
    base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}
