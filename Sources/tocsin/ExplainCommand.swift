import ArgumentParser
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Says why a warning was given, from the journal alone.")

  @Argument(help: "The warning's id, as W12 or 12.")
  var warning: String

  @Option(help: "The journal; without it, that of $TOCSIN_HOME.")
  var journal: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let journal = try SQLiteJournal(reading: try journal ?? Home.journal())
    let restored = try await journal.restore()
    for fault in restored.faults { Output.note(fault) }
    var sequencer = Sequencer(Tocsin(mode: journal.mode))
    let id = id
    var found: Warning?
    var known: [String] = []
    for entry in restored.entries {
      sequencer.repeated(entry.event)
      let warnings = sequencer.tocsin.warnings
      // The last state it had: a warning leaves the picture a day after its end.
      found = warnings[id] ?? found
      if warnings["W\(entry.event.number)"] != nil { known.append("W\(entry.event.number)") }
    }
    guard let found else { throw refusal(known, entries: restored.entries.count) }
    if json { return try Output.json(found) }
    Output.line("\(found.id): \(found.mode.rawValue), \(found.hazard), issued \(found.issued)")
    for decision in found.decisions { lines(of: decision, sequencer.tocsin).forEach(Output.line) }
  }

  /// As it is written: W12, also for w12 and 12.
  private var id: String {
    let isPlain = !warning.uppercased().hasPrefix("W")
    return Int(isPlain ? warning[...] : warning.dropFirst()).map { "W\($0)" } ?? warning
  }

  private func refusal(_ known: [String], entries: Int) -> Refused {
    let newest = known.suffix(5).reversed().joined(separator: ", ")
    return Refused(
      description: "The journal has no warning '\(warning)' "
        + "(it has \(entries.counted("entry", "entries"))). "
        + (known.isEmpty
          ? "No warning was raised yet."
          : known.count > 5 ? "The newest of \(known.count): \(newest)." : "There are: \(newest)."))
  }

  /// What P(zone) is of, and when that comes down: the body, or the pieces of one that broke or was hit.
  private func words(of forecast: Forecast) -> String {
    let body = "\(forecast.impactTime) ± \(forecast.sigmaTime) s"
    guard let first = forecast.fragments.map(\.impactTime).min(),
      let last = forecast.fragments.map(\.impactTime).max()
    else { return "impact expected \(body)" }
    return forecast.ended
      ? "it broke up: pieces expected down from \(first) to \(last), and P(zone) is that of a piece; "
        + "whole, it would have come down \(body)"
      : "pieces expected down from \(first) to \(last); the body, if it flies on whole, \(body). P(zone) is "
        + "that of a piece or of the body, whichever reached its own threshold"
  }

  private func lines(of decision: Warning.Decision, _ tocsin: Tocsin) -> [String] {
    var head = "\(decision.time.milliseconds) entry \(decision.entry): \(decision.kind.rawValue)"
    if let note = decision.note { head += ", \(note)" }
    var lines = [head]
    if let forecast = decision.forecast, let plots = decision.plots {
      lines.append(
        "  track \(forecast.track), \(plots) plots from \(decision.radars.joined(separator: ", ")); "
          + words(of: forecast))
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
