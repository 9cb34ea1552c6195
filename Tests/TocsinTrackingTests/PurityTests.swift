import Foundation
import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// Whether a track's plots are all of one body, and which plots they are.
@Suite struct `The plots of a track` {
  /// Bodies beside each other, flying the same way, seen ten times a second.
  private static func plots(of count: Int, apart meters: Double) -> [[Plot]] {
    (0..<count).map { index in
      var scene = Scene(seed: 500 + UInt64(index))
      return scene.watch(
        .init(
          east: 9_000 + meters * Double(index), north: 8_000, velocity: SIMD3(-250, -180, 330))
      ).plots
    }
  }

  /// The newest of each track, and the plots that all its updates told, by track.
  private static func run(
    _ plots: [Plot], until end: Timestamp = .distantFuture
  ) -> (last: [String: Track], taken: [String: [Track.Taken]]) {
    var tracker = Scene.tracker()
    var last: [String: Track] = [:]
    var taken: [String: [Track.Taken]] = [:]
    for plot in plots where plot.measured < end {
      for update in tracker.receive([plot]) {
        last[update.track.id] = update.track
        taken[update.track.id, default: []] += update.track.taken
      }
    }
    return (last, taken)
  }

  private static func inOrder(_ plots: [[Plot]]) -> [Plot] {
    plots.flatMap { $0 }.sorted { $0.measured < $1.measured }
  }

  @Test func `are told each once, as the radar told them`() throws {
    let plots = Self.plots(of: 1, apart: 0)[0]
    let (last, taken) = Self.run(plots)
    let track = try #require(last["1"])
    #expect(last.count == 1 && track.purity > 0.999 && track.rivals.isEmpty)
    let told = try #require(taken["1"])
    // What came since the newest forecast is not told yet.
    #expect(told.count > 300 && told.count == track.plots)
    #expect(
      told
        == plots.prefix(told.count).map {
          .init(radar: $0.radar, measured: $0.measured, range: $0.range, azimuth: $0.azimuth)
        })
  }

  @Test func `are doubted where two bodies fly side by side, and each names the other`() throws {
    let (last, _) = Self.run(Self.inOrder(Self.plots(of: 2, apart: 30)))
    #expect(last.count >= 2)
    let (one, other) = (try #require(last["1"]), try #require(last["2"]))
    #expect(one.purity < 0.5 && other.purity < 0.5, "\(one.purity) \(other.purity) \(last.count)")
    #expect(one.rivals.contains("2") && other.rivals.contains("1"))
  }

  @Test func `are not doubted where two bodies fly a kilometer apart`() throws {
    let (last, _) = Self.run(Self.inOrder(Self.plots(of: 2, apart: 1_000)))
    #expect(last.count == 2)
    #expect(last.values.allSatisfy { $0.purity > 0.99 && $0.rivals.isEmpty })
  }

  /// Three side by side and more: told in the order of numbers, and stored so.
  @Test func `name their rivals in order, and the tracker is stored the same by each process`()
    throws
  {
    var tracker = Scene.tracker()
    for plot in Self.inOrder(Self.plots(of: 5, apart: 25)) { _ = tracker.receive([plot]) }
    let rivals = tracker.tracks.map { $0.rivals.compactMap(Int.init) }
    #expect(rivals.contains { $0.count > 2 })
    #expect(rivals.allSatisfy { $0 == $0.sorted() })
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(tracker))
    let trails = try #require((object as? [String: Any])?["trails"] as? [[String: Any]])
    for trail in trails {
      let stored = try #require(trail["rivals"] as? [Int])
      #expect(stored == stored.sorted())
    }
  }

  /// Twenty bodies from one place within ten seconds, six times.
  @Test func `of a bundle are more seldom of two bodies the surer the track says one`() {
    var tracks: [(purity: Double, isMixed: Bool)] = []
    for seed in UInt64(1)...6 {
      var generator = SeededGenerator(seed: seed)
      let radar = `A salvo from one place`.radar(every: 1)
      let bodies = `A salvo from one place`.paths(20, &generator).map {
        radar.plots(
          of: [$0], from: Scene.start, to: Scene.start + .seconds(30), using: &generator)
      }
      var body: [Track.Taken: Int] = [:]
      for (index, plots) in bodies.enumerated() {
        for plot in plots {
          body[
            .init(
              radar: plot.radar, measured: plot.measured, range: plot.range,
              azimuth: plot.azimuth)] = index
        }
      }
      let (last, taken) = Self.run(Self.inOrder(bodies))
      tracks += last.map { id, track in
        (track.purity, Set((taken[id] ?? []).map { body[$0] }).count > 1)
      }
    }
    func mixed(_ range: Range<Double>) -> Double {
      let those = tracks.filter { range.contains($0.purity) }
      return Double(those.count(where: \.isMixed)) / Double(max(those.count, 1))
    }
    let (unsure, sure) = (mixed(0..<0.99), mixed(0.99..<1.1))
    #expect(tracks.count { $0.purity >= 0.99 } > 60)
    #expect(sure < 0.15 && unsure > 2 * sure, "\(sure) \(unsure) \(tracks.count)")
  }
}
