import ArgumentParser
import TocsinModel
import TocsinSources

struct ZonesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zones", abstract: "Checks, shows and converts zones.",
    subcommands: [Check.self, Show.self, Import.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads zones and prints every oddity, one a line; exit 1 if the file is unreadable."
    )

    @Argument(help: "GeoJSON, a folder with cities.json and polygons.json, or a table of places.")
    var path: String

    func run() throws {
      let imported = try ZoneFile.read(path)
      for fault in imported.faults { Output.line("\(fault)") }
      Output.note("\(imported.zones.count) zones, \(imported.faults.count) oddities.")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists zones: id, name, district, seconds.")

    @Argument(help: "As for 'check'; without it, the zones that come with Tocsin.")
    var path: String?

    func run() throws {
      let zones = try path.map { try ZoneFile.read($0).zones } ?? StandardZones.read()
      for zone in zones {
        let seconds = zone.shelterSeconds.map { "\($0) s" } ?? "not stated"
        Output.line(
          [zone.id, zone.name["en"], zone.district["en"], seconds].joined(separator: "\t"))
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints zones as GeoJSON.")

    @Argument(help: "As for 'check'.")
    var path: String

    func run() throws {
      let imported = try ZoneFile.read(path)
      for fault in imported.faults { Output.note("\(fault)") }
      Output.line(ZoneFile.geoJSON(imported.zones))
    }
  }
}
