import ArgumentParser
import Foundation
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinSources

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract:
      "Plays a scenario, an alert log or a journal on its own clock; prints what was decided.",
    discussion: """
      Of a journal it decides every event again and prints any difference from what was decided then; exit 1 if there is
      one, or if the journal is damaged. With --plan it prints what would have been told under another plan: what the
      file does not say stays as it was.
      """)

  @Argument(
    help: "A scenario's id (2023-05-14) or folder, an alert log (.csv), or a journal (.sqlite).")
  var what: String

  @Option(help: "Of an alert log: its zones; without it, those that come with Tocsin.")
  var zones: String?

  @Option(
    help:
      "Of a scenario or a log: seconds of the past in one second, 0.001 to 1000000, or max. (default: max)"
  )
  var speed: Pace.Speed?

  @Option(help: "Of a journal: a plan file (YAML) to decide by instead.")
  var plan: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if plan != nil, !what.hasSuffix(".sqlite") {
      throw ValidationError(
        "--plan is for a journal (.sqlite): it compares with what was told then.")
    }
    if zones != nil, !what.hasSuffix(".csv") {
      throw ValidationError(
        "--zones is for an alert log (.csv); a journal and a scenario have their own. Leave it out."
      )
    }
    if speed != nil, json || what.hasSuffix(".sqlite") {
      throw ValidationError(
        "--speed is for a scenario or an alert log that is printed as it goes: a journal, and --json, are "
          + "printed at once. Leave it out.")
    }
  }

  func run() async throws {
    if what.hasSuffix(".csv") {
      try await playLog()
    } else if let plan {
      try await compare(plan)
    } else if what.hasSuffix(".sqlite") {
      try await playJournal()
    } else {
      try await playScenario()
    }
  }

  private func compare(_ plan: String) async throws {
    let journal = try SQLiteJournal(reading: what)
    let restored = try await journal.restore()
    restored.faults.forEach(Output.note)
    let comparison = try PlanComparison(restored.entries, mode: journal.mode, plan: plan)
    comparison.notes.forEach(Output.note)
    if json { try Output.json(comparison) } else { comparison.lines.forEach(Output.line) }
    if !restored.faults.isEmpty { throw ExitCode(1) }
  }

  private func playJournal() async throws {
    let journal = try SQLiteJournal(reading: what)
    let restored = try await journal.restore()
    var sequencer = Sequencer(Tocsin(mode: journal.mode))
    var account = JournalAccount(entries: restored.entries.count, faults: restored.faults)
    for entry in restored.entries {
      let effects = sequencer.repeated(entry.event)
      guard effects != entry.effects, !restored.blanks.contains(entry.event.number) else {
        continue
      }
      let difference = JournalAccount.Difference(
        entry: entry.event.number, kind: entry.event.content.kind, then: entry.effects, now: effects
      )
      if json { account.differences.append(difference) } else { try print(difference) }
      account.different += 1
    }
    if json {
      try Output.json(account)
    } else {
      restored.faults.forEach(Output.line)
      Output.line("\(account.entries) entries, \(account.different) decided differently.")
    }
    if account.different > 0 || !restored.faults.isEmpty { throw ExitCode(1) }
  }

  private func print(_ difference: JournalAccount.Difference) throws {
    Output.line("entry \(difference.entry), \(difference.kind): decided differently now")
    try Output.json(difference.then)
    try Output.json(difference.now)
  }

  private func playScenario() async throws {
    let scenario = try Scenario.find(what)
    var sequencer = Sequencer(Tocsin(mode: .replay))
    var entries = sequencer.receive(
      .plan(scenario.plan(zones: try scenario.zones.read())), at: scenario.start)
    for item in scenario.contents { entries += sequencer.receive(item.content, at: item.time) }
    entries += sequencer.advance(to: scenario.end)
    let account = ReplayAccount(scenario, entries, sequencer.tocsin)
    if json { return try Output.json(account) }
    var pace = Pace(speed ?? .max)
    Output.line("Timeline")
    for row in account.timeline {
      if let moment = Timestamp(row.t) { try await pace.wait(until: moment) }
      Output.line(row.line)
    }
    account.totals.forEach(Output.line)
  }

  /// A log is played as an official feed: each row is an announcement at its own moment.
  private func playLog() async throws {
    let log = try AlertLog.read(what)
    for fault in log.faults { Output.note("line \(fault.line): \(fault.field): \(fault.error)") }
    let known = try zones.map { try ZoneFile.read($0).zones } ?? StandardZones.read()
    let summary = AlertLogSummary(log, names: ZoneNames(known))
    guard !json, let first = log.rows.first else { return try Output.json(summary) }
    let feed = Source(id: "feed", name: "official alert feed", kind: .feed, hasAuthority: true)
    var sequencer = Sequencer(Tocsin(mode: .replay))
    var entries = sequencer.receive(.plan(Plan(zones: known, sources: [feed])), at: first.time)
    for row in log.rows {
      guard let announcement = row.announcement else { continue }
      let statement = Statement(
        source: feed.id, said: row.time, content: .announcement(announcement))
      entries += sequencer.receive(.statement(statement), at: row.time)
    }
    while let due = sequencer.wake { entries += sequencer.advance(to: due) }
    var pace = Pace(speed ?? .max)
    for entry in entries {
      try await pace.wait(until: entry.event.time)
      for effect in entry.effects {
        switch effect {
        case .deliver(let delivery):
          let notice = delivery.message.notice
          Output.line(
            "\(notice.issued) \(notice.warning) \(notice.kind.rawValue): "
              + notice.rows.map(\.zone).joined(separator: ", "))
        case .refuse(let refusal): Output.line("\(entry.event.time) \(refusal.text)")
        case .wake: break
        }
      }
    }
    Output.line("\(summary.rows) rows, \(summary.zones) names, \(summary.unknown.count) unknown.")
  }
}

/// What a replayed journal came to: the fixed form of `tocsin replay JOURNAL --json`.
private struct JournalAccount: Encodable {
  struct Difference: Encodable {
    var entry: Int
    var kind: String
    var then: [Effect]
    var now: [Effect]
  }

  var entries: Int
  /// How many entries were decided differently.
  var different = 0
  var differences: [Difference] = []
  var faults: [String]
}

extension AlertLog.Row {
  /// `nil` for a siren that stands for no danger, or a number that is not known.
  fileprivate var announcement: Announcement? {
    guard let meaning = AlertMeaning(historyCategory: category), !meaning.isDrill else {
      return nil
    }
    let stage: Stage? =
      switch meaning.stage {
      case .earlyWarning: .early
      case .takeShelter: .shelter
      case .ended: .ended
      case .noDanger: nil
      }
    let hazard = meaning.hazard ?? (stage == .ended ? "" : "general")
    return stage.map { Announcement(stage: $0, hazard: hazard, places: [zone], id: sourceID) }
  }
}
