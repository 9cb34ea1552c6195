import ArgumentParser
import Foundation
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

  @Option(help: "The ground's height above the ellipsoid, in meters.")
  var ground = 0.0

  @Argument(help: "Plot files: NDJSON, or NDJSON compressed by gzip.")
  var plots: [String] = []

  func validate() throws {
    guard (radars == nil) != (index == nil) else {
      throw ValidationError("Give either --radars with plot files, or --index.")
    }
    guard index != nil || !plots.isEmpty else {
      throw ValidationError("Name at least one plot file.")
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
    if let index {
      return try FlightIndex.read(index).files.map { file in
        Flight(
          name: file.flight, path: file.path, radars: [file.radar],
          settings: try settings(ground: file.groundHeight, met: file.met))
      }
    }
    let radars = try RadarsFile.read(radars ?? "")
    return try plots.map { path in
      let name = URL(fileURLWithPath: path).lastPathComponent
      return Flight(
        name: name.components(separatedBy: ".ndjson")[0], path: path, radars: radars,
        settings: try settings(ground: ground, met: nil))
    }
  }

  private func settings(ground: Double, met listed: String?) throws -> Tracker.Settings {
    var settings = Tracker.Settings(groundHeight: ground)
    if !withoutMet, let path = met ?? listed {
      settings.met = try MetMessage.read(path)
    }
    return settings
  }
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
        "\(path): \(count) plots of radar '\(radar)' left out, which the radars do not name.")
    }
    return plots.sorted { $0.measured < $1.measured }
  }
}
