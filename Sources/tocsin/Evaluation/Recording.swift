import Foundation
import TocsinCore
import TocsinModel
import TocsinSources
import TocsinTracking

/// One file of plots of an index, with what truly flew in it.
struct Recording {
  let flight: PlotInput.Flight
  let radar: Radar
  let truth: FlightTruth

  /// All of an index that can be measured; what is left out is told on standard error.
  /// - Parameter truth: the folder of the truth; `nil`: beside the index's folder.
  static func read(index path: String, truth: String?, withoutMet: Bool) throws -> [Recording] {
    let index = try FlightIndex.read(path)
    guard !index.files.isEmpty else {
      throw Refused(
        description: "\(path) names no files; list plot files under 'files' (Docs/FORMATS.md).")
    }
    let folder =
      truth
      ?? URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: "../truth")
      .standardizedFileURL.path
    let truths = try FlightTruth.read(folder)
    let files = listedOnce(index.files)
    let without = files.filter { truths[$0.flight] == nil }.map(\.flight)
    guard without.count < files.count else {
      throw Refused(
        description: "No file of \(path) has a truth in \(folder); name its folder with --truth.")
    }
    if !without.isEmpty {
      Output.note(
        "\(path): \(without.count.counted("file")) left out, of which \(folder) tells no truth: "
          + without.joined(separator: ", "))
    }
    return try files.compactMap { file in
      guard let truth = truths[file.flight] else { return nil }
      return Recording(
        flight: try PlotInput.Flight(file, met: withoutMet ? nil : file.met), radar: file.radar,
        truth: truth)
    }
  }

  private static func listedOnce(_ files: [FlightIndex.File]) -> [FlightIndex.File] {
    var seen: Set<String> = []
    return files.filter { file in
      let path = URL(fileURLWithPath: file.path).standardizedFileURL.path
      let isNew = !seen.contains(path) && !seen.contains("flight " + file.flight)
      seen.formUnion([path, "flight " + file.flight])
      if !isNew {
        Output.note("The index lists \(file.flight) (\(file.path)) again; it is counted once.")
      }
      return isNew
    }
  }

  /// One recording of each flight, all by the radar listed first, so that no body flies twice: of one recorded with
  /// false plots and without, the one without.
  static func eachFlightOnce(_ recordings: [Recording]) -> [Recording] {
    let own = recordings.filter { $0.radar.id == recordings.first?.radar.id }
    let plain = Set(own.filter { $0.truth.kind != .clutter }.map(\.truth.flight))
    var seen: Set<String> = []
    return own.filter {
      ($0.truth.kind != .clutter || !plain.contains($0.truth.flight))
        && seen.insert($0.truth.flight).inserted
    }
  }

  func forecasts(_ plots: [Plot]) -> [Forecast] {
    var tracker = Tracker(radars: [radar], settings: flight.settings)
    var updates: [TrackUpdate] = []
    for plot in plots {
      while let due = tracker.nextDeadline, due <= plot.measured {
        updates += tracker.advance(to: due)
      }
      updates += tracker.receive([plot])
    }
    while let due = tracker.nextDeadline { updates += tracker.advance(to: due) }
    return updates.compactMap { if case .forecast(_, let own) = $0 { own } else { nil } }
  }

  /// When each zone was first warned.
  /// - Parameter base: has the zones already, so that what follows from them alone is worked out once.
  func warned(_ plots: [Plot], _ zones: [Zone], from base: Sequencer) -> [String: Timestamp] {
    var warned: [String: Timestamp] = [:]
    flight.play(plots, zones, from: base) { entries in
      for case .deliver(let delivery) in entries.flatMap(\.effects) {
        let notice = delivery.message.notice
        guard notice.kind == .warning || notice.kind == .extension else { continue }
        for row in notice.rows where warned[row.zone] == nil { warned[row.zone] = notice.issued }
      }
    }
    return warned
  }
}
