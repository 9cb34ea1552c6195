public import Foundation
public import TocsinModel

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A Tocsin server as an app sees it: its zones, its public picture, and every change as it comes.
///
/// Only what is public: no track, plot, impact place or radar site can be asked for here. A client is a
/// value without a connection of its own; each call and each sequence makes the one it needs.
public struct TocsinClient: Sendable {
  public let url: URL
  /// After this long without a byte the line counts as lost. The server gives a sign of life every 10 s.
  public var patience: Duration = .seconds(25)

  /// - Parameter url: where the server is, as `https://tocsin.example/`.
  public init(url: URL) { self.url = url }

  /// The zones of the plan in force, in its order.
  public func zones() async throws(ClientFault) -> [Zone] {
    try decode(ZoneCollection.self, try await get("api/zones")).zones
  }

  /// The public picture as it is now.
  public func picture() async throws(ClientFault) -> PublicPicture {
    try decode(PublicPicture.self, try await get("api/picture"))
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws(ClientFault) -> Value {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw .unreadable("\(error)")
    }
  }

  private func get(_ path: String) async throws(ClientFault) -> Data {
    let request = URLRequest(
      url: url.appendingPathComponent(path), timeoutInterval: patience.inSeconds)
    let answer: (data: Data, response: URLResponse)
    do {
      answer = try await URLSession.shared.data(for: request)
    } catch {
      throw .unreachable(url, error.localizedDescription)
    }
    try ClientFault.check(answer.response)
    return answer.data
  }
}

/// Why a server could not be asked.
public enum ClientFault: Error, Hashable, Sendable, CustomStringConvertible {
  case unreachable(URL, String)
  case refused(status: Int)
  case unreadable(String)
  case unknownPlace(String)

  public var description: String {
    switch self {
    case .unreachable(let url, let reason):
      "\(url) does not answer (\(reason)). Is 'tocsin run' running there?"
    case .refused(let status): "The server answered with status \(status). Ask it again later."
    case .unreadable(let what):
      "The server's answer is none of Tocsin's: \(what). Compare the versions of server and app."
    case .unknownPlace(let place):
      "The server's map has no zone '\(place)'. Choose one of its zones, by name or id."
    }
  }

  static func check(_ response: URLResponse) throws(ClientFault) {
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    guard status == 200 else { throw .refused(status: status) }
  }
}
