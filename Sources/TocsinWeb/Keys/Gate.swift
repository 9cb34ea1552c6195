import Foundation
import HTTPTypes
import TocsinSources

/// Who comes in: checks keys and sessions of requests.
struct Gate: Sendable {
  let keys: KeyFile
  let sessions = Sessions()
  let attempts = Attempts()

  enum Refused: Error, Hashable {
    case noKey, wrongKey
    case wrongRole(KeyRing.Role)
    case tooMany
    case unreadable(String)

    var status: HTTPResponse.Status {
      switch self {
      case .noKey, .wrongKey: .unauthorized
      case .wrongRole: .forbidden
      case .tooMany: .tooManyRequests
      case .unreadable: .serviceUnavailable
      }
    }

    var problem: Problem {
      switch self {
      case .noKey:
        Problem(
          "no-key",
          "This needs a key: send 'Authorization: Bearer tcs_…'. The administrator makes one with "
            + "'tocsin keys add'.")
      case .wrongKey:
        Problem(
          "wrong-key",
          "This key is not known or was revoked. Check that it was copied whole, or ask for a new "
            + "one ('tocsin keys add').")
      case .wrongRole(let needed):
        Problem(
          "wrong-role",
          "This needs a key of the role '\(needed.rawValue)'; make one with 'tocsin keys add "
            + "--role \(needed.rawValue)'.")
      case .tooMany:
        Problem("too-many", "Too many wrong keys from this address. Wait a minute.")
      case .unreadable(let reason): Problem("keys-unreadable", reason)
      }
    }
  }

  /// The key that came with a request, if it has the role.
  func key(
    _ headers: HTTPFields, role: KeyRing.Role, from address: String
  ) throws(Refused) -> KeyRing.Key {
    try check(Self.bearer(headers[.authorization]), roles: [role], from: address)
  }

  /// The key, if it has one of the roles.
  func key(
    _ headers: HTTPFields, roles: [KeyRing.Role], from address: String
  ) throws(Refused) -> KeyRing.Key {
    try check(Self.bearer(headers[.authorization]), roles: roles, from: address)
  }

  /// The same for the event stream, which may come with a session's cookie in place of the key.
  func operatorOfStream(
    authorization: String?, cookies: [String], from address: String
  ) throws(Refused) -> KeyRing.Key {
    if authorization == nil, let name = session(in: cookies) {
      guard let key = try ring().key(named: name, role: .operator) else { throw .wrongKey }
      return key
    }
    return try check(Self.bearer(authorization), roles: [.operator], from: address)
  }

  private func check(
    _ text: String?, roles: [KeyRing.Role], from address: String
  ) throws(Refused) -> KeyRing.Key {
    guard let text else { throw .noKey }
    guard let key = try ring().verify(text) else {
      throw attempts.fail(address) ? .tooMany : .wrongKey
    }
    guard roles.contains(key.role) else { throw .wrongRole(roles[0]) }
    return key
  }

  private func ring() throws(Refused) -> KeyRing {
    do {
      return try keys.ring()
    } catch {
      throw .unreadable(error.description)
    }
  }

  private func session(in cookies: [String]) -> String? {
    for pair in cookies.flatMap({ $0.split(separator: ";") }) {
      let parts = pair.trimmingPrefix(while: \.isWhitespace).split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0] == Sessions.cookie else { continue }
      return sessions.name(in: String(parts[1]), at: Int(Date().timeIntervalSince1970))
    }
    return nil
  }

  private static func bearer(_ header: String?) -> String? {
    guard let header, header.lowercased().hasPrefix("bearer ") else { return nil }
    return header.dropFirst(7).trimmingCharacters(in: .whitespaces)
  }
}

/// What is wrong, where, and what to do about it, as JSON.
struct Problem: Hashable, Sendable, Codable {
  var error: String
  var reason: String

  init(_ error: String, _ reason: String) {
    self.error = error
    self.reason = reason
  }
}
