import ArgumentParser
import TocsinCore
import TocsinModel
import TocsinSources
import TocsinTracking

/// Plot in, effects out: tracking, forecast, P(zone) and policy, without journal and channels.
struct Decisions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The time of each decision on plots, one plot an event.")

  @Option(help: "An index of plot files; its salvos are played, each on its own.")
  var index: String

  @Option(help: "Zones: GeoJSON, or a folder with cities.json and polygons.json.")
  var zones: String

  @Option(help: "So many copies of each salvo at once, each a little beside the others.")
  var copies = 1

  func run() throws {
    let zones = try ZoneFile.read(zones).zones
    let salvos = try FlightIndex.read(index).files.filter { $0.kind == "salvo" }
    print("\(zones.count) zones, \(salvos.count) salvo files, \(copies) at once")
    var all: [String: Spans] = [:]
    var most = 0
    var kept = Tocsin(mode: .replay)
    _ = kept.receive(
      Event(number: 1, time: Timestamp(nanoseconds: 0), content: .plan(Plan(zones: zones))))
    for file in salvos {
      var sequencer = Sequencer(kept)
      let plan = Plan(zones: zones, radars: [file.radar], groundHeight: file.groundHeight)
      let plots = try self.plots(file)
      guard let first = plots.first else { continue }
      _ = sequencer.receive(.plan(plan), at: first.measured)
      for (number, plot) in plots.enumerated() {
        all[file.radar.id, default: Spans()].time {
          _ = sequencer.receive(.plots([plot]), at: plot.measured)
        }
        // Seldom: to describe all tracks costs more than a decision, and takes its memory out of the caches.
        if number % 100 == 0 { most = max(most, sequencer.tocsin.tracker.tracks.count) }
      }
    }
    for (radar, spans) in all.sorted(by: { $0.key < $1.key }) {
      let rate = Int(Double(spans.count) / spans.total)
      print("radar \(radar): \(spans.count) plots, \(spans.line), \(rate) plots a second")
    }
    print("most tracks at once: \(most)")
  }

  /// The copies fly in the same seconds, a few degrees of azimuth and some hundred meters apart.
  private func plots(_ file: FlightIndex.File) throws -> [Plot] {
    let own = try PlotFile.read(file.path).lines.compactMap { line in
      if case .plot(let plot) = line { plot } else { nil }
    }
    return (0..<copies).flatMap { copy in
      own.map { plot in
        var moved = plot
        moved.azimuth = (plot.azimuth + 7.0 * Double(copy)).truncatingRemainder(dividingBy: 360)
        moved.range += 150 * Double(copy)
        moved.measured = plot.measured + .milliseconds(copy)
        return moved
      }
    }.sorted { $0.measured < $1.measured }
  }
}
