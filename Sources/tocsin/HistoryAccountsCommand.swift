import ArgumentParser
import TocsinHistory
import TocsinModel
import TocsinRecord
import TocsinSources

extension HistoryCommand {
  struct Accounts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Logs, what was said, and our own warnings of one day side by side.",
      discussion: """
        Which places, when, by whom, at what precision, and every difference between them; nothing is settled. The incident
        is one of the record; the days are those of its sirens, unless --from and --to say others. Logs are those that were
        imported ('tocsin history import'); without any, the record and our warnings alone.
        """)

    @OptionGroup var reading: RecordReading

    @Option(help: "Only these logs, by number or name; none: --log none.")
    var log: [String] = []

    @Option(help: "From this moment or local day on (2023-05-14 or 2023-05-14T18:00:00+03:00).")
    var from: String?

    @Option(help: "Before this moment or local day.")
    var to: String?

    @Option(help: "Seconds that two rows of one siren may differ by.")
    var tolerance = 120.0

    @Flag(help: "One JSON value: accounts, lines and differences.")
    var json = false

    @Flag(help: "A row for each place and account, as CSV.")
    var csv = false

    @OptionGroup var options: Options

    func validate() throws {
      guard (0...86_400).contains(tolerance) else {
        throw ValidationError("--tolerance is a number of seconds from 0 to 86400.")
      }
    }

    func run() async throws {
      let dossier = try await reading.dossier()
      guard let clock = LocalClock(dossier.timeZone), let days = try days(of: dossier, clock) else {
        throw ValidationError(
          "The incident '\(dossier.incident.id)' has no siren with a time; say the days with --from and --to."
        )
      }
      let zones = try options.map()
      let table = AccountTable(
        try logs(zones, days) + Account.said(in: dossier, within: days)
          + [Account(ours: dossier.warnings, within: days)], zones: zones, tolerance: tolerance)
      if json { return try Output.json(table) }
      if csv { return Output.text(table.csv) }
      for line in AccountText(table, timeZone: dossier.timeZone).lines { Output.line(line) }
    }

    private func days(of dossier: Dossier, _ clock: LocalClock) throws -> Range<Timestamp>? {
      let own = Account.days(of: dossier, clock)
      guard let start = try from.map(clock.moment) ?? own?.lowerBound,
        let end = try to.map(clock.moment) ?? own?.upperBound
      else { return nil }
      guard start < end else { throw ValidationError("--from is not before --to.") }
      return start..<end
    }

    private func logs(_ zones: [Zone], _ days: Range<Timestamp>) throws -> [Account] {
      guard log != ["none"] else { return [] }
      guard let store = try? options.store(existing: true) else {
        if log.isEmpty { return [] }
        throw ValidationError("No log was imported yet: 'tocsin history import'.")
      }
      let meant = try log.isEmpty ? store.logs() : log.map { try store.log($0) }
      return try meant.map { log in
        Account(log: log.name, try store.chronicle(logs: [log.id]), zones: zones, within: days)
      }
    }
  }
}

/// Accounts side by side, for a terminal: a line for each siren, then every difference.
private struct AccountText {
  let table: AccountTable
  let time: LocalTime

  init(_ table: AccountTable, timeZone: String) {
    self.table = table
    time = LocalTime(timeZone)
  }

  var lines: [String] {
    var lines = table.accounts.enumerated().map { "[\($0 + 1)] \($1.name): \($1.rows.count) rows" }
    for line in table.lines {
      let cells = zip(1..., line.cells).compactMap { number, rows in
        rows.isEmpty ? nil : "[\(number)] " + rows.map(cell).joined(separator: ", ")
      }
      let place = line.zone == nil ? "\"\(line.title)\" (no zone)" : line.title
      lines.append("\(place)\t\(cells.joined(separator: "; "))")
    }
    lines.append("\(table.differences.count) differences:")
    return lines + table.differences.map(difference)
  }

  private func cell(_ row: Account.Row) -> String {
    let stand = row.stand == .sounded ? "" : " \(row.stand.rawValue)"
    guard let from = row.from else { return "no time said" + stand }
    let text = time.short(from)
    let moment =
      switch row.precision {
      case .second: text
      case .minute: String(text.prefix(16))
      case .hour, .partOfDay: "\(text.prefix(16)) to \(time.short(row.to ?? from).prefix(16))"
      case .day: String(text.prefix(10)) + " (the day)"
      case .month: String(text.prefix(7)) + " (the month)"
      case .year: String(text.prefix(4)) + " (the year)"
      case .unknown: "no time said"
      }
    return moment + stand
  }

  private func difference(_ one: AccountTable.Difference) -> String {
    let place = one.title + (one.time.map { " " + time.short($0) } ?? "")
    let (first, second) = (numbers(one.first), numbers(one.second))
    return switch one.kind {
    case .lacking: "\(place): in \(first), not in \(second)"
    case .time: "\(place): \(second) is \(seconds(one.seconds ?? 0)) later than \(first)"
    case .stand: "\(place): \(first) and \(second) say otherwise"
    case .place: "\(place): no zone of the map is what \(first) names"
    }
  }

  private func seconds(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10) s" }

  private func numbers(_ names: [String]) -> String {
    names.map { name in
      "[\((table.accounts.firstIndex { $0.name == name } ?? 0) + 1)]"
    }.joined(separator: " ")
  }
}
