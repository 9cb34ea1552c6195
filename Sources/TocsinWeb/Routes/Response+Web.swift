import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) -> Response {
    do {
      return bytes(try JSONEncoder.web.encode(value), "application/json", status)
    } catch {
      return problem(Problem("not-written", "\(error)"), .internalServerError)
    }
  }

  static func problem(_ problem: Problem, _ status: HTTPResponse.Status) -> Response {
    var response = bytes(
      (try? JSONEncoder.web.encode(problem)) ?? Data("{}".utf8), "application/json", status)
    if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    if status == .tooManyRequests { response.headers[.retryAfter] = "60" }
    return response
  }

  static func bytes(
    _ data: Data, _ type: String, _ status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type],
      body: .init(byteBuffer: ByteBuffer(bytes: data)))
  }

  /// What seldom changes: the browser keeps it and asks whether it is still so.
  static func tagged(_ bytes: TaggedBytes, _ type: String, for request: Request) -> Response {
    let known = request.headers[.ifNoneMatch]?.split(separator: ",").contains {
      $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "W/", with: "") == bytes.tag
    }
    let headers: HTTPFields = [.eTag: bytes.tag, .cacheControl: "no-cache", .contentType: type]
    guard known != true else { return Response(status: .notModified, headers: headers) }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes.buffer))
  }
}

extension Request {
  /// The whole body, or what is wrong with its size.
  func wholeBody(upTo limit: Int) async throws -> Data {
    var request = self
    do {
      return Data(try await request.collectBody(upTo: limit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw HTTPError(
        .contentTooLarge, message: "The body is longer than \(limit) bytes; send less at a time.")
    }
  }
}
