import TocsinModel
import TocsinRecord

/// One attribute: its positions side by side, in columns of equal width and type.
struct RecordFinding {
  let finding: Finding
  let page: RecordPage

  init(_ finding: Finding, page: RecordPage) {
    self.finding = finding
    self.page = page
  }

  private var words: Words { page.words }

  var content: Markup {
    let count = finding.positions.count
    let scope: Markup = finding.scope.map { " (<bdi>\($0)</bdi>)" } ?? ""
    return """
      <section class="finding finding-\(key)"><h3>\(page.grammar.topic(finding.attribute))\(scope) <span class="status">\(words["status_\(key)"]) · \(words.say("positions_n", n: count))</span></h3>
      \(readings)<div class="positions">\(Markup.join(finding.positions.map(position)))</div>\(changes)\(without)\(gaps)</section>
      """
  }

  private var key: String { finding.status.rawValue.replacing(" ", with: "_") }

  private func position(_ position: Finding.Position) -> Markup {
    let first = position.statements.first.flatMap(page.statement)?.statement
    let clause =
      first.flatMap(page.grammar.clause) ?? first?.quote?.text ?? first?.value.words?.text ?? ""
    let denied: Markup =
      position.stance == .denies ? "<span class=\"verb\">\(words["verb_denied"])</span> " : ""
    let roots = [
      position.independent > 0 ? words.say("independent_n", n: position.independent) : nil,
      position.unknownRoots > 0 ? words.say("unknown_n", n: position.unknownRoots) : nil,
    ].compactMap { $0 }.joined(separator: " · ")
    return """
      <div class="position"><p class="value">\(denied)<bdi>\(clause)</bdi></p><p class="dim small-text">\(words.say("holders_n", n: position.holders.count)) · \(roots)</p>
      \(Markup.join(position.holders.map(holder)))</div>
      """
  }

  private func holder(_ holder: Finding.Holder) -> Markup {
    let cards = holder.statements.compactMap(page.statement).map(page.card)
    let echoes: Markup =
      holder.appearances > 1
      ? "<p class=\"dim small-text\">\(words.say("appearances_n", n: holder.appearances))</p>" : ""
    return "<div class=\"holder\">\(echoes)\(Markup.join(cards))</div>"
  }

  private var readings: Markup {
    let made = page.dossier.resolutions.filter {
      $0.resolution.attribute == finding.attribute && $0.resolution.subject == finding.subject
    }.map { resolved -> Markup in
      let reading = resolved.resolution
      let open: Markup =
        resolved.reopenedBy.map {
          " <strong>\(words["reopened"])</strong> <a href=\"#\($0)\">\($0)</a>"
        }
        ?? ""
      return
        "<p class=\"reading\">\(words["reading"]): <bdi>\(page.grammar.value(reading.value, reading.attribute) ?? "")</bdi>, <bdi>\(reading.by)</bdi>, \(page.grammar.moment(resolved.at)): <bdi>\(reading.reason)</bdi>\(open)</p>"
    }
    return .join(made)
  }

  private var changes: Markup {
    let all = finding.changes.map { change -> Markup in
      let kind = change.kind.map { words["change_\($0.rawValue)"] } ?? words["change_later"]
      let word: Markup = change.speakersWord.map { " (“<bdi>\($0.text)</bdi>”)" } ?? ""
      let earlier = page.statement(change.from).map(page.card) ?? ""
      return
        "<div class=\"change\"><p>\(words.say("changed_by", ["who": change.speaker])), \(kind)\(word)</p>\(finding.positions.contains { $0.statements.contains(change.from) } ? "" : earlier)</div>"
    }
    return .join(all)
  }

  private var without: Markup {
    let cards = finding.withoutPosition.compactMap(page.statement).map(page.card)
    return cards.isEmpty
      ? ""
      : "<div class=\"without\"><h4>\(words["without_position"])</h4>\(Markup.join(cards))</div>"
  }

  /// What is kept back leaves a place that can be seen.
  private var gaps: Markup {
    let all = finding.gaps.map { gap -> Markup in
      let until: Markup =
        gap.until.map { ", \(words.say("until", ["t": page.grammar.moment($0)]))" } ?? ""
      return
        "<p class=\"gap\" id=\"\(gap.statement)\">\(words["gap_\(gap.kind.rawValue)"]): <bdi>\(gap.reasonClass)</bdi>\(until)</p>"
    }
    return .join(all)
  }
}
