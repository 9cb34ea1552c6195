import ArgumentParser
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Says why a warning was given, from the journal alone.")

  @Argument(help: "The warning's id, as W12.")
  var warning: String

  @Option(help: "The journal; without it, that of $TOCSIN_HOME.")
  var journal: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let journal = try SQLiteJournal(existing: try journal ?? Home.journal())
    let restored = try await journal.restore()
    for fault in restored.faults { Output.note(fault) }
    var sequencer = Sequencer(Tocsin(mode: journal.mode))
    var found: Warning?
    for entry in restored.entries {
      sequencer.repeated(entry.event)
      // The last state it had: a warning leaves the picture a day after its end.
      found = sequencer.tocsin.warnings[warning] ?? found
    }
    guard let found else {
      throw Refused(
        description:
          "The journal has no warning '\(warning)' in its \(restored.entries.count) entries.")
    }
    if json { return try Output.json(found) }
    Output.line("\(found.id): \(found.mode.rawValue), \(found.hazard), issued \(found.issued)")
    for decision in found.decisions { lines(of: decision, sequencer.tocsin).forEach(Output.line) }
  }

  private func lines(of decision: Warning.Decision, _ tocsin: Tocsin) -> [String] {
    var head = "\(decision.time.milliseconds) entry \(decision.entry): \(decision.kind.rawValue)"
    if let note = decision.note { head += ", \(note)" }
    var lines = [head]
    if let forecast = decision.forecast, let plots = decision.plots {
      lines.append(
        "  track \(forecast.track), \(plots) plots from \(decision.radars.joined(separator: ", ")); "
          + "impact expected \(forecast.impactTime) ± \(forecast.sigmaTime) s")
    }
    if let purity = decision.purity {
      let others = decision.rivals ?? []
      lines.append(
        "  its plots are all of one body with P "
          + (purity > 0 ? "\(purity)" : "below 0.0001")
          + (others.isEmpty ? "" : "; some may be of track \(others.joined(separator: ", "))"))
    }
    return lines
      + decision.zones.map { row in
        let name = tocsin.atlas.zone(row.zone)?.name["en"] ?? row.zone
        guard let probability = row.probability, let threshold = row.threshold else {
          return "  \(name)"
        }
        return "  \(name): P(zone) \(probability) reached the threshold \(threshold)"
      }
  }
}
