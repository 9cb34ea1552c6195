import ArgumentParser
import Foundation
import TocsinCore
import TocsinModel
import TocsinSources
import TocsinTracking

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures forecasts, and warnings if zones are given, against the truth of an index.",
    discussion: """
      Plays every file that the index lists, each on its own, and prints how far the forecasts were off
      at 2 to 20 s after the first plot, how honest their ellipses were, and which zones were warned \
      rightly or needlessly. Failures in flight that were still to come are left out.
      """)

  @Option(help: "The index of plot files.")
  var index: String

  @Option(help: "The folder of the flights' truth; beside the index's folder if not given.")
  var truth: String?

  @Flag(name: .customLong("no-met"), help: "Use no met message, even where the index names one.")
  var withoutMet = false

  @Option(help: "Zones to measure warnings by: GeoJSON, or a folder of cities and polygons.")
  var zones: String?

  @Flag(help: "With --zones: the same barrage on a map of whole districts, too.")
  var zoning = false

  @Option(help: "A folder to write pictures into (SVG): miss, calibration, ellipses on a map.")
  var pictures: String?

  @Flag(help: "Also print a bound: what nobody could do better on these flights.")
  var bound = false

  func validate() throws {
    if zoning, zones == nil { throw ValidationError("--zoning needs --zones.") }
  }

  func run() throws {
    let folder = URL(fileURLWithPath: index).deletingLastPathComponent()
    let truths = try FlightTruth.read(truth ?? folder.appending(path: "../truth").path)
    var score = ForecastScore()
    var map = EllipseMap()
    let files = try FlightIndex.read(index).files.filter { truths[$0.flight] != nil }
    guard !files.isEmpty else {
      throw ValidationError("No file of the index has a truth; name its folder with --truth.")
    }
    for file in files {
      guard let truth = truths[file.flight] else { continue }
      let forecasts = try forecasts(of: file)
      score.add(forecasts, truth)
      map.add(forecasts, truth, radar: file.radar)
    }
    Output.line(EvaluationTable(score).text)
    if bound { try printBound(files, truths) }
    if let zones { try printZones(zones, files, truths) }
    if let zones, zoning { try printZoning(zones, files, truths) }
    if let pictures { try draw(score, map, in: pictures) }
  }

  private func settings(for file: FlightIndex.File) throws -> Tracker.Settings {
    var settings = Tracker.Settings(groundHeight: file.groundHeight)
    if !withoutMet, let met = file.met {
      settings.met = try MetMessage.read(met)
    }
    return settings
  }

  private func printBound(_ files: [FlightIndex.File], _ truths: [String: FlightTruth]) throws {
    var score = BoundScore()
    for file in files {
      guard let truth = truths[file.flight] else { continue }
      score.add(try plots(of: file), file, truth, try settings(for: file))
    }
    Output.line(score.text)
  }

  private func forecasts(of file: FlightIndex.File) throws -> [Forecast] {
    let settings = try settings(for: file)
    var tracker = Tracker(radars: [file.radar], settings: settings)
    var updates: [TrackUpdate] = []
    for plot in try plots(of: file) {
      while let due = tracker.nextDeadline, due <= plot.measured {
        updates += tracker.advance(to: due)
      }
      updates += tracker.receive([plot])
    }
    while let due = tracker.nextDeadline { updates += tracker.advance(to: due) }
    return updates.compactMap { if case .forecast(_, let own) = $0 { own } else { nil } }
  }

  private func plots(of file: FlightIndex.File) throws -> [Plot] {
    try PlotFile.read(file.path).lines.compactMap {
      if case .plot(let plot) = $0 { plot } else { nil }
    }.sorted { $0.measured < $1.measured }
  }

  /// Through the whole core, as in service.
  private func printZones(
    _ path: String, _ files: [FlightIndex.File], _ truths: [String: FlightTruth]
  ) throws {
    let zones = try ZoneFile.read(path).zones
    var base = Sequencer(Tocsin(mode: .replay))
    _ = base.receive(.plan(Plan(zones: zones)), at: Timestamp(nanoseconds: 0))
    var scores: [ForecastScore.Group: ZoneScore] = [:]
    for file in files {
      guard let truth = truths[file.flight] else { continue }
      let group = ForecastScore.Group(kind: truth.kind.rawValue, radar: truth.radar)
      let plan = Plan(zones: zones, radars: [file.radar], groundHeight: file.groundHeight)
      let warned = Self.warned(try plots(of: file), plan, from: base)
      scores[group, default: ZoneScore()].add(warned, truth, zones)
    }
    Output.line(EvaluationTable.text(scores))
  }

  /// Files of one radar alone, so that no body flies twice.
  private func printZoning(
    _ path: String, _ files: [FlightIndex.File], _ truths: [String: FlightTruth]
  ) throws {
    let zones = try ZoneFile.read(path).zones
    var score = ZoningScore(zones)
    var bases: [Sequencer] = []
    for map in [zones, score.districts] {
      var base = Sequencer(Tocsin(mode: .replay))
      _ = base.receive(.plan(Plan(zones: map)), at: Timestamp(nanoseconds: 0))
      bases.append(base)
    }
    let radar = files.first?.radar.id
    for file in files where file.radar.id == radar {
      guard let truth = truths[file.flight] else { continue }
      let plots = try plots(of: file)
      let told = zip(bases, [zones, score.districts]).map { base, map in
        let plan = Plan(zones: map, radars: [file.radar], groundHeight: file.groundHeight)
        return Set(Self.warned(plots, plan, from: base).keys)
      }
      score.add(fine: told[0], districts: told[1], truth)
    }
    Output.line(score.text)
  }

  private static func warned(_ plots: [Plot], _ plan: Plan, from base: Sequencer)
    -> [String: Timestamp]
  {
    var sequencer = base
    guard let first = plots.first else { return [:] }
    var entries = sequencer.receive(.plan(plan), at: first.measured)
    for plot in plots { entries += sequencer.receive(.plots([plot]), at: plot.measured) }
    while let due = sequencer.wake { entries += sequencer.advance(to: due) }
    var warned: [String: Timestamp] = [:]
    for case .deliver(let delivery) in entries.flatMap(\.effects) {
      let notice = delivery.message.notice
      guard notice.kind == .warning || notice.kind == .extension else { continue }
      for row in notice.rows where warned[row.zone] == nil { warned[row.zone] = notice.issued }
    }
    return warned
  }

  private func draw(_ score: ForecastScore, _ map: EllipseMap, in path: String) throws {
    let folder = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, picture) in [
      ("miss.svg", MissPicture(score).svg), ("calibration.svg", CalibrationPicture(score).svg),
      ("ellipses.svg", map.svg),
    ] {
      try picture.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
      Output.note("Wrote \(folder.appending(path: name).path)")
    }
  }
}
