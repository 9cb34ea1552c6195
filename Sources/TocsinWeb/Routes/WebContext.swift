import HTTPTypes
import Hummingbird
import NIOCore

/// What a route knows about a request besides the request.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address of the other end, for counting failed keys.
  let address: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
  }
}

/// The headers that every answer carries.
struct SafeHeaders: RouterMiddleware {
  /// Nothing is loaded from elsewhere, nothing inline is run, nobody frames a page.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

  func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch let refused as Gate.Refused {
      response = .problem(refused.problem, refused.status)
    } catch let error as HTTPError {
      response = .problem(
        Problem(
          error.status == .notFound ? "not-found" : "not-served",
          error.body
            ?? "\(request.method) \(request.uri.path) is not served here; see /api/openapi.json."),
        error.status)
    }
    response.headers[.contentSecurityPolicy] = Self.policy
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "no-referrer"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension HTTPField.Name {
  /// A token by RFC 9110, so the name cannot fail.
  static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
