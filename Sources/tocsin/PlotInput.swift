import ArgumentParser
import Foundation
import TocsinCore
import TocsinModel
import TocsinSources
import TocsinTracking

/// Where plots come from: files with a radars file, or everything that an index lists.
struct PlotInput: ParsableArguments {
  @Option(help: "Radars: a JSON list of {radar, lat, lon, height_m, sigma}.")
  var radars: String?

  @Option(help: "An index of plot files, each played on its own.")
  var index: String?

  @Option(help: "A met message (JSON) for all plot files.")
  var met: String?

  @Flag(name: .customLong("no-met"), help: "Use no met message, even where the index names one.")
  var withoutMet = false

  @Option(
    help: ArgumentHelp(
      "The ground's height above the ellipsoid in meters (-1000 to 9000), or the path of a height grid (.asc).",
      discussion:
        "Give both for the height where the grid says nothing (else 0). An index tells its heights itself."
    ))
  var ground: [GroundOption] = []

  @Argument(help: "Plot files: NDJSON, or NDJSON compressed by gzip.")
  var plots: [String] = []

  func validate() throws {
    guard (radars == nil) != (index == nil) else {
      throw ValidationError("Give either --radars with plot files, or --index.")
    }
    guard index != nil || !plots.isEmpty else {
      throw ValidationError("Name at least one plot file.")
    }
    guard index == nil || plots.isEmpty else {
      throw ValidationError(
        "--index names the plot files itself; leave out \(plots.joined(separator: " ")), or add it to the "
          + "index.")
    }
    guard index == nil || ground.compactMap(\.height).isEmpty else {
      throw ValidationError(
        "--index tells the ground's height of each file itself (ground_h_m); leave out --ground, or give a "
          + "height grid.")
    }
    guard ground.compactMap(\.height).count < 2, ground.compactMap(\.grid).count < 2 else {
      throw ValidationError("Give --ground at most one height and one height grid.")
    }
  }

  /// One file of plots and what is known about it.
  struct Flight {
    var name: String
    var path: String
    var radars: [Radar]
    var settings: Tracker.Settings
  }

  func flights() throws -> [Flight] {
    let grid = try ground.compactMap(\.grid).first.map { try HeightGridFile.read($0) }
    if let index {
      let files = try FlightIndex.read(index).files
      guard !files.isEmpty else {
        throw Refused(description: "\(index) lists no plot file: its 'files' is empty.")
      }
      return try files.map { file in
        try Flight(file, heightGrid: grid, met: withoutMet ? nil : met ?? file.met)
      }
    }
    let radars = try RadarsFile.read(radars ?? "")
    let height = ground.compactMap(\.height).first ?? 0
    return try plots.map { path in
      let name = URL(fileURLWithPath: path).lastPathComponent
      return try Flight(
        name: name.components(separatedBy: ".ndjson")[0], path: path, radars: radars,
        groundHeight: height, heightGrid: grid, met: withoutMet ? nil : met)
    }
  }
}

extension PlotInput.Flight {
  /// - Parameter met: the path of a met message; `nil` for none.
  init(
    name: String, path: String, radars: [Radar], groundHeight: Double, heightGrid: HeightGrid?,
    met: String?
  ) throws {
    self.init(
      name: name, path: path, radars: radars,
      settings: Tracker.Settings(
        groundHeight: groundHeight, heightGrid: heightGrid,
        met: try met.map { try MetMessage.read($0) }))
  }

  init(_ file: FlightIndex.File, heightGrid: HeightGrid? = nil, met: String?) throws {
    try self.init(
      name: file.flight, path: file.path, radars: [file.radar], groundHeight: file.groundHeight,
      heightGrid: heightGrid, met: met)
  }
}

/// What `--ground` takes: a height, or the file of a height grid.
enum GroundOption: ExpressibleByArgument {
  case height(Double)
  case grid(String)

  init?(argument: String) {
    guard let height = Double(argument) else {
      self = .grid(argument)
      return
    }
    guard (-1000...9000).contains(height) else { return nil }
    self = .height(height)
  }

  var height: Double? { if case .height(let height) = self { height } else { nil } }
  var grid: String? { if case .grid(let path) = self { path } else { nil } }
}

extension PlotInput.Flight {
  /// The plots in order of time; what cannot be read is told on standard error and counted.
  func read() throws -> [Plot] {
    let lines = try PlotFile.read(path)
    for fault in lines.faults {
      Output.note(
        "\(path) line \(fault.line): \(fault.field.isEmpty ? "" : fault.field + ": ")\(fault.error)"
      )
    }
    let known = Set(radars.map(\.id))
    var unknown: [String: Int] = [:]
    var plots: [Plot] = []
    for case .plot(let plot) in lines.lines {
      if known.contains(plot.radar) {
        plots.append(plot)
      } else {
        unknown[plot.radar, default: 0] += 1
      }
    }
    for (radar, count) in unknown.sorted(by: { $0.key < $1.key }) {
      Output.note(
        "\(path): \(count.counted("plot")) of radar '\(radar)' left out, which the radars do not name."
      )
    }
    return plots.sorted { $0.measured < $1.measured }
  }
}

extension PlotInput.Flight {
  /// Through the whole core on the plots' own time, the met message first; nothing is sounded.
  /// - Parameter base: has the zones already, so that what follows from them alone is worked out once.
  func play(
    _ plots: [Plot], _ zones: [Zone], from base: Sequencer, _ take: ([Entry]) throws -> Void
  ) rethrows {
    guard let first = plots.first else { return }
    let plan = Plan(
      zones: zones, radars: radars,
      sources: [Source(id: "met", name: "met message", kind: .document)],
      groundHeight: settings.groundHeight, heightGrid: settings.heightGrid)
    var sequencer = base
    try take(sequencer.receive(.plan(plan), at: first.measured))
    if let met = settings.met {
      let statement = Statement(source: "met", said: nil, content: .met(met))
      try take(sequencer.receive(.statement(statement), at: first.measured))
    }
    for plot in plots { try take(sequencer.receive(.plots([plot]), at: plot.measured)) }
    while let due = sequencer.wake { try take(sequencer.advance(to: due)) }
  }
}

extension Sequencer {
  /// In a replay, with a plan of zones alone.
  init(knowing zones: [Zone]) {
    self.init(Tocsin(mode: .replay))
    _ = receive(.plan(Plan(zones: zones)), at: Timestamp(nanoseconds: 0))
  }
}
