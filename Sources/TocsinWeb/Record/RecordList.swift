import TocsinModel
import TocsinRecord

/// All incidents, and what a search finds in them.
struct RecordList {
  let archive: Archive
  let words: Words
  let search: String

  var content: Markup {
    let found = archive.listing.compactMap(item)
    let list: Markup =
      found.isEmpty
      ? "<p class=\"none\">\(words["none_found"])</p>"
      : "<ul class=\"incidents\">\(Markup.join(found))</ul>"
    return """
      <h1>\(words["record"])</h1><p class="lede">\(words["about"])</p>
      <form class="search" role="search" action="/record"><label for="q">\(words["search"])</label>
      <input type="text" id="q" name="q" value="\(search)"><input type="hidden" name="lang" value="\(words.language)">
      <button class="button">\(words["find"])</button></form>\(list)
      """
  }

  private func item(_ listed: Archive.Listed) -> Markup? {
    let hits = search.isEmpty ? [] : hits(listed.id)
    let title = listed.title[words.language]
    let isNamed = contains(title) || contains(listed.id)
    guard search.isEmpty || isNamed || !hits.isEmpty else { return nil }
    let address = "/record/\(listed.id)?lang=\(words.language)"
    let found = hits.prefix(5).map { recorded -> Markup in
      "<li><a href=\"\(address)#\(recorded.id)\"><bdi>\(recorded.statement.attribution)</bdi></a> <bdi>\(recorded.statement.sentence)</bdi></li>"
    }
    return """
      <li><h2><a href="\(address)"><bdi>\(title)</bdi></a></h2>
      <p class="dim">\(words.say("statements_n", n: listed.statements)) · \(words.say("disputed_n", n: listed.disputed))</p>
      <ul class="hits">\(Markup.join(found))</ul></li>
      """
  }

  private func hits(_ incident: String) -> [Recorded] {
    (archive.dossier(of: incident)?.statements ?? []).filter { recorded in
      let statement = recorded.statement
      let texts = [statement.speaker.name, statement.quote, statement.value.words].compactMap { $0 }
        .flatMap { [$0.text] + $0.renderings.map(\.text) }
      return (texts + [statement.value.plain ?? "", recorded.id]).contains(where: contains)
    }
  }

  private func contains(_ text: String) -> Bool {
    text.lowercased().contains(search.lowercased())
  }
}
