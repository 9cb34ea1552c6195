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

  @Option(help: "Zones for an alert log; without it, the zones that come with Tocsin.")
  var zones: String?

  @Option(help: "Seconds of the past in one second, or max.")
  var speed = Pace.Speed.max

  @Option(help: "Of a journal: a plan file (YAML) to decide by instead.")
  var plan: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if plan != nil, !what.hasSuffix(".sqlite") {
      throw ValidationError(
        "--plan is for a journal (.sqlite): it compares with what was told then.")
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
    let journal = try SQLiteJournal(existing: what)
    let restored = try await journal.restore()
    restored.faults.forEach(Output.note)
    let comparison = try PlanComparison(restored.entries, mode: journal.mode, plan: plan)
    comparison.notes.forEach(Output.note)
    if json { try Output.json(comparison) } else { comparison.lines.forEach(Output.line) }
    if !restored.faults.isEmpty { throw ExitCode(1) }
  }

  private func playJournal() async throws {
    let journal = try SQLiteJournal(existing: what)
    let restored = try await journal.restore()
    var sequencer = Sequencer(Tocsin(mode: journal.mode))
    var differences = 0
    var pace = Pace(speed)
    for entry in restored.entries {
      try await pace.wait(until: entry.event.time)
      let effects = sequencer.repeated(entry.event)
      guard effects != entry.effects, !restored.blanks.contains(entry.event.number) else {
        continue
      }
      differences += 1
      Output.line(
        "entry \(entry.event.number), \(entry.event.content.kind): decided differently now")
      try Output.json(entry.effects)
      try Output.json(effects)
    }
    restored.faults.forEach(Output.line)
    Output.line("\(restored.entries.count) entries, \(differences) decided differently.")
    if differences > 0 || !restored.faults.isEmpty { throw ExitCode(1) }
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
    var pace = Pace(speed)
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
    var pace = Pace(speed)
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
