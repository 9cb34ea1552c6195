import ArgumentParser
import Foundation
import Logging
import Synchronization
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinSources

/// From a closed journal to a decision on an order.
struct Restart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The time from a start over a long journal to a warning that is on the disk.")

  @Option(help: "Entries in the journal.")
  var entries = 1_000_000

  @Option(help: "Zones: GeoJSON, or a folder with cities.json and polygons.json.")
  var zones: String

  func run() async throws {
    let path = NSTemporaryDirectory() + "benchmark-\(UUID().uuidString).sqlite"
    let plan = Plan(
      zones: try ZoneFile.read(zones).zones,
      sources: [Source(id: "feed", name: "Feed", kind: .feed, hasAuthority: true)])
    let start = Timestamp(seconds: 1_700_000_000)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var kept = Spans()
    do {
      let journal = try SQLiteJournal(path: path, mode: .actual)
      _ = await journal.commit(sequencer.receive(.plan(plan), at: start))
      var sinceKept = 0
      while sequencer.tocsin.number < entries {
        var batch: [Entry] = []
        for step in 0..<1000 {
          batch += Commits.alive(&sequencer, step: sequencer.tocsin.number + step)
        }
        _ = await journal.commit(batch)
        sinceKept += 1
        if sinceKept == 10 {
          await kept.timeAsync { await journal.keep(sequencer.tocsin) }
          // The service may stop just before the next one is due.
          sinceKept = sequencer.tocsin.number + 10_000 > entries ? -1_000_000 : 0
        }
      }
    }
    print(
      "\(sequencer.tocsin.number) entries, \(plan.zones.count) zones; a checkpoint: \(kept.line)")
    let zone = plan.zones[0].id
    for _ in 0..<3 { try await restart(path, plan, warning: zone) }
    for more in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + more) }
  }

  private func restart(_ path: String, _ plan: Plan, warning zone: String) async throws {
    let began = ContinuousClock.now
    let inbox = Inbox()
    let engine = Engine(
      mode: .actual, plan: plan, clock: SystemClock(),
      journal: try SQLiteJournal(path: path, mode: .actual), inbox: inbox, channels: [],
      viewers: [], logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { try await engine.run() }
    _ = try await inbox.put(
      .command(
        Command(person: "dana", order: .warn(hazard: "rockets", where: .zones([zone])))))
    print("warning on the disk \((ContinuousClock.now - began) / .seconds(1)) s after the start")
    // As a machine that loses its power: no orderly end keeps a newer checkpoint.
    running.cancel()
  }
}
