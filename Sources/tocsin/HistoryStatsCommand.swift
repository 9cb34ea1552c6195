public import ArgumentParser
public import TocsinHistory
import TocsinModel
import TocsinSources

extension HistoryCommand {
  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Warnings by day, hour, zone, district, hazard; episodes; calm; early warnings.")

    @Option(help: "Only these logs, by number or name.")
    var log: [String] = []

    @Option(help: "From this moment or day on (2023-05-13 or 2023-05-13T22:00:00+03:00).")
    var from: String?

    @Option(help: "Before this moment or day.")
    var to: String?

    @Option(help: "The clock of such a day, as Asia/Jerusalem.")
    var timeZone = "UTC"

    @Option(help: "Only this zone, by id or name.")
    var zone: String?

    @Option(help: "Only this district, by its English name.")
    var district: String?

    @Option(help: "Only this hazard, by id (rockets, aircraft, …).")
    var hazard: String?

    @Option(
      help: ArgumentHelp(
        "Print one table as CSV: "
          + HistoryTable.Name.allCases.map(\.rawValue).joined(separator: ", ") + "."))
    var csv: HistoryTable.Name?

    @OptionGroup var options: Options

    func run() throws {
      let store = try options.store(existing: true)
      let zones = try options.map()
      let logs = try log.map { try store.log($0).id }
      let chronicle = try store.chronicle(logs: logs.isEmpty ? nil : logs)
      let selection = Selection(
        from: try from.map(moment), to: try to.map(moment),
        zone: try zone.map { try id($0, zones) },
        district: district, hazard: hazard)
      let statistics = Statistics(
        chronicle, zones: zones, selection: selection)
      if let csv {
        Output.text(HistoryTable(csv, of: statistics).csv)
      } else {
        for line in StatisticsAccount(statistics).lines { Output.line(line) }
      }
    }

    private func id(_ name: String, _ zones: [Zone]) throws -> String {
      if zones.contains(where: { $0.id == name }) { return name }
      let found = try ZoneNames(zones).zones(named: name)
      guard let id = found.first else {
        throw ValidationError("--zone '\(name)' is no zone; 'tocsin zones show' lists them.")
      }
      return id
    }

    private func moment(_ text: String) throws -> Timestamp {
      if let moment = Timestamp(text) { return moment }
      guard let clock = LocalClock(timeZone) else {
        throw ValidationError("--time-zone '\(timeZone)' is not known; write it as Asia/Jerusalem.")
      }
      return try clock.moment(text)
    }
  }

  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Two logs of the same days: what one has and the other lacks, and how their clocks differ."
    )

    @Argument(help: "A log's number or name.") var first: String
    @Argument(help: "Another's.") var second: String

    @Option(help: "Seconds that two rows of one siren may differ by.")
    var tolerance = 10.0

    @OptionGroup var options: Options

    func validate() throws {
      guard (0...86_400).contains(tolerance) else {
        throw ValidationError("--tolerance is a number of seconds from 0 to 86400.")
      }
    }

    func run() throws {
      let store = try options.store(existing: true)
      let comparison = LogComparison(
        try store.chronicle(logs: [store.log(first).id]),
        try store.chronicle(logs: [store.log(second).id]), zones: try options.map(),
        tolerance: tolerance)
      for row in comparison.onlyFirst { Output.line("only \(first)\t\(row.written)") }
      for row in comparison.onlySecond { Output.line("only \(second)\t\(row.written)") }
      for pair in comparison.otherCategory {
        Output.line(
          "category \(pair.first.category) or \(pair.second.category)\t\(pair.first.written)")
      }
      let outside = comparison.outside
      Output.note(
        """
        \(comparison.pairs.count) rows in both, \(comparison.onlyFirst.count) only in \(first), \
        \(comparison.onlySecond.count) only in \(second); the clock of \(second) is \
        \(comparison.shift) s later. \(outside.first) and \(outside.second) rows are of days that only \
        one of them has.
        """)
    }
  }
}

extension HistoryTable.Name: ExpressibleByArgument {}

extension LogComparison.Row {
  fileprivate var written: String { "\(time.rfc3339(offsetMinutes: offsetMinutes))\t\(name)" }
}

extension LocalClock {
  /// A moment, or the beginning of a day by this clock.
  func moment(_ text: String) throws -> Timestamp {
    if let moment = Timestamp(text) ?? midnight(of: text) { return moment }
    throw ValidationError("'\(text)' is no day and no moment; write 2023-05-14.")
  }
}
