import TocsinModel
import TocsinRecord

/// One incident: what was said side by side, and nothing settled by us.
struct RecordPage {
  let dossier: Dossier
  /// Every moment at which the knowledge changed, also those after what is shown.
  let moments: [Timestamp]
  let isNow: Bool
  let words: Words
  let zones: [String: Zone]
  let grammar: Grammar
  private let byID: [String: Recorded]

  init(
    dossier: Dossier, moments: [Timestamp], isNow: Bool, words: Words, zones: [String: Zone]
  ) {
    self.dossier = dossier
    self.moments = moments
    self.isNow = isNow
    self.words = words
    self.zones = zones
    grammar =
      Grammar(words.language, timeZone: dossier.timeZone)
      ?? Grammar.english(timeZone: dossier.timeZone)
    byID = Dictionary(
      dossier.statements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var content: Markup {
    Markup.join([
      header, asOfForm, dispatch, map, warnings, findings, computed, timeline, apart, exports,
    ])
  }

  // MARK: Head

  private var header: Markup {
    let links = dossier.links.map { link -> Markup in
      "<p class=\"dim\"><bdi>\(link.incident)</bdi> → <a href=\"/record/\(link.other)\"><bdi>\(link.other)</bdi></a>: <bdi>\(link.reason)</bdi> (\(link.by))</p>"
    }
    return """
      <nav class="crumbs"><a href="/record?lang=\(words.language)">\(words["record"])</a></nav>
      <header class="masthead" id="\(dossier.incident.id)"><h1><bdi>\(dossier.incident.title[words.language])</bdi></h1>
      <p class="dim">\(words.say("as_of", ["t": grammar.moment(dossier.asOf)])) · <bdi>\(dossier.timeZone)</bdi> · \(words.say("statements_n", n: dossier.statements.count)) · \(words.say("disputed_n", n: disputes))</p>\(Markup.join(links))</header>
      """
  }

  private var disputes: Int { dossier.findings.count { $0.status == .disputed } }

  private var asOfForm: Markup {
    let options = moments.map { moment -> Markup in
      let chosen: Markup = !isNow && moment == dossier.asOf ? " selected" : ""
      return
        "<option value=\"\(moment.description)\"\(chosen)>\(grammar.moment(moment))</option>"
    }
    let now: Markup = isNow ? " selected" : ""
    return """
      <form class="as-of no-print" action="/record/\(dossier.incident.id)"><label for="as-of">\(words["known_at"])</label>
      <select id="as-of" name="asOf">\(Markup.join(options))<option value=""\(now)>\(words["now"])</option></select>
      <input type="hidden" name="lang" value="\(words.language)"><button class="button">\(words["show"])</button></form>
      """
  }

  private var dispatch: Markup {
    guard let made = Dispatch(dossier, language: words.language) else { return "" }
    return
      "<details class=\"card dispatch-card\" open><summary><h2>\(words["dispatch"])</h2></summary>\(Markup(file: made.article(level: 3, base: "")))</details>"
  }

  // MARK: Map and warnings

  private var map: Markup {
    let named = dossier.zones.keys.sorted().compactMap { zones[$0] }
    guard let drawn = RecordMap(named, all: zones, words.language)?.svg else { return "" }
    return
      "<section class=\"card\" aria-labelledby=\"map-h\"><h2 id=\"map-h\">\(words["map"])</h2><p class=\"dim\">\(words["map_note"])</p>\(drawn)</section>"
  }

  private var warnings: Markup {
    let rows = dossier.warnings.map { row -> Markup in
      let given = row.seconds.map { words.say("s", n: Int($0.rounded())) } ?? "–"
      let shelter = row.shelterSeconds.map { words.say("s", n: $0) } ?? "–"
      return
        "<tr id=\"\(row.warning)-\(row.zone)-\(row.kind.rawValue)\"><td>\(grammar.moment(row.issued))</td><td>\(dossier.zones[row.zone]?[words.language] ?? row.zone)</td><td>\(words["kind_\(row.kind.rawValue)"])</td><td>\(given)</td><td>\(shelter)</td><td><bdi>\(row.warning)</bdi></td></tr>"
    }
    guard !rows.isEmpty else { return "" }
    let isReplay = dossier.warnings.contains { $0.mode == .replay }
    let note: Markup = isReplay ? "<p class=\"dim\">\(words["replay_warnings"])</p>" : ""
    let anchors = Set(dossier.warnings.map(\.warning)).sorted().map { id -> Markup in
      "<span id=\"\(id)\"></span>"
    }
    return """
      <section class="card" aria-labelledby="warn-h"><h2 id="warn-h">\(words["warnings"])</h2>\(note)\(Markup.join(anchors))
      <div class="scroll"><table><thead><tr><th>\(words["time"])</th><th>\(words["zone"])</th><th>\(words["what"])</th><th>\(words["given"])</th><th>\(words["shelter"])</th><th>\(words["number"])</th></tr></thead><tbody>\(Markup.join(rows))</tbody></table></div></section>
      """
  }

  // MARK: Findings

  private var findings: Markup {
    let all = dossier.findings.map { RecordFinding($0, page: self).content }
    return
      "<section aria-labelledby=\"said-h\"><h2 id=\"said-h\">\(words["side_by_side"])</h2><p class=\"no-print\"><a href=\"/record/\(dossier.incident.id)/accounts?lang=\(words.language)\">\(words["accounts"])</a></p>\(Markup.join(all))</section>"
  }

  func statement(_ id: String) -> Recorded? { byID[id] }

  /// One statement with its speaker, words, relays and times.
  func card(_ recorded: Recorded) -> Markup {
    let statement = recorded.statement
    let said: Markup =
      statement.quote.map { quote in
        "<blockquote lang=\"\(quote.language ?? "und")\"><p><bdi>\(quote.text)</bdi></p></blockquote>\(rendering(quote))"
      } ?? ""
    let words: Markup =
      statement.value.words.map {
        "<p class=\"indirect\"><bdi>\($0.rendered(in: self.words.language) ?? $0.text)</bdi></p>"
      }
      ?? ""
    let sure: Markup =
      statement.certainty.level == .stated
      ? ""
      : "<p class=\"dim\">\(grammar.say("sure.\(statement.certainty.level.rawValue)"))\(statement.certainty.words.map { " “\($0.text)”" } ?? "")</p>"
    return """
      <article class="statement" id="\(recorded.id)"><p class="who"><strong>\(grammar.who(statement.speaker))</strong> <span class="verb">\(self.words["verb_\(statement.verb)"])</span></p>
      \(said)\(words)\(sure)\(relays(statement))<p class="dim small-text">\(times(recorded)) · <a href="#\(recorded.id)"><bdi>\(recorded.id)</bdi></a></p></article>
      """
  }

  private func rendering(_ quote: Record.Words) -> Markup {
    guard quote.language != words.language,
      let made = quote.renderings.first(where: { $0.language == words.language })
    else { return "" }
    return
      "<p class=\"indirect\"><bdi>\(made.text)</bdi> <span class=\"dim\">(\(words.say("rendered_by", ["who": made.by])))</span></p>"
  }

  private func relays(_ statement: Record.Statement) -> Markup {
    let steps = statement.relays.map { relay -> Markup in
      let reference: Markup = relay.reference.map { ", <bdi>\($0)</bdi>" } ?? ""
      let capture: Markup =
        switch relay.capture {
        case .sha256(let digest): "<bdi><code>\(digest)</code></bdi>"
        case .none(let reason): "\(words["no_capture"]): <bdi>\(reason)</bdi>"
        }
      return
        "<li><bdi>\(grammar.words(relay.agent))</bdi> (\(words["mode_\(relay.mode.rawValue)"])\(reference)) <span class=\"dim capture\">\(capture)</span></li>"
    }
    return
      "<details class=\"relays\"><summary>\(words.say("relays_n", n: steps.count))</summary><ol>\(Markup.join(steps))</ol></details>"
  }

  private func times(_ recorded: Recorded) -> String {
    let said = grammar.when(recorded.statement.saidAt) ?? words["time_not_stated"]
    return words.say("said_at", ["t": said]) + " · "
      + words.say("recorded_at", ["t": grammar.moment(recorded.recordedAt)])
  }

  // MARK: Computed, timeline, apart

  private var computed: Markup {
    guard !dossier.computed.isEmpty else { return "" }
    let rows = dossier.computed.map { row -> Markup in
      let text =
        row.kind == .calm
        ? grammar.say(
          "calm",
          [
            "a": grammar.moment(row.from), "b": grammar.moment(row.to),
            "d": grammar.duration(row.duration),
          ])
        : grammar.say(
          row.from == row.to ? "group.moment" : "group.span",
          [
            "n": String(row.count), "d": grammar.day(row.from), "a": grammar.clock(row.from),
            "b": grammar.clock(row.to),
          ])
      return "<li>\(text) \(links(row.rows))</li>"
    }
    return
      "<section class=\"card computed\" aria-labelledby=\"comp-h\"><h2 id=\"comp-h\">\(words["computed"])</h2><ul>\(Markup.join(rows))</ul></section>"
  }

  private func links(_ ids: [String]) -> Markup {
    let all = ids.enumerated().map { index, id -> Markup in
      "<a href=\"#\(id)\" title=\"\(id)\">\(index + 1)</a> "
    }
    return "<sup class=\"ids\">\(Markup.join(all))</sup>"
  }

  private var timeline: Markup {
    let lines = dossier.statements.sorted { left, right in
      (order(left), left.id) < (order(right), right.id)
    }.map { recorded -> Markup in
      let statement = recorded.statement
      let known = statement.saidAt.from == nil ? statement.validAt : statement.saidAt
      let time = known.flatMap(grammar.when) ?? words["time_not_stated"]
      let clause =
        grammar.clause(statement) ?? statement.quote?.text ?? statement.value.words?.text ?? ""
      let made: Markup = statement.simulated == true ? "<em>\(words["simulated"])</em> " : ""
      return
        "<li><time>\(time)</time> <span>\(made)<a href=\"#\(recorded.id)\">\(grammar.who(statement.speaker))</a>: <bdi>\(clause)</bdi></span></li>"
    }
    return
      "<section class=\"card\" aria-labelledby=\"time-h\"><h2 id=\"time-h\">\(words["timeline"])</h2><ol class=\"timeline\">\(Markup.join(lines))</ol></section>"
  }

  private func order(_ recorded: Recorded) -> Timestamp {
    recorded.statement.saidAt.from ?? recorded.statement.validAt?.from ?? recorded.recordedAt
  }

  /// What was made for the replay, what is kept back, and grades: none of it among the positions.
  private var apart: Markup {
    let made = dossier.statements.filter { $0.statement.simulated == true }.map(card)
    let grades = dossier.assessments.map { assessed -> Markup in
      let grade = assessed.assessment
      let judged = grade.reliability == .f || grade.credibility == .cannotBeJudged
      let note = judged ? " (\(words["cannot_be_judged"]))" : ""
      return
        "<li><a href=\"#\(grade.statement)\"><bdi>\(grade.statement)</bdi></a>: \(grade.reliability.rawValue)\(grade.credibility.rawValue)\(note), <bdi>\(grade.assessor)</bdi>, \(grammar.moment(assessed.at)): <bdi>\(grade.reason)</bdi></li>"
    }
    let simulated: Markup =
      made.isEmpty
      ? ""
      : "<section class=\"card simulated\"><h2>\(words["simulated"])</h2>\(Markup.join(made))</section>"
    let assessed: Markup =
      grades.isEmpty
      ? ""
      : "<section class=\"card\"><h2>\(words["assessments"])</h2><ul>\(Markup.join(grades))</ul></section>"
    return simulated + assessed
  }

  private var exports: Markup {
    let asOf = isNow ? "" : "&asOf=\(dossier.asOf)"
    let links = RecordImport.Format.allCases.map { format -> Markup in
      "<a href=\"/api/record/\(dossier.incident.id)/export?format=\(format.rawValue)\(asOf)\">\(format.rawValue)</a> "
    }
    return
      "<p class=\"exports no-print\">\(words["export"]): \(Markup.join(links))</p><p class=\"no-print\"><a href=\"/record/\(dossier.incident.id)/read\">\(words["read_text"])</a></p>"
  }
}

extension Markup {
  static func + (left: Markup, right: Markup) -> Markup { .join([left, right]) }
}
