import Foundation
import HTTPTypes
import Hummingbird
import TocsinCore
import TocsinEngine
import TocsinHistory
import TocsinModel
import TocsinRecord
import TocsinSources

/// The record, read by everyone: pages, and the same as JSON.
extension WebServer {
  func addRecord(to router: Router<WebContext>) {
    router.get("/record") { request, _ in recordList(request) }
    router.get("/record/:incident") { request, context in
      try recordPage(request, context.parameters.require("incident"))
    }
    router.get("/record/:incident/accounts") { request, context in
      let shown = try dossier(request, context)
      let words = recordWords(request)
      let page = AccountsPage(
        shown, try accounts(of: shown), words: words, zones: showcase.gazetteer.zones)
      return self.recordPage(
        words, title: words["accounts"] + " · " + shown.incident.title[words.language],
        page.content)
    }
    router.get("/record/:incident/accounts.csv") { request, context in
      let table = try accounts(of: dossier(request, context))
      return Response.bytes(Data(table.csv.utf8), "text/csv; charset=utf-8")
    }
    router.get("/api/record") { request, _ in
      Response.json(recordShelf.archive(asOf: try moment(request)).listing)
    }
    router.get("/api/record/:incident") { request, context in
      Response.json(try dossier(request, context))
    }
    router.get("/api/record/:incident/statements") { request, context in
      Response.json(try dossier(request, context).statements)
    }
    router.get("/api/record/:incident/conflicts") { request, context in
      Response.json(try dossier(request, context).findings)
    }
    router.get("/api/record/:incident/dispatch") { request, context in
      try dispatch(request, try dossier(request, context))
    }
    router.get("/api/record/:incident/export") { request, context in
      try export(request, try dossier(request, context))
    }
  }

  /// `?asOf=`, with an offset; without it, now.
  private func moment(_ request: Request) throws -> Timestamp? {
    guard let text = query(request, "asOf"), !text.isEmpty else { return nil }
    // A plus sign in an address is a space.
    guard let moment = Timestamp(text.replacing(" ", with: "+")) else {
      throw HTTPError(.badRequest, message: UnreadableTime(text: text).description)
    }
    return moment
  }

  private func query(_ request: Request, _ name: String) -> String? {
    request.uri.queryParameters[name[...]].map(String.init)
  }

  private func dossier(_ request: Request, _ context: WebContext) throws -> Dossier {
    try dossier(request, try context.parameters.require("incident"))
  }

  private func dossier(_ request: Request, _ id: String) throws -> Dossier {
    let name = id.removingPercentEncoding ?? id
    guard let found = recordShelf.archive(asOf: try moment(request)).dossier(of: name) else {
      throw HTTPError(.notFound, message: "The record has no such incident; see /api/record.")
    }
    return found
  }

  /// The imported logs, what was said, and our own warnings of the incident's days.
  private func accounts(of dossier: Dossier) throws -> AccountTable {
    let zones = showcase.gazetteer.plan.zones
    guard let clock = LocalClock(dossier.timeZone), let days = Account.days(of: dossier, clock)
    else { return AccountTable([], zones: zones) }
    let logs = try historyShelf.logs().map { log, chronicle in
      Account(log: log.name, chronicle, zones: zones, within: days)
    }
    return AccountTable(
      logs.filter { !$0.rows.isEmpty } + Account.said(in: dossier, within: days)
        + [Account(ours: dossier.warnings, within: days)], zones: zones)
  }

  private func dispatch(_ request: Request, _ dossier: Dossier) throws -> Response {
    let language = query(request, "lang") ?? "en"
    guard let dispatch = Dispatch(dossier, language: language) else {
      throw HTTPError(
        .badRequest, message: "'lang' is one of \(Dispatch.languages.joined(separator: ", ")).")
    }
    switch query(request, "format") ?? "json" {
    case "json": return .json(dispatch)
    case "text": return .bytes(Data(dispatch.text.utf8), "text/plain; charset=utf-8")
    case "md": return .bytes(Data(dispatch.markdown.utf8), "text/markdown; charset=utf-8")
    case "html": return .bytes(Data(dispatch.html.utf8), "text/html; charset=utf-8")
    default:
      throw HTTPError(.badRequest, message: "'format' is one of json, text, md, html.")
    }
  }

  private func export(_ request: Request, _ dossier: Dossier) throws -> Response {
    guard let format = RecordImport.Format(rawValue: query(request, "format") ?? "json") else {
      let known = RecordImport.Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw HTTPError(.badRequest, message: "'format' is one of \(known).")
    }
    let type =
      switch format {
      case .csv: "text/csv; charset=utf-8"
      case .ndjson: "application/x-ndjson"
      case .claim: "application/ld+json"
      case .json, .prov, .ninjs: "application/json"
      }
    var response = Response.bytes(Exchange.export(dossier, format), type)
    response.headers[.contentDisposition] = "attachment"
    return response
  }

  // MARK: Pages

  func recordWords(_ request: Request) -> Words {
    files.recordWords.choose(
      query: query(request, "lang"), cookie: request.cookies["tocsin_lang"]?.value,
      accept: request.headers[.acceptLanguage])
  }

  /// A page of the record's look.
  func recordPage(_ words: Words, title: String, _ content: Markup) -> Response {
    let mode = showcase.view?.tocsin.mode ?? .actual
    let values: [String: Markup] = [
      "lang": .text(words.language), "dir": .text(words["dir"]), "mode": .text(mode.rawValue),
      "word": .text(mode == .actual ? "" : words[mode.rawValue]), "title": .text(title),
      "content": content,
    ]
    var response = Response.bytes(
      Data(files.record.fill(words, values).utf8), "text/html; charset=utf-8")
    response.headers[.contentLanguage] = words.language
    response.headers[.vary] = "Accept-Language, Cookie"
    return response
  }

  private func recordList(_ request: Request) -> Response {
    let words = recordWords(request)
    let list = RecordList(
      archive: recordShelf.current, words: words,  // A form sends a space as a plus sign.
      search: (query(request, "q") ?? "").replacing("+", with: " "))
    return recordPage(words, title: words["record"], list.content)
  }

  private func recordPage(_ request: Request, _ id: String) throws -> Response {
    let words = recordWords(request)
    let shown = try dossier(request, id)
    let newest = recordShelf.current.dossier(of: shown.incident.id)
    let page = RecordPage(
      dossier: shown, moments: newest?.moments ?? shown.moments,
      isNow: try moment(request) == nil, words: words, zones: showcase.gazetteer.zones)
    return self.recordPage(
      words, title: shown.incident.title[words.language] + " · " + words["record"], page.content)
  }
}

extension Archive {
  struct Listed: Encodable {
    var id: String
    var kind: Record.Incident.Kind
    var title: Texts
    var opened: Timestamp
    var statements: Int
    var disputed: Int
  }

  /// Every incident that is read under its own name, newest first.
  var listing: [Listed] {
    incidents.values.filter { current($0.incident.id) == $0.incident.id }
      .sorted { ($1.at, $0.incident.id) < ($0.at, $1.incident.id) }
      .compactMap { opened in
        dossier(of: opened.incident.id).map { dossier in
          Listed(
            id: opened.incident.id, kind: opened.incident.kind, title: opened.incident.title,
            opened: opened.at, statements: dossier.statements.count,
            disputed: dossier.findings.count { $0.status == .disputed })
        }
      }
  }
}
