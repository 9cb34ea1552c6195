import Foundation
import HTTPTypes
import Hummingbird
import TocsinEngine
import TocsinModel
import TocsinSources

extension WebServer {
  var routes: Router<WebContext> {
    let router = Router(context: WebContext.self)
    router.add(middleware: SafeHeaders())
    router.add(middleware: CompatiblePaths(showcase: showcase, shelf: shelf))
    router.add(middleware: PublishedPaths(publishers: publishers, clock: showcase.clock))
    addPages(to: router)
    addReading(to: router)
    addRecord(to: router)
    addArticleReading(to: router)
    addHistory(to: router)
    addWriting(to: router)
    addHealth(to: router)
    return router
  }

  private func addPages(to router: Router<WebContext>) {
    router.get("/") { request, _ in publicPage(request) }
    router.get("/situation") { request, _ in
      let words = files.vocabulary["en"]
      let gazetteer = showcase.gazetteer
      let place = gazetteer.plan.title["en"]
      return Response.bytes(
        Data(
          files.situation.fill(
            words,
            ["place": .text(place), "data": situationData(words, gazetteer), "signs": files.signs]
          ).utf8),
        "text/html; charset=utf-8")
    }
    for (path, file) in files.served {
      router.get(RouterPath(path)) { request, _ in
        Response.tagged(file.content, file.type, for: request)
      }
    }
  }

  /// The situation's page carries words and no state: that comes with the key.
  private func situationData(_ words: Words, _ gazetteer: Gazetteer) -> Markup {
    struct PageData: Encodable {
      var lang: String
      var strings: [String: String]
      var hazards: [String: Gazetteer.HazardWords]
    }
    let data = PageData(
      lang: words.language, strings: words.table,
      hazards: gazetteer.hazardWords(words.language))
    return .json((try? JSONEncoder.web.encode(data)) ?? Data("{}".utf8))
  }

  private func publicPage(_ request: Request) -> Response {
    let wish = request.uri.queryParameters["lang"].map(String.init)
    let cookie = request.cookies["tocsin_lang"]?.value
    let words = files.vocabulary.choose(
      query: wish, cookie: cookie, accept: request.headers[.acceptLanguage])
    guard let picture = showcase.picture else {
      var response = Response.bytes(
        Data(Self.starting.utf8), "text/html; charset=utf-8", .serviceUnavailable)
      response.headers[.retryAfter] = "2"
      return response
    }
    let page = PublicPage(
      picture: picture, gazetteer: showcase.gazetteer, words: words, clock: showcase.clock.read(),
      signs: files.signs,
      push: subscribers.first(where: \.isActual).map {
        PushOffer(path: "/api/push/\($0.outlet)", key: $0.publicKey)
      })
    var response = Response.bytes(
      Data(page.html(files.page).utf8), "text/html; charset=utf-8")
    response.headers[.contentLanguage] = words.language
    response.headers[.vary] = "Accept-Language, Cookie"
    if wish == words.language {
      response.setCookie(
        Cookie(
          name: "tocsin_lang", value: words.language, maxAge: 31_536_000, path: "/",
          httpOnly: true, sameSite: .lax))
    }
    return response
  }

  /// Shown for the moment before the engine has restored its state: not calm, and it says so.
  private static let starting = """
    <!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
    <title>Tocsin is starting</title><link rel="stylesheet" href="/base.css">
    <h1>We cannot see yet</h1><p>Tocsin is starting. Follow the sirens and the radio.</p>
    """

  private func addReading(to router: Router<WebContext>) {
    router.get("/api/picture") { _, _ in
      showcase.pictureBytes.map { Response.bytes($0, "application/json") } ?? notYet
    }
    router.get("/api/situation") { request, context in
      _ = try gate.key(request.headers, role: .operator, from: context.address)
      return showcase.situation.map { Response.json($0) } ?? notYet
    }
    router.get("/api/zones") { request, _ in
      let gazetteer = showcase.gazetteer
      if let language = request.uri.queryParameters["names"] {
        return Response.tagged(
          TaggedBytes(gazetteer.allNames(String(language))), "application/json", for: request)
      }
      return Response.tagged(gazetteer.geoJSON, "application/geo+json", for: request)
    }
    if let contract = files.served["/openapi.json"] {
      router.get("/api/openapi.json") { request, _ in
        Response.tagged(contract.content, contract.type, for: request)
      }
    }
  }

  private var notYet: Response {
    .problem(
      Problem("starting", "The engine has shown nothing yet; ask again in a second."),
      .serviceUnavailable)
  }

  private func addHealth(to router: Router<WebContext>) {
    router.get("/health/live") { _, _ in Response.json(["alive": true]) }
    router.get("/health/ready") { _, _ in
      showcase.view == nil ? notYet : Response.json(["ready": true])
    }
    router.get("/metrics") { _, _ in
      Response.bytes(Data(metrics.utf8), "text/plain; version=0.0.4; charset=utf-8")
    }
  }

  /// Prometheus text format 0.0.4.
  private var metrics: String {
    let tally = broadcast.tally
    let picture = showcase.picture
    let active = Set((picture?.zones ?? []).filter { $0.stage != .ended }.map(\.warning)).count
    let blind = (picture?.health ?? []).filter { $0.state != .covered }.count
    return [
      metric("tocsin_entries", "gauge", "Number of the newest entry.", picture?.entry ?? 0),
      metric(
        "tocsin_recorded", "gauge", "1 if the newest entry is written down.",
        picture?.recorded == true ? 1 : 0),
      metric("tocsin_warnings_active", "gauge", "Warnings with a zone still warned.", active),
      metric("tocsin_districts_unseen", "gauge", "Districts that no living source covers.", blind),
      metric("tocsin_readers", "gauge", "Open event streams.", tally.readers),
      metric(
        "tocsin_operator_readers", "gauge", "Open event streams with an operator's key.",
        tally.operators),
      metric("tocsin_events_sent_total", "counter", "Events written to readers.", tally.sent),
      metric(
        "tocsin_readers_dropped_total", "counter", "Readers closed because they were too slow.",
        tally.dropped),
    ].joined()
  }

  private func metric(_ name: String, _ type: String, _ help: String, _ value: Int) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(name) \(value)\n"
  }
}
