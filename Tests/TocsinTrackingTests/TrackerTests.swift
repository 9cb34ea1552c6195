import Foundation
import Testing
import TocsinModel
import TocsinTracking

@Suite struct `A tracker` {
  let flight = Scene.Flight(east: 9_000, north: 8_000, velocity: SIMD3(-250, -180, 330))

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `forecasts a body in free flight within its own ellipse`(seed: UInt64) throws {
    var scene = Scene(seed: seed)
    let seen = scene.watch(flight)
    var tracker = Scene.tracker()
    let updates = tracker.run(seen.plots)
    #expect(updates.numbers == ["1"])
    let begin = try #require(seen.plots.first).measured
    let after = updates.forecasts.filter { $0.time - begin > .seconds(10) && !$0.ended }
    #expect(after.count > 40)
    for forecast in after {
      let miss = forecast.miss(seen.impact.east, seen.impact.north)
      #expect(miss.meters < 1_000)
      #expect(miss.distance < 25)
    }
    let last = try #require(after.last)
    #expect(last.miss(seen.impact.east, seen.impact.north).meters < 60)
    let impact = Scene.start.seconds + seen.impact.time
    #expect(abs(last.impactTime.seconds - impact) < 0.5)
    #expect(updates.ends.map(\.kind) == [.impact])
  }

  @Test func `says the same of the same plots, in whatever order a batch has them`() {
    var scene = Scene(seed: 7)
    let plots = scene.watch(flight).plots
    let batches = stride(from: 0, to: plots.count, by: 9).map {
      Array(plots[$0..<min($0 + 9, plots.count)])
    }
    var (one, other, turned) = (Scene.tracker(), Scene.tracker(), Scene.tracker())
    for batch in batches {
      let updates = one.receive(batch)
      #expect(updates == other.receive(batch))
      #expect(updates == turned.receive(batch.reversed()))
    }
    #expect(one == other)
    #expect(one == turned)
  }

