import Foundation
import Hummingbird
import NewsReading
import TocsinEngine
import TocsinModel
import TocsinRecord
import TocsinSources

/// Reading a news text in the page: drafts for a recorder, who confirms, mends or drops each.
extension WebServer {
  static let articleLimit = 1 << 20

  func addArticleReading(to router: Router<WebContext>) {
    router.get("/record/:incident/read") { request, context in
      let id = try context.parameters.require("incident")
      guard let dossier = recordShelf.current.dossier(of: id.removingPercentEncoding ?? id) else {
        throw HTTPError(.notFound, message: "The record has no such incident; see /api/record.")
      }
      let words = files.recordWords["en"]
      return recordPage(
        words, title: "Reading a text · " + dossier.incident.title["en"],
        ReadingPage(incident: dossier.incident).content)
    }
    router.post("/api/record/read") { request, context in
      _ = try gate.key(request.headers, role: .recorder, from: context.address)
      return read(try await request.wholeBody(upTo: Self.articleLimit))
    }
    router.post("/api/record/:incident/confirm") { request, context in
      let key = try gate.key(request.headers, role: .recorder, from: context.address)
      let incident = try context.parameters.require("incident")
      let body = try await request.wholeBody(upTo: Self.commandLimit)
      return await confirm(body, in: incident.removingPercentEncoding ?? incident, by: key)
    }
  }

  private struct Article: Decodable {
    var text: String
    var outlet: String?
    var published: String?
    var narrator: Bool?
  }

  private struct ReadArticle: Encodable {
    var capture: String
    /// Every sentence, the headline first.
    var sentences: [String]
    var drafts: [Drafted]
    var faults: [String]

    struct Drafted: Encodable {
      /// Counted from 1.
      var sentence: Int
      var statement: ReadStatement
    }
  }

  private func read(_ body: Data) -> Response {
    guard let article = try? JSONDecoder().decode(Article.self, from: body) else {
      return .problem(
        Problem(
          "unreadable", #"The body is not {"text": …, "outlet": …, "published": "2023-05-14"}."#),
        .badRequest)
    }
    var published: CivilDay?
    if let day = article.published, !day.isEmpty {
      published = CivilDay(iso: day)
      guard published != nil else {
        return .problem(
          Problem("unreadable", "The field 'published' is no date; write it as 2023-05-14."),
          .badRequest)
      }
    }
    let bytes = Array(article.text.utf8)
    let reading = NewsReader(
      outlet: article.outlet, published: published, narrates: article.narrator ?? false
    ).read(bytes)
    return .json(
      ReadArticle(
        capture: ReadStatement.capture(of: bytes),
        sentences: reading.sentences.map { String(reading.words($0)) },
        drafts: reading.drafts.map { .init(sentence: $0.sentence, statement: ReadStatement($0)) },
        faults: reading.faults.prefix(20).map { "\($0)" }))
  }

  private struct Confirmation: Decodable {
    var outlet: String
    var capture: String
    var statement: ReadStatement
  }

  private struct Confirmed: Encodable {
    /// The statement's id.
    var id: String
    var entry: Int
  }

  private func confirm(_ body: Data, in incident: String, by key: KeyRing.Key) async -> Response {
    guard let wanted = try? JSONDecoder().decode(Confirmation.self, from: body),
      wanted.capture.count == 64, !wanted.outlet.isEmpty
    else {
      return .problem(
        Problem(
          "unreadable",
          "The body is not a statement with 'outlet' (through whom it reached you) and 'capture'. Nothing was recorded."
        ), .badRequest)
    }
    let (act, faults) = wanted.statement.act(
      incident: incident, outlet: wanted.outlet, capture: wanted.capture)
    let further = act.map { $0.faults + recordShelf.current.faults(of: $0) } ?? []
    let all =
      faults.map { "'\($0.field)' \($0.error)" } + further.map { "'\($0.field)' \($0.error)" }
    guard let act, all.isEmpty else {
      let words = all.joined(separator: "; ")
      return .problem(
        Problem("unreadable", "\(words). Nothing was recorded."), .unprocessableContent)
    }
    do {
      let entry = try await inbox.put(
        .command(Command(person: key.name, order: .record(act))))
      guard case .state(let statement) = act else {
        return .problem(Problem("not-taken", "It is no statement."), .unprocessableContent)
      }
      let recorded = Recorded(statement, at: entry.event.time, by: key.name)
      return .json(Confirmed(id: recorded.id, entry: entry.event.number), .accepted)
    } catch {
      return .problem(Problem("not-taken", "\(error)"), .serviceUnavailable)
    }
  }
}

/// The form and the list that the script fills; for recorders, and English as what is read.
struct ReadingPage {
  let incident: Record.Incident

  var content: Markup {
    let path = "/record/\(incident.id)"
    return """
      <nav class="crumbs"><a href="/record?lang=en">The record</a> · <a href="\(path)?lang=en"><bdi>\(incident.title["en"])</bdi></a></nav>
      <header class="masthead"><h1>Reading a text</h1></header>
      <p class="lede">Drafts of who said what in an English news text. A draft is a reading, not a fact: compare it with the text, then record it, mend it, or drop it. Nothing enters the record unconfirmed.</p>
      <form id="read-form" class="card read" data-incident="\(incident.id)">
      <label for="read-key">Recorder's key</label><input id="read-key" type="password" autocomplete="off" spellcheck="false" placeholder="tcs_…" required>
      <label for="read-outlet">Outlet: through whom it reached you</label><input id="read-outlet" required maxlength="200">
      <label for="read-published">Published on (so that “on Sunday” has a date)</label><input id="read-published" type="date">
      <label for="read-text">The text, headline first</label><textarea id="read-text" rows="12" required></textarea>
      <label class="check"><input id="read-narrator" type="checkbox"> Draft what the text says in its own voice, too</label>
      <p><button class="button main">Read</button></p><p id="read-fault" class="fault" role="alert"></p>
      <noscript><p class="fault">This page needs scripts; 'tocsin record read --confirm' works without.</p></noscript></form>
      <p id="read-count" role="status"></p><div id="read-drafts"></div>
      <template id="read-terms">\(options("kind", Draft.SpeakerKind.allCases.map(\.rawValue)))\(options("stance", Draft.Stance.allCases.map(\.rawValue)))\(options("attribute", Record.Attribute.allCases.map(\.rawValue)))</template>
      """
  }

  private func options(_ name: String, _ terms: [String]) -> Markup {
    let all = terms.map { term -> Markup in "<option>\(term)</option>" }
    return "<select data-of=\"\(name)\">\(Markup.join(all))</select>"
  }
}
