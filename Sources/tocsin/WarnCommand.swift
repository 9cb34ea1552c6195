import ArgumentParser
import TocsinCore
import TocsinModel
import TocsinSources

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
    let base = Sequencer(knowing: zones.zones)
    for flight in try input.flights() {
      try flight.play(try flight.read(), zones.zones, from: base) { try print($0, flight.name) }
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
