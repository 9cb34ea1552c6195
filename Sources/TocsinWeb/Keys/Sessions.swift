import Crypto
import Foundation
import TocsinSources

/// Signs the short-lived cookie by which a page's event stream shows whose it is.
///
/// Signed with a key of this process alone: after a restart the page signs in again with its own key.
struct Sessions: Sendable {
  static let cookie = "tocsin_session"
  static let lasting = 3600

  private let secret = SymmetricKey(size: .bits256)

  func token(for name: String, at seconds: Int) -> String {
    let body = Data("\(seconds + Self.lasting) \(name)".utf8).base64URL
    return body + "." + signature(of: body)
  }

  /// The name in a token that is ours and still holds.
  func name(in token: String, at seconds: Int) -> String? {
    let parts = token.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let code = Data(base64URL: parts[1]),
      HMAC<SHA256>.isValidAuthenticationCode(
        code, authenticating: Data(parts[0].utf8), using: secret),
      let body = Data(base64URL: parts[0])
    else { return nil }
    let words = String(decoding: body, as: UTF8.self).split(separator: " ", maxSplits: 1)
    guard words.count == 2, let end = Int(words[0]), end > seconds else { return nil }
    return String(words[1])
  }

  private func signature(of body: String) -> String {
    Data(HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: secret)).base64URL
  }
}

extension Data {
  init?(base64URL text: String) {
    var plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(
      of: "_", with: "/")
    while plain.utf8.count % 4 != 0 { plain += "=" }
    self.init(base64Encoded: plain)
  }
}
