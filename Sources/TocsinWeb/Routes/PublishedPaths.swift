import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TocsinEngine
import TocsinSources

/// Serves what channels have out, byte for byte, and says when nothing is new (RFC 9110 section 13).
struct PublishedPaths: RouterMiddleware {
  let publishers: [any Publishing]
  let clock: WebClock

  func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let parts = request.uri.path.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, request.method == .get || request.method == .head,
      let publisher = publishers.first(where: { $0.outlet == parts[0] }),
      let document = publisher.document(at: String(parts[1]), now: clock.read().now)
    else { return try await next(request, context) }
    let bytes = TaggedBytes(Data(document.bytes))
    var response = Response.tagged(bytes, document.type, for: request)
    if request.headers[.ifNoneMatch] == nil,
      let asked = request.headers[.ifModifiedSince].flatMap(HTTPDate.moment),
      document.modified <= asked
    {
      response = Response(status: .notModified, headers: response.headers)
    }
    response.headers[.lastModified] = HTTPDate.text(document.modified)
    return request.method == .head ? response.createHeadResponse() : response
  }
}
