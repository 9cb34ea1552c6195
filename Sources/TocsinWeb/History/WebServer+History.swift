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
    router.get("/history/hour/:hour") { request, context in
      let words = recordWords(request)
      guard let asked = HourOfRows.hour(try context.parameters.require("hour")) else {
        throw HTTPError(.badRequest, message: "Write the hour as in /history/hour/2023-05-14T18.")
      }
      guard let hour = try historyShelf.hour(asked, zones: showcase.gazetteer.plan.zones) else {
        throw HTTPError(.notFound, message: "No alert log was imported: 'tocsin history import'.")
      }
      let page = HourPage(hour: hour, words: words, zones: showcase.gazetteer.zones)
      return recordPage(words, title: words["hour"], page.content)
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
