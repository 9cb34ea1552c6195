import Foundation
import TocsinHistory
import TocsinModel
import TocsinSources

/// One hour of the imported logs, shown again on the map; without scripts, its rows as a table.
struct HourPage {
  let hour: HourOfRows
  let words: Words
  let zones: [String: Zone]

  var content: Markup {
    """
    <nav class="crumbs no-print"><a href="/record?lang=\(words.language)">\(words["record"])</a> · <a href="/history?lang=\(words.language)">\(words["history"])</a></nav>
    <header class="masthead"><h1>\(words["hour"])</h1><p class="dim"><bdi>\(title)</bdi></p></header>
    <p class="lede">\(words["hour_about"])</p>
    <p class="no-print hours"><a href="\(address(hour.hour - 1))" rel="prev">\(words["hour_before"])</a> · <a href="\(address(hour.hour + 1))" rel="next">\(words["hour_after"])</a></p>
    \(hour.rows.isEmpty ? "<p>\(words["hour_none"])</p>" : shown)
    """
  }

  private var title: String {
    let text = HistoryTable.hour(hour.hour)
    return words.digit("\(text):00 – \(HistoryTable.hour(hour.hour + 1).suffix(2)):00")
  }

  private func address(_ hour: Int) -> String {
    "/history/hour/\(HourOfRows.text(hour))?lang=\(words.language)"
  }

  private var shown: Markup {
    """
    <section class="card" id="hour-map" aria-label="\(words["map"])">
    <div id="hour-controls" class="needs-script no-print" hidden>
    <button type="button" class="button" id="hour-play" aria-pressed="false" data-pause="\(words["hour_pause"])">\(words["hour_play"])</button>
    <label>\(words["time"]) <input type="range" id="hour-time" min="0" max="3600" step="1" value="0"></label>
    <output id="hour-clock" for="hour-time"></output>
    <label>\(words["hour_speed"]) <select id="hour-speed"><option value="20">20×</option><option value="60" selected>60×</option><option value="240">240×</option></select></label>
    </div><p id="hour-now" class="dim" role="status"></p>\(map)
    <ul class="hour-legend"><li><span class="swatch sounding"></span> \(words["hour_sounding"])</li><li><span class="swatch recent"></span> \(words["hour_recent"])</li></ul></section>
    <section class="card" aria-labelledby="rows-h"><h2 id="rows-h">\(words["hour_rows"]) (\(words.digit(String(hour.rows.count))))</h2>
    <div class="scroll"><table id="hour-rows"><thead><tr><th>\(words["time"])</th><th>\(words["zone"])</th><th>\(words["what"])</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
    <script type="application/json" id="hour-data">\(data)</script>
    """
  }

  private var map: Markup {
    let named = Set(hour.rows.flatMap(\.zones)).sorted().compactMap { zones[$0] }
    return RecordMap(named, all: zones, words.language)?.svg ?? ""
  }

  private var rows: Markup {
    Markup.join(
      hour.rows.map { row -> Markup in
        let names = row.zones.compactMap { zones[$0]?.name[words.language] }
        let place: Markup =
          names.isEmpty
          ? "<bdi>\(row.name)</bdi> <span class=\"dim\">(\(words["history_off_map"]))</span>"
          : "\(names.joined(separator: "; "))"
        let what =
          row.meaning.map { $0.isDrill ? "hour_drill" : "hour_\($0.stage.rawValue)" }
          ?? "history_unknown"
        return
          "<tr><td><bdi>\(clock(row.second))</bdi></td><td>\(place)</td><td>\(words[what])</td></tr>"
      })
  }

  private func clock(_ second: Double) -> String {
    let whole = hour.hour * 3600 + Int(second)
    let text = Timestamp(nanoseconds: Int64(whole) * 1_000_000_000).description
    return words.digit(String(text.dropFirst(11).prefix(8)))
  }

  /// For the script: each row's second, zones and kind.
  private var data: Markup {
    struct Shown: Encodable {
      var hour: Int
      var digits: String
      var rows: [Row]
      struct Row: Encodable {
        var s: Double
        var z: [String]
        var k: String
      }
    }
    // What is no danger, or not known to be one, is in the table and moves nothing on the map.
    let shown = Shown(
      hour: (hour.hour % 24 + 24) % 24, digits: words["digits"],
      rows: hour.rows.compactMap { row in
        guard let meaning = row.meaning, !meaning.isDrill, meaning.stage != .noDanger else {
          return nil
        }
        return .init(s: row.second, z: row.zones, k: meaning.stage.rawValue)
      })
    return .json((try? JSONEncoder.web.encode(shown)) ?? Data("{}".utf8))
  }
}
