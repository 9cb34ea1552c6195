import ArgumentParser
import Foundation
import TocsinModel
import TocsinSimulation

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Plays made-up worlds with faults through the whole core, and judges the warnings.",
    discussion: """
      A world is made from its seed alone: towns as zones, one to three radars, a salvo of 1 to 12 \
      bodies, wind, and what goes wrong on the way: false plots, silence, late, double, disordered and \
      impossible ones. The same seed gives the same output. Exit 1 when a zone was missed though the \
      body was seen in time (three plots 10 s before it came down).

      With --flights no world is played: made-up flights are written into a folder for \
      'tocsin evaluate --index FOLDER/plots/index.json --zones FOLDER/zones.geojson'.
      """)

  @Option(help: "The first world's seed; each further world has the next.")
  var seed: UInt64

  @Option(help: "How many worlds.")
  var worlds = 1

  @Option(
    help: "Write made-up flights and salvos, seen by three radars, into this new folder instead.")
  var flights: String?

  @Option(
    help: "With --flights: how many flights beside the salvos (\(Self.usualCount) unless told).")
  var count: Int?
  private static let usualCount = 40

  @Flag(help: "Print JSON: one line a world, then the sum.")
  var json = false

  @Flag(help: "Compare policies on these worlds, and on as many held out.")
  var policies = false

  @Option(
    help:
      "With --policies: what a missed zone costs, in needless ones (\(Stakes().missed.formatted()) unless told)."
  )
  var missCost: Double?

  @Option(
    help:
      "With --policies: what a zone warned late costs, in needless ones (\(Stakes().late.formatted()) unless told)."
  )
  var lateCost: Double?

  func validate() throws {
    guard (1...100_000).contains(worlds) else {
      throw ValidationError("--worlds is a number from 1 to 100000.")
    }
    guard seed <= .max - 2 * UInt64(worlds) else {
      throw ValidationError("--seed leaves no room for the worlds after it; give a smaller one.")
    }
    guard flights != "" else { throw ValidationError("--flights needs the name of a folder.") }
    guard flights != nil || count == nil else {
      throw ValidationError("--count is for --flights; say where they go.")
    }
    guard (1...999).contains(count ?? 1) else {
      throw ValidationError("--count is a number from 1 to 999.")
    }
    guard flights == nil || (!policies && !json && worlds == 1) else {
      throw ValidationError("--flights goes with --seed and --count alone.")
    }
    guard policies || (missCost == nil && lateCost == nil) else {
      throw ValidationError("--miss-cost and --late-cost are for --policies.")
    }
    let stakes = stakes
    guard stakes.missed > 0, stakes.missed <= 1e6, (0...1e6).contains(stakes.late) else {
      throw ValidationError("--miss-cost is above 0, --late-cost 0 or more; both at most 1000000.")
    }
  }

  private var stakes: Stakes {
    var stakes = Stakes()
    if let missCost { stakes.missed = missCost }
    if let lateCost { stakes.late = lateCost }
    return stakes
  }

  func run() async throws {
    if let flights {
      let set = try FlightSetFolder.write(to: flights) {
        FlightSet(seed: seed, count: count ?? Self.usualCount)
      }
      return Output.line("Wrote \(set.recordings.count) recordings into \(flights)")
    }
    let seeds = Array(seed..<seed + UInt64(worlds))
    if policies {
      let heldOut = seeds.map { $0 + UInt64(worlds) }
      let sweep = await PolicySweep(on: seeds, heldOut: heldOut, stakes)
      try json ? sweep.rows.forEach(Output.json) : Output.line(sweep.text)
      return
    }
    var sum = Tally()
    for batch in stride(from: 0, to: seeds.count, by: 50) {
      let some = Array(seeds[batch..<min(batch + 50, seeds.count)])
      for verdict in await inParallel(some, { Trial.verdict(on: World(seed: $0)) }) {
        try json ? Output.json(verdict) : Output.line(VerdictText.lines(verdict))
        sum = sum + verdict.tally
      }
    }
    try json ? Output.json(["sum": sum]) : Output.line(VerdictText.sum(sum))
    if sum.missed > 0 { throw ExitCode.failure }
  }
}

/// The results in the order of what they are of, whichever was ready first.
func inParallel<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ work: @escaping @Sendable (Item) -> Result
) async -> [Result] {
  await withTaskGroup(of: (Int, Result).self) { group in
    for (index, item) in items.enumerated() { group.addTask { (index, work(item)) } }
    var results: [(Int, Result)] = []
    for await result in group { results.append(result) }
    return results.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
