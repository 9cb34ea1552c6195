import Foundation
import TocsinConfiguration
import TocsinModel
import TocsinSources

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A running Tocsin, talked to over HTTP.
struct RemoteTocsin {
  var url: String
  var key: String?

  /// The key of a file, else of `$TOCSIN_KEY`.
  static func key(_ file: String?, role: KeyRing.Role) throws -> String {
    let given =
      try file.map { String(decoding: try FileBytes.read($0), as: UTF8.self) }
      ?? ProcessInfo.processInfo.environment["TOCSIN_KEY"]
    guard let key = given?.trimmingCharacters(in: .whitespacesAndNewlines), !key.isEmpty else {
      throw Refused(
        description:
          "This needs a key of role '\(role.rawValue)' in $TOCSIN_KEY or --key-file ('tocsin keys add "
          + "NAME --role \(role.rawValue)').")
    }
    return key
  }

  func get(_ path: String) async throws -> Data { try await send("GET", path, nil) }

  func post(_ path: String, _ body: Data) async throws -> Data {
    try await send("POST", path, body)
  }

  private func send(_ method: String, _ path: String, _ body: Data?) async throws -> Data {
    guard let address = URL(string: url + path) else {
      throw Refused(description: "'\(url)' is no address; write it as http://127.0.0.1:8080.")
    }
    var request = URLRequest(url: address, timeoutInterval: 10)
    request.httpMethod = method
    request.httpBody = body
    if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
    let (data, response): (Data, URLResponse)
    do {
      (data, response) = try await URLSession.shared.data(for: request)
    } catch {
      throw Refused(description: "\(url) does not answer. Is 'tocsin run' running there?")
    }
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    guard (200..<300).contains(status) else {
      let said = try? JSONDecoder().decode(Said.self, from: data)
      throw Refused(description: said?.reason ?? said?.error ?? "\(url)\(path) answered \(status).")
    }
    return data
  }

  private struct Said: Decodable {
    var error: String
    var reason: String?
  }
}
