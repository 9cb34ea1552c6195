import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Decides who may read the stream and what the reader is told first.
struct StreamDoor: Sendable {
  static let path = "/api/events"
  /// Bytes that may wait for one slow reader before it is closed.
  static let patience = 1 << 20

  let gate: Gate
  let broadcast: Broadcast
  let clock: @Sendable () -> Data

  enum Answer {
    case admit((any Channel) throws -> Void)
    case refuse(HTTPResponseStatus, ByteBuffer)
  }

  func wants(_ head: HTTPRequestHead) -> Bool {
    head.method == .GET && (head.uri == Self.path || head.uri.hasPrefix(Self.path + "?"))
  }

  func admit(_ head: HTTPRequestHead, from address: String) -> Answer {
    let query = URLComponents(string: head.uri)?.queryItems ?? []
    let authorization = head.headers.first(name: "authorization")
    let asksForMore = query.contains { $0.name == "as" && $0.value == "operator" }
    if authorization != nil || asksForMore {
      do {
        _ = try gate.operatorOfStream(
          authorization: authorization, cookies: head.headers["cookie"], from: address)
      } catch {
        let body = (try? JSONEncoder().encode(error.problem)) ?? Data()
        return .refuse(
          HTTPResponseStatus(statusCode: error.status.code), ByteBuffer(bytes: body))
      }
    }
    let zones = query.filter { $0.name == "zones" }
      .flatMap { ($0.value ?? "").split(separator: ",").map(String.init) }
    return .admit { channel in
      try open(
        channel, isOperator: authorization != nil || asksForMore, zones: Set(zones.prefix(50)),
        lastID: head.headers.first(name: "last-event-id"))
    }
  }

  private func open(
    _ channel: any Channel, isOperator: Bool, zones: Set<String>, lastID: String?
  ) throws {
    try channel.syncOptions?.setOption(
      .writeBufferWaterMark, value: .init(low: Self.patience / 2, high: Self.patience))
    // Without a length and to be closed at its end, so that events go out without being cut into chunks.
    var first = ByteBuffer(
      string: "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n"
        + "x-content-type-options: nosniff\r\nx-accel-buffering: no\r\nconnection: close\r\n\r\n"
        + "retry: 1000\n\n")
    first.writeImmutableBuffer(StreamEvent.write(.clock, json: clock(), id: nil))
    try broadcast.join(
      channel, isOperator: isOperator, zones: zones, lastID: lastID, first: first)
  }
}
