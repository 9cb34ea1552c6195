import ArgumentParser
import Foundation
import TocsinCore
import TocsinModel
import TocsinSources

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures forecasts, and warnings if zones are given, against the truth of an index.",
    discussion: """
      Plays every file that the index lists, each on its own, and prints how far the forecasts were off \
      at 2 to 20 s after the first plot, how honest their ellipses were, and which zones were warned \
      rightly or needlessly, or missed: not warned, or less than 5 s before the impact. Failures in flight that were \
      still to come are left out. What cannot be measured is told on standard error.
      """)

  @Option(help: "The index of plot files.")
  var index: String

  @Option(help: "The folder of the flights' truth; beside the index's folder if not given.")
  var truth: String?

  @Flag(name: .customLong("no-met"), help: "Use no met message, even where the index names one.")
  var withoutMet = false

  @Option(help: "Zones to measure warnings by: GeoJSON, or a folder of cities and polygons.")
  var zones: String?

  @Flag(
    help:
      "With --zones: the flights of the first radar on a map of whole districts, too, each once.")
  var zoning = false

  @Option(help: "A folder to write pictures into (SVG): miss, calibration, ellipses on a map.")
  var pictures: String?

  @Flag(
    help: ArgumentHelp(
      "Also print a bound beside the figures of single flights.",
      discussion: """
        No estimator's mean over bodies as the priors have them lies below it, even one that is told the burnout. \
        On a set of flights that vary less, forecasts can.
        """))
  var bound = false

  func validate() throws {
    if zoning, zones == nil { throw ValidationError("--zoning needs --zones.") }
  }

  /// All that is asked for is looked at before anything is measured, which takes long.
  func run() throws {
    let recordings = try Recording.read(index: index, truth: truth, withoutMet: withoutMet)
    let zones = try zones.map { try Self.usableZones($0) } ?? []
    let folder = try pictures.map { try PictureFolder($0) }
    var warnings = self.zones == nil ? nil : WarningBench(zones)
    var maps = zoning ? try ZoningBench(zones, recordings) : nil
    var score = ForecastScore()
    var boundScore = bound ? BoundScore() : nil
    var map = EllipseMap(zones)
    for recording in recordings {
      let plots = try recording.flight.read()
      let forecasts = recording.forecasts(plots)
      score.add(forecasts, recording.truth)
      map.add(forecasts, recording.truth, radar: recording.radar)
      boundScore?.add(plots, recording)
      warnings?.add(plots, recording)
      maps?.add(plots, recording)
    }
    Output.line(EvaluationTable(score, boundScore).text)
    if let warnings { Output.line(EvaluationTable.text(warnings.scores)) }
    if let maps { Output.line(maps.score.text) }
    try folder?.write(score, map)
  }

  private static func usableZones(_ path: String) throws -> [Zone] {
    let imported = try ZoneFile.read(path)
    for fault in imported.faults.prefix(10) { Output.note("\(fault)") }
    if imported.faults.count > 10 {
      Output.note("… and \(imported.faults.count - 10) more oddities; see 'tocsin zones check'.")
    }
    let zones = imported.zones.filter { !$0.area.isEmpty }
    guard !zones.isEmpty else {
      throw Refused(
        description: "\(path) has no zone that can be used; 'tocsin zones check' tells why.")
    }
    return zones
  }
}

/// Warnings of every recording through the whole core, as in service.
struct WarningBench {
  private let zones: [Zone]
  private let base: Sequencer
  private(set) var scores: [ForecastScore.Group: ZoneScore] = [:]

  init(_ zones: [Zone]) {
    self.zones = zones
    base = Sequencer(knowing: zones)
  }

  mutating func add(_ plots: [Plot], _ recording: Recording) {
    let truth = recording.truth
    let warned = recording.warned(plots, zones, from: base)
    let group = ForecastScore.Group(kind: truth.kind.rawValue, radar: truth.radar)
    scores[group, default: ZoneScore()].add(warned, truth, zones)
  }
}

/// The same barrage on the zones and on their districts.
struct ZoningBench {
  private let zones: [Zone]
  private let fine: Sequencer
  private let coarse: Sequencer
  /// Names of the recordings that are played.
  private let played: Set<String>
  private(set) var score: ZoningScore

  init(_ zones: [Zone], _ recordings: [Recording]) throws {
    let once = Recording.eachFlightOnce(recordings)
    self.zones = zones
    score = try ZoningScore(zones, radar: once.first?.radar.id ?? "")
    fine = Sequencer(knowing: zones)
    coarse = Sequencer(knowing: score.districts)
    played = Set(once.map(\.flight.name))
  }

  mutating func add(_ plots: [Plot], _ recording: Recording) {
    guard played.contains(recording.flight.name) else { return }
    score.add(
      fine: recording.warned(plots, zones, from: fine),
      districts: recording.warned(plots, score.districts, from: coarse), recording.truth)
  }
}