  @Test func `continues from a stored copy as if it had never stopped`() throws {
    var scene = Scene(seed: 8)
    let plots = scene.watch(flight).plots
    var tracker = Scene.tracker()
    for plot in plots.prefix(60) { _ = tracker.receive([plot]) }
    var copy = try JSONDecoder().decode(Tracker.self, from: JSONEncoder().encode(tracker))
    #expect(copy == tracker)
    for plot in plots.dropFirst(60) { #expect(tracker.receive([plot]) == copy.receive([plot])) }
    #expect(tracker.coast() == copy.coast())
    #expect(tracker == copy)
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `makes no track of false plots alone`(seed: UInt64) {
    var scene = Scene(seed: seed)
    var tracker = Scene.tracker()
    let updates = tracker.run(scene.clutter(seconds: 180, rate: 2))
    #expect(updates.numbers.count <= 1)
  }

  @Test func `finds one body among false plots`() throws {
    var scene = Scene(seed: 21)
    let seen = scene.watch(flight)
    let plots = (seen.plots + scene.clutter(seconds: 60, rate: 2)).sorted {
      $0.measured < $1.measured
    }
    var tracker = Scene.tracker()
    let updates = tracker.run(plots)
    #expect(updates.numbers == ["1"])
    let last = try #require(updates.forecasts.last { !$0.ended })
    #expect(last.miss(seen.impact.east, seen.impact.north).meters < 100)
  }

  @Test func `keeps two bodies apart that cross`() {
    var scene = Scene(seed: 31)
    let one = scene.watch(.init(east: 8_000, north: 9_000, velocity: SIMD3(-200, -100, 300)))
    let other = scene.watch(
      .init(east: 2_000, north: 9_000, velocity: SIMD3(200, -100, 300), begins: 0.04))
    var tracker = Scene.tracker()
    let updates = tracker.run((one.plots + other.plots).sorted { $0.measured < $1.measured })
    #expect(updates.numbers == ["1", "2"])
    for seen in [one, other] {
      let nearest = ["1", "2"].compactMap { id in
        updates.forecasts.last { $0.track == id && !$0.ended }?
          .miss(seen.impact.east, seen.impact.north).meters
      }.min()
      #expect((nearest ?? .infinity) < 100)
    }
  }

  @Test func `follows a salvo of a hundred`() {
    var scene = Scene(seed: 41)
    var plots: [Plot] = []
    for number in 0..<100 {
      let east = Double(number % 10) * 900
      plots +=
        scene.watch(
          .init(
            east: east, north: 8_000 + Double(number / 10) * 250, velocity: SIMD3(-150, -150, 260),
            begins: 0.1 * Double(number)), every: 0.5
        ).plots
    }
    var tracker = Scene.tracker()
    let updates = tracker.run(plots.sorted { $0.measured < $1.measured })
    #expect((100...104).contains(updates.numbers.count))
  }

  @Test func `notices a burst within three seconds and says so once`() throws {
    var scene = Scene(seed: 51)
    var bursting = flight
    bursting.bursts = 20
    let plots = scene.watch(bursting).plots
    var tracker = Scene.tracker()
    let updates = tracker.run(plots)
    let ended = updates.forecasts.filter(\.ended)
    #expect(ended.count == 1)
    let said = try #require(ended.first)
    #expect(said.time - (try #require(plots.last).measured) < .seconds(3))
    #expect(said.burstProbability > 0.9)
    let end = try #require(updates.ends.first)
    #expect(end.kind == .burst)
    #expect(end.height > 2_000)
  }

  @Test func `does nothing twice for the same time`() {
    var scene = Scene(seed: 61)
    var tracker = Scene.tracker()
    for plot in scene.watch(flight).plots.prefix(50) { _ = tracker.receive([plot]) }
    #expect(tracker.nextDeadline != nil)
    let later = Scene.start + .seconds(300)
    #expect(!tracker.advance(to: later).isEmpty)
    #expect(tracker.advance(to: later).isEmpty)
    #expect(tracker.nextDeadline == nil)
  }

  @Test func `is not shaken by plots that make no sense`() {
    var tracker = Scene.tracker()
    var scene = Scene(seed: 71)
    let odd: [Double] = [.nan, .infinity, -.infinity, 0, -5, 1e300, 1e-300, 1e7]
    var updates: [TrackUpdate] = []
    for plot in scene.watch(flight).plots.prefix(80) {
      var batch = [plot]
      for value in odd {
        var bad = plot
        bad.range = value
        batch.append(bad)
        bad = plot
        bad.azimuth = value
        batch.append(bad)
        bad = plot
        bad.elevation = value
        batch.append(bad)
        bad = plot
        bad.sigma = .init(range: value, azimuth: value, elevation: value)
        batch.append(bad)
      }
      var stranger = plot
      stranger.radar = "nobody"
      batch.append(stranger)
      updates += tracker.receive(batch)
    }
    updates += tracker.coast()
    #expect(updates.forecasts.allSatisfy { $0.covariance.determinant > 0 && $0.sigmaTime > 0 })
    #expect(updates.forecasts.allSatisfy { $0.impact.isOnEarth })
  }

  @Test func `keeps its covariances positive through a long flight`() {
    var scene = Scene(seed: 81)
    let seen = scene.watch(
      .init(east: 3_000, north: 12_000, velocity: SIMD3(-20, -60, 900)), every: 0.05)
    var tracker = Scene.tracker()
    for plot in seen.plots {
      _ = tracker.receive([plot])
      for track in tracker.tracks {
        #expect(track.placeSigma.east > 0 && track.velocitySigma.up > 0)
        if let covariance = track.forecast?.covariance { #expect(covariance.determinant > 0) }
      }
    }
  }

  @Test func `joins the plots of two radars into one track`() {
    let near = Scene.radar
    let far = Radar(id: "S", position: near.position, height: near.height, sigma: near.sigma)
    var scene = Scene(seed: 91)
    let one = scene.watch(flight).plots
    let other = scene.watch(flight, every: 0.23).plots.map { plot in
      var plot = plot
      plot.radar = "S"
      return plot
    }
    var tracker = Tracker(radars: [near, far], settings: .init(groundHeight: 50))
    let updates = tracker.run((one + other).sorted { $0.measured < $1.measured })
    #expect(updates.numbers == ["1"])
    #expect(updates.last?.track.radars == ["R", "S"])
  }
}
