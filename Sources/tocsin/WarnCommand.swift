import ArgumentParser
import TocsinCore
import TocsinModel
import TocsinSources
import TocsinTracking

struct WarnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warn", abstract: "Reads plots, prints which zones are warned, and when.",
    discussion: "The whole decision on the plots' own time; nothing is sounded.")

  @OptionGroup var input: PlotInput

  @Option(help: "Zones: GeoJSON, or a folder with cities.json and polygons.json.")
  var zones: String

  func run() throws {
    let zones = try ZoneFile.read(zones)
    if !zones.faults.isEmpty {
      Output.note("\(zones.faults.count) oddities in the zones; see 'tocsin zones check'.")
    }
    // Everything that follows from the zones alone is worked out once; each flight starts from a copy.
    var base = Sequencer(Tocsin(mode: .replay))
    _ = base.receive(.plan(Plan(zones: zones.zones)), at: Timestamp(nanoseconds: 0))
    for flight in try input.flights() {
      let plan = Plan(
        zones: zones.zones, radars: flight.radars,
        sources: [Source(id: "met", name: "met message", kind: .document)],
        groundHeight: flight.settings.groundHeight, heightGrid: flight.settings.heightGrid)
      var sequencer = base
      let plots = try flight.read()
      guard let first = plots.first else { continue }
      try print(sequencer.receive(.plan(plan), at: first.measured), flight.name)
      if let met = flight.settings.met {
        let statement = Statement(source: "met", said: nil, content: .met(met))
        try print(sequencer.receive(.statement(statement), at: first.measured), flight.name)
      }
      for plot in plots {
        try print(sequencer.receive(.plots([plot]), at: plot.measured), flight.name)
      }
      while let due = sequencer.wake { try print(sequencer.advance(to: due), flight.name) }
    }
  }

  private func print(_ entries: [Entry], _ flight: String) throws {
    for entry in entries {
      for case .deliver(let delivery) in entry.effects {
        let notice = delivery.message.notice
        for row in notice.rows {
          try Output.json(
            WarningLine(
              kind: notice.kind.rawValue, flight: flight, t: notice.issued, zone: row.zone,
              warning: notice.warning, seconds: row.seconds, shelterSeconds: row.shelterSeconds,
              p: row.probability))
        }
      }
    }
  }
}

/// The fixed form of a warning line.
struct WarningLine: Encodable {
  var kind: String
  var flight: String
  var t: Timestamp
  var zone: String
  var warning: String
  var seconds: Double?
  var shelterSeconds: Int?
  var p: Double?

  enum CodingKeys: String, CodingKey {
    case kind, flight, t, zone, warning, seconds
    case shelterSeconds = "shelter_seconds"
    case p
  }
}
