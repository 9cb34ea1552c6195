import Foundation
import Hummingbird
import TocsinHistory
import TocsinModel

/// The history, read by everyone: one page, and each of its tables as CSV.
extension WebServer {
  func addHistory(to router: Router<WebContext>) {
    router.get("/history") { request, _ in
      let words = recordWords(request)
      let zones = showcase.gazetteer.plan.zones
      let content: Markup =
        if let statistics = try historyShelf.statistics(zones: zones) {
          HistoryPage(
            statistics: statistics, words: words, zones: showcase.gazetteer.zones,
            hazards: showcase.gazetteer.hazards
          ).content
        } else {
          "<h1>\(words["history"])</h1><p class=\"lede\">\(words["history_none"])</p>"
        }
      return recordPage(words, title: words["history"], content)
    }
    router.get("/history/:table") { _, context in
      let asked = try context.parameters.require("table")
      guard asked.hasSuffix(".csv"),
        let name = HistoryTable.Name(rawValue: String(asked.dropLast(4)))
      else {
        let known = HistoryTable.Name.allCases.map { $0.rawValue + ".csv" }
        throw HTTPError(
          .notFound, message: "A history has these tables: \(known.joined(separator: ", ")).")
      }
      let zones = showcase.gazetteer.plan.zones
      guard let statistics = try historyShelf.statistics(zones: zones) else {
        throw HTTPError(.notFound, message: "No alert log was imported: 'tocsin history import'.")
      }
      let table = HistoryTable(name, of: statistics)
      return Response.bytes(Data(table.csv.utf8), "text/csv; charset=utf-8")
    }
  }
}
