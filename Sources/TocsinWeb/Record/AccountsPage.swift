import TocsinHistory
import TocsinModel
import TocsinRecord

/// Logs, what was said, and our own warnings of the same days side by side, and every difference.
struct AccountsPage {
  let dossier: Dossier
  let table: AccountTable
  let words: Words
  let zones: [String: Zone]
  private let time: LocalTime

  init(_ dossier: Dossier, _ table: AccountTable, words: Words, zones: [String: Zone]) {
    self.dossier = dossier
    self.table = table
    self.words = words
    self.zones = zones
    time = LocalTime(dossier.timeZone)
  }

  var content: Markup {
    let path = "/record/\(dossier.incident.id)"
    return """
      <nav class="crumbs no-print"><a href="/record?lang=\(words.language)">\(words["record"])</a> · <a href="\(path)?lang=\(words.language)"><bdi>\(dossier.incident.title[words.language])</bdi></a></nav>
      <header class="masthead"><h1>\(words["accounts"])</h1><p class="dim"><bdi>\(dossier.timeZone)</bdi></p></header>
      <p class="lede">\(words["accounts_about"])</p>
      \(table.accounts.isEmpty ? "<p>\(words["accounts_none"])</p>" : sides(path))
      """
  }

  private func sides(_ path: String) -> Markup {
    """
    <section class="card" aria-labelledby="whose-h"><h2 id="whose-h">\(words["accounts_whose"])</h2><ol class="whose">\(whose)</ol></section>
    <section class="card" aria-labelledby="sirens-h"><h2 id="sirens-h">\(words["accounts_sirens"])</h2>
    <div class="scroll"><table class="accounts"><thead><tr><th>\(words["zone"])</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
    <p class="no-print"><a href="\(path)/accounts.csv">CSV</a></p></section>
    <section class="card" aria-labelledby="diff-h"><h2 id="diff-h">\(words.say("accounts_differences", n: table.differences.count))</h2><ul>\(differences)</ul></section>
    """
  }

  private var whose: Markup {
    Markup.join(
      table.accounts.map {
        "<li><bdi>\($0.name)</bdi> <span class=\"dim\">\(words["accounts_\($0.kind.rawValue)"]) · \(words.say("accounts_rows", n: $0.rows.count))</span></li>"
      })
  }

  private var heads: Markup {
    Markup.join(
      table.accounts.enumerated().map { index, account in
        "<th><abbr title=\"\(account.name)\">\(words.digit(String(index + 1)))</abbr></th>"
      })
  }

  private var rows: Markup {
    Markup.join(
      table.lines.map { line -> Markup in
        let cells = line.cells.map { rows -> Markup in
          rows.isEmpty
            ? "<td class=\"none\">–</td>"
            : "<td>\(Markup.join(rows.map { "<p>\(cell($0))</p>" }))</td>"
        }
        return
          "<tr><th scope=\"row\"><bdi>\(title(line.zone, line.title))</bdi></th>\(Markup.join(cells))</tr>"
      })
  }

  private func title(_ zone: String?, _ title: String) -> String {
    zone.flatMap { zones[$0]?.name[words.language] } ?? title
  }

  private func cell(_ row: Account.Row) -> Markup {
    let stand: Markup =
      row.stand == .sounded ? "" : " <strong>\(words["stand_\(row.stand.rawValue)"])</strong>"
    let basis: Markup =
      row.basis.hasPrefix("s")
      ? " <a class=\"dim small-text\" href=\"/record/\(dossier.incident.id)#\(row.basis)\">↗</a>"
      : ""
    return "<bdi>\(moment(row))</bdi>\(stand)\(basis)"
  }

  private func moment(_ row: Account.Row) -> String {
    guard let from = row.from, row.precision != .unknown else { return words["time_not_stated"] }
    let text = words.digit(full(from))
    return switch row.precision {
    case .second: text
    case .minute: String(text.prefix(16))
    case .hour, .partOfDay:
      "\(text.prefix(16)) – \(words.digit(full(row.to ?? from)).dropFirst(11).prefix(5))"
    case .day: String(text.prefix(10))
    case .month: String(text.prefix(7))
    case .year: String(text.prefix(4))
    case .unknown: ""
    }
  }

  /// `2023-05-14 18:33:04`.
  private func full(_ moment: Timestamp) -> String {
    time.day(moment) + " " + time.clock(moment)
  }

  private var differences: Markup {
    Markup.join(
      table.differences.map { one -> Markup in
        let zone = table.lines.first { $0.title == one.title }?.zone
        let place =
          isolated(title(zone, one.title))
          + (one.time.map { " " + isolated(words.digit(full($0))) } ?? "")
        let values = [
          "place": place, "a": numbers(one.first), "b": numbers(one.second),
          "n": words.digit(String(Int((one.seconds ?? 0).rounded()))),
        ]
        return "<li>\(words.say("difference_\(one.kind.rawValue)", values))</li>"
      })
  }

  /// Its direction is its own, whatever stands around it (Unicode 16, UAX 9: FSI and PDI).
  private func isolated(_ text: String) -> String { "\u{2068}\(text)\u{2069}" }

  private func numbers(_ names: [String]) -> String {
    names.compactMap { name in table.accounts.firstIndex { $0.name == name } }
      .map { words.digit(String($0 + 1)) }.joined(separator: ", ")
  }
}
