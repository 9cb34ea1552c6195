import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TocsinModel
import TocsinSources

/// Answers the paths that clients of other authorities' feeds ask for. Letter case does not count and slashes
/// may be doubled: clients spell the same path in at least five ways.
///
/// Every answer says in its headers whose warnings these are: nobody may take them for an authority's.
struct CompatiblePaths: RouterMiddleware {
  let showcase: Showcase
  let shelf: CompatibleShelf

  static let issuer = "Tocsin; not the Home Front Command nor any other authority"

  func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path.lowercased().split(separator: "/").map(String.init)
    guard request.method == .get || request.method == .head, Self.mayBeOurs(path) else {
      return try await next(request, context)
    }
    guard let view = showcase.view else {
      return .problem(
        Problem("starting", "The engine has shown nothing yet; ask again in a second."),
        .serviceUnavailable)
    }
    let now = showcase.clock.read().now
    let answers = shelf.answers(view)
    let language = request.uri.queryParameters["lang"].map(String.init) ?? "he"
    guard let content = answers.answer(path, language, at: now) else {
      return try await next(request, context)
    }
    var response = Response.bytes(Data(content), "application/json")
    response.headers[.warningsOf] = Self.issuer
    if path[0] == "v1" || path[0] == "v2" {
      date(&response, request, changed: answers.regions.changed, now)
    }
    return response
  }

  private static func mayBeOurs(_ path: [String]) -> Bool {
    guard let first = path.first else { return false }
    return first == "api"
      ? path.count > 2 && path[1] == "v3"
      : [
        "warningmessages", "shared", "alerts", "districts", "static", "lists-versions",
        "notifications", "v1", "v2",
      ].contains(first)
  }

  /// The Ukrainian client fails without `Last-Modified`, and asks again with it. It says when this answer was
  /// made; a change within that same second is newer, so only an older one answers "not modified".
  private func date(
    _ response: inout Response, _ request: Request, changed: Timestamp?, _ now: Timestamp
  ) {
    let asked = request.headers[.ifModifiedSince].flatMap(HTTPDate.moment)
    if let asked, asked <= now, (changed ?? .distantPast) < asked {
      response = Response(status: .notModified, headers: response.headers)
      response.headers[.contentType] = nil
      response.headers[.lastModified] = HTTPDate.text(asked)
    } else {
      response.headers[.lastModified] = HTTPDate.text(now)
    }
  }
}

extension HTTPField.Name {
  /// A token by RFC 9110, so the name cannot fail.
  static let warningsOf = HTTPField.Name("Warnings-Of")!
}
