import ArgumentParser
import Foundation
import TocsinHistory
import TocsinModel
import TocsinSources

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract:
      "Years of alert logs: import, statistics, comparison; accounts of a day side by side.",
    discussion: "The history lives in history.sqlite of $TOCSIN_HOME, else ~/.local/share/tocsin.",
    subcommands: [Import.self, Logs.self, Stats.self, Compare.self, Accounts.self])

  /// What all of them take.
  struct Options: ParsableArguments {
    @Option(help: "The history, instead of the one in $TOCSIN_HOME.")
    var history: String?

    @Option(help: "The zones that names stand for; without it, those that come with Tocsin.")
    var zones: String?

    func store(existing: Bool) throws -> HistoryStore {
      let path = try history ?? Home(nil).history()
      return existing ? try HistoryStore(existing: path) : try HistoryStore(path: path)
    }

    func map() throws -> [Zone] {
      try zones.map { try ZoneFile.read($0).zones } ?? StandardZones.read()
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Imports alert logs (CSV, plain or .gz); one that was broken off goes on.")

    @Argument(help: "Logs with a first line that names the columns (see Docs/HISTORY.md).")
    var paths: [String]

    @Option(help: "The clock of times that tell no offset, such as Asia/Jerusalem or Europe/Kyiv.")
    var timeZone = "UTC"

    @OptionGroup var options: Options

    func run() throws {
      guard let clock = LocalClock(timeZone) else {
        throw ValidationError("--time-zone '\(timeZone)' is not known; write it as Asia/Jerusalem.")
      }
      let store = try options.store(existing: false)
      for path in paths { try importLog(path, into: store, clock) }
    }

    private func importLog(_ path: String, into store: HistoryStore, _ clock: LocalClock) throws {
      let began = ContinuousClock.now
      let imported = try store.importLog(path, clock: clock) { progress in
        let percent = progress.of == 0 ? 100 : 100 * progress.bytes / progress.of
        Output.note("\(path): \(percent) %, \(progress.rows) rows")
      }
      let seconds = (ContinuousClock.now - began).inSeconds
      let log = imported.log
      guard !imported.wasKnown else {
        return Output.line("\(path): imported already as log \(log.id), \(log.rows) rows.")
      }
      let rate = seconds > 0 ? Int(Double(imported.added) / seconds) : 0
      Output.line(
        "\(path): log \(log.id), \(imported.added) rows in \(tenths(seconds)) s (\(rate) a second); "
          + "\(log.unreadable) unreadable and kept as text, \(log.odd) odd.")
      for fault in try store.faults(of: log.id).prefix(10) {
        Output.note("line \(fault.line), \(fault.field): \(fault.error)")
      }
    }

    private func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
  }

  struct Logs: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the logs; with one, what could not be read of it.")

    @Argument(help: "A log's number or name.")
    var log: String?

    @OptionGroup var options: Options

    func run() throws {
      let store = try options.store(existing: true)
      if let log {
        for fault in try store.faults(of: store.log(log).id) { try Output.json(fault) }
      } else {
        for log in try store.logs() { try Output.json(log) }
      }
    }
  }
}
