import Foundation
import TocsinChannels
import TocsinConfiguration
import TocsinModel
import TocsinSources

/// Everything that a live Tocsin is told when it starts.
struct Configuration {
  var listen = NetworkAddress(host: "127.0.0.1", port: 8080)
  /// Where journal and keys are; `nil`: `$TOCSIN_HOME`, else `~/.local/share/tocsin`.
  var home: String?
  var plan: Plan
  var sources: [ConfiguredSource] = []
  var channels: [ConfiguredChannel] = []
  /// Whether clients of other authorities' feeds see an end in the real-time file too.
  var endsInRealTime = false
  /// Words for people about what was read.
  var notes: [String] = []

  /// Without a file: the zones that come with Tocsin, operators' orders, and nothing that detects.
  static func standard() throws -> Configuration {
    var standard = Configuration(plan: Plan(zones: try StandardZones.read()))
    standard.channels = [.standardCAP]
    standard.nameOutlets()
    return standard
  }

  /// Reads a file whole; every mistake of it is named at once, each with its line.
  static func read(_ path: String) throws -> Configuration {
    var configuration = try standard()
    var fields = YAMLFields(try YAMLFile.read(path), name: "")
    let folder = URL(filePath: path).deletingLastPathComponent().path
    configuration.listen = fields.optionalAddress("listen") ?? configuration.listen
    configuration.home = fields.optionalText("home")
    var reader = PlanFields(folder: folder)
    reader.lay(&fields, over: &configuration.plan)
    configuration.notes = reader.notes
    if var compatible = fields.mapping("compatible") {
      configuration.endsInRealTime = compatible.flag("ends_in_real_time")
      fields.take(compatible)
    }
    configuration.channels = []
    configuration.readSources(&fields)
    configuration.readChannels(&fields, folder: folder)
    let faults = fields.allFaults().sorted { Self.line(of: $0) < Self.line(of: $1) }
    guard faults.isEmpty else { throw UnreadableFile(path: path, problem: .faults(faults)) }
    return configuration
  }

  private static func line(of fault: String) -> Int {
    Int(fault.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0
  }

  private mutating func readSources(_ fields: inout YAMLFields) {
    let radars = Set(plan.radars.map(\.id))
    let districts = Set(plan.zones.map { $0.district["en"] })
    for var entry in fields.mappings("sources", each: "source") {
      if let read = ConfiguredSource(&entry) {
        if sources.contains(where: { $0.source.id == read.source.id }) {
          entry.fault("id", "is '\(read.source.id)' a second time; give every source its own")
        }
        for radar in read.source.radars ?? [] where !radars.contains(radar) {
          entry.fault("radars", "names '\(radar)', which is not in the radars file")
        }
        for district in read.source.districts ?? [] where !districts.contains(district) {
          entry.fault("districts", "names '\(district)', which no zone has as its English district")
        }
        for fault in read.kind.faults(of: read.source, in: plan) {
          entry.fault(fault.key, fault.words)
        }
        sources.append(read)
      }
      fields.take(entry)
    }
    plan.sources = sources.map(\.source)
  }

  private mutating func readChannels(_ fields: inout YAMLFields, folder: String) {
    for var entry in fields.mappings("channels", each: "channel") {
      if let read = ConfiguredChannel(&entry, folder: folder) {
        if channels.contains(where: { $0.outlet.id == read.outlet.id }) {
          entry.fault("id", "is '\(read.outlet.id)' a second time; give every channel its own")
        }
        if let ground = read.kind.ground,
          let other = channels.first(where: { $0.kind.ground == ground })
        {
          entry.fault(
            "kind", "speaks where '\(other.outlet.id)' does (\(ground)); give it a place of its own"
          )
        }
        for fault in read.kind.faults(in: plan) { entry.fault(fault.key, fault.words) }
        channels.append(read)
      }
      fields.take(entry)
    }
    // The fixed addresses of CAP are those of the channel with that name.
    if !channels.contains(where: { $0.outlet.id == ConfiguredChannel.standardCAP.outlet.id }) {
      channels.append(.standardCAP)
    }
    nameOutlets()
  }

  private mutating func nameOutlets() {
    plan.outlets = [.livePages, .compatible] + channels.map(\.outlet)
  }

  /// What it would run, a line each.
  var lines: [String] {
    let places =
      "\(plan.zones.count) zones, \(plan.radars.count) radars, \(plan.hazards.count) hazards"
    let ways =
      sources.map { "source '\($0.source.id)': \($0.kind.description)" }
      + channels.map {
        "channel '\($0.outlet.id)': \($0.kind.description), hears \($0.outlet.actual ? "real danger" : "exercises")"
      }
    let detects = plan.radars.isEmpty && !plan.sources.contains { $0.hasAuthority }
    let ground = plan.heightGrid.map {
      "ground: \($0.columns) × \($0.rows) heights up to \(Int($0.highest.rounded(.up))) m, "
        + "else \(plan.groundHeight) m"
    }
    return ["pages at http://\(listen)/", places] + (ground.map { [$0] } ?? []) + ways
      + (detects ? ["nothing detects: only operators' orders warn"] : []) + notes
  }
}

extension Outlet {
  /// The pages of a live service: no replay ever comes there.
  fileprivate static let livePages = Outlet(id: Outlet.pages.id, actual: true, exercise: true)
}
