import Asterix
import Foundation
import Testing
import TocsinModel
import TocsinSimulation
import TocsinSources

@Suite struct `A time of day` {
  @Test(
    arguments: [
      ("2026-03-01T12:00:00Z", 43_200, "2026-03-01T12:00:00Z"),
      // Measured before midnight, received after; and the reverse, by a clock that runs ahead.
      ("2026-03-02T00:00:00.1Z", 86_399.9, "2026-03-01T23:59:59.9Z"),
      ("2026-03-01T23:59:59.9Z", 0.1, "2026-03-02T00:00:00.1Z"),
      ("2026-03-02T00:00:00Z", 0, "2026-03-02T00:00:00Z"),
      // A clock slightly ahead or behind, far from midnight.
      ("2026-03-01T12:00:00Z", 43_200.5, "2026-03-01T12:00:00.5Z"),
      ("2026-03-01T12:00:00Z", 43_190, "2026-03-01T11:59:50Z"),
      // Over the end of February and of a year.
      ("2028-03-01T00:00:01Z", 86_399.5, "2028-02-29T23:59:59.5Z"),
      ("2026-12-31T23:59:59Z", 1, "2027-01-01T00:00:01Z"),
      // Twelve hours away there are two moments equally near: the one to come.
      ("2026-03-01T12:00:00Z", 0, "2026-03-02T00:00:00Z"),
    ] as [(String, Double, String)])
  func `is of the day that is nearest to its reception`(
    received: String, seconds: Double, moment: String
  ) throws {
    let now = try #require(Timestamp(received))
    #expect(TimeOfDay.moment(seconds, near: now)?.description == moment)
  }

  @Test(arguments: [-0.1, 86_400, 131_071.99] as [Double])
  func `of no day is none`(seconds: Double) {
    #expect(TimeOfDay.moment(seconds, near: Timestamp(nanoseconds: 0)) == nil)
  }
}

/// A radar that hears datagrams at noon.
private struct Scene {
  static let radar = Radar(
    id: "A1", position: Position(latitude: 31.55, longitude: 34.6), height: 50,
    sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06))
  static let site = Radar(id: "CENTRE", position: radar.position, height: 0)

  var reader: AsterixPlotReader
  var now = Timestamp("2026-03-01T12:00:00.25Z")!

  init(_ change: (inout AsterixSystem) -> Void = { _ in }) {
    var system = AsterixSystem(code: SystemCode(area: 25, identification: 201), radar: "A1")
    change(&system)
    let tracker = AsterixSystem(code: SystemCode(area: 25, identification: 100), radar: "CENTRE")
    reader = AsterixPlotReader([system, tracker], radars: [Self.radar, Self.site])
  }

  mutating func hear(_ draft: RecordDraft) -> PlotLine? {
    let lines = reader.read(DataBlock.octets(draft.category, [draft.octets]), received: now)
    #expect(lines.count <= 1)
    return lines.first
  }

  mutating func plot(_ draft: RecordDraft) -> Plot? {
    if case .plot(let plot) = hear(draft) { plot } else { nil }
  }

  /// A report of what is 20 NM to the north-west and 10,000 ft up.
  static func report(_ fields: [(Field, Double)] = []) throws -> RecordDraft {
    try draft(
      .targetReports,
      [
        (TargetReport.area, 25), (TargetReport.identification, 201),
        (TargetReport.timeOfDay, 43_200), (TargetReport.type, 1), (TargetReport.range, 20),
        (TargetReport.azimuth, 315), (TargetReport.height, 10_000),
      ] + fields)
  }

  static func track(_ fields: [(Field, Double)] = []) throws -> RecordDraft {
    try draft(
      .systemTracks,
      [
        (SystemTrack.area, 25), (SystemTrack.identification, 100), (SystemTrack.timeOfDay, 43_200),
        (SystemTrack.latitude, 31.75), (SystemTrack.longitude, 34.6),
        (SystemTrack.altitude, 10_000),
        (SystemTrack.trackNumber, 66), (SystemTrack.heightSource, 2), (SystemTrack.accuracyX, 30),
        (SystemTrack.accuracyY, 50), (SystemTrack.accuracyAltitude, 200),
      ] + fields)
  }

  static func message(_ fields: [(Field, Double)] = []) throws -> RecordDraft {
    try draft(
      .serviceMessages,
      [
        (ServiceMessage.area, 25), (ServiceMessage.identification, 201), (ServiceMessage.type, 1),
        (ServiceMessage.timeOfDay, 43_200),
      ] + fields)
  }

  private static func draft(
    _ category: Asterix::Category, _ fields: [(Field, Double)]
  ) throws -> RecordDraft {
    var draft = RecordDraft(category)
    for (field, value) in fields { try draft.set(field, value) }
    return draft
  }
}

@Suite struct `A radar's report` {
  @Test func `with a measured height becomes a plot that is where it was measured`() throws {
    var scene = Scene()
    let plot = try #require(scene.plot(try Scene.report([(TargetReport.trackNumber, 7)])))
    #expect(plot.radar == "A1" && plot.id == "25/201 7")
    #expect(plot.measured.description == "2026-03-01T12:00:00Z")
    #expect(plot.range == 37_040 && plot.azimuth == 315)
    #expect(abs(height(of: plot, from: Scene.radar) - 3_048) < 1)
  }

  @Test(arguments: [5_000, 50_000, 200_000] as [Double], [0, 45, 90, 200] as [Double])
  func `stands within 2 m of its height on the ellipsoid`(range: Double, azimuth: Double) throws {
    for target in [4_000, 30_000, 60_000] as [Double] where target < range {
      let elevation = try #require(
        Scene.radar.elevation(range: range, azimuth: azimuth, height: target))
      let plot = Plot(
        measured: Timestamp(nanoseconds: 0), radar: "A1", range: range, azimuth: azimuth,
        elevation: elevation)
      #expect(abs(height(of: plot, from: Scene.radar) - target) < 2)
    }
  }

  /// Through the whole ellipsoid.
  private func height(of plot: Plot, from radar: Radar) -> Double {
    let (azimuth, elevation) = (plot.azimuth * .pi / 180, plot.elevation * .pi / 180)
    let local = SIMD3(
      cos(elevation) * sin(azimuth), cos(elevation) * cos(azimuth), sin(elevation))
    let vector =
      Earth.vector(radar.position, height: radar.height)
      + Compass(at: radar.position).global(local * plot.range)
    return Earth.place(vector).height
  }

  @Test func `has its height above the sea told above the ellipsoid`() throws {
    var (flat, raised) = (Scene(), Scene { $0.geoid = 18 })
    let (low, high) = (flat.plot(try Scene.report()), raised.plot(try Scene.report()))
    let difference = try #require(high).elevation - (try #require(low).elevation)
    #expect(abs(difference * .pi / 180 * 37_040 - 18) < 0.5)
  }

  @Test func `is worth what its radar is worth, and never more than its steps`() throws {
    var scene = Scene()
    let sigma = try #require(scene.plot(try Scene.report())?.sigma)
    #expect(abs(sigma.range - 10.2) < 0.1)
    #expect(abs(sigma.azimuth - 0.06) < 0.001 && abs(sigma.elevation - 0.06) < 0.001)
    var coarse = Scene { $0.heightSigma = 300 }
    let height = try #require(coarse.plot(try Scene.report())?.sigma)
    #expect(abs(height.elevation - 0.466) < 0.005)  // 300 m at 37 km
  }

  @Test(
    arguments: [
      ([(TargetReport.isSimulated, 1)], .simulated), ([(TargetReport.isTest, 1)], .simulated),
      ([(TargetReport.isFieldMonitor, 1)], .monitor),
      ([(TargetReport.isBeyondRange, 1)], .beyondRange),
      ([(TargetReport.height, 204_775)], .noHeight), ([(TargetReport.range, 0)], .noPosition),
      // Higher than the slant range is long.
      ([(TargetReport.range, 1)], .noPosition),
      ([(TargetReport.timeOfDay, 86_400)], .implausible),
      ([(TargetReport.identification, 9)], .unknownSystem),
    ] as [([(Field, Double)], AsterixRefusal)])
  func `is not used, and counted, if it is no sound measurement of a target`(
    fields: [(Field, Double)], reason: AsterixRefusal
  ) throws {
    var scene = Scene()
    #expect(scene.hear(try Scene.report(fields)) == nil)
    #expect(scene.reader.tally.counts == [reason: 1])
    #expect(scene.reader.report().first?.hasPrefix("1 records ") == true)
  }

  @Test func `without a measured height is not used`() throws {
    var scene = Scene()
    var draft = RecordDraft(.targetReports)
    for (field, value) in [
      (TargetReport.area, 25), (TargetReport.identification, 201),
      (TargetReport.timeOfDay, 43_200), (TargetReport.type, 2), (TargetReport.range, 20),
      (TargetReport.flightLevel, 100),
    ] as [(Field, Double)] { try draft.set(field, value) }
    #expect(scene.hear(draft) == nil)
    #expect(scene.reader.tally.counts == [.noHeight: 1])
  }
}

@Suite struct `A radar's service message` {
  @Test(arguments: [1, 2] as [Double])
  func `of a north marker or sector crossing is a sign of life, once a second`(type: Double) throws
  {
    var scene = Scene()
    let message = try Scene.message([(ServiceMessage.type, type)])
    #expect(scene.hear(message)?.radar == "A1")
    #expect(scene.hear(message) == nil)
    scene.now = scene.now + .seconds(1)
    #expect(scene.hear(message) != nil)
  }

  @Test(arguments: [ServiceMessage.isInhibited, ServiceMessage.isTimeInvalid])
  func `that says 'do not use' is none, and the radar's plots are not used until it is over`(
    flag: Field
  ) throws {
    var scene = Scene()
    #expect(scene.hear(try Scene.message([(flag, 1)])) == nil)
    #expect(scene.plot(try Scene.report()) == nil)
    #expect(scene.reader.tally.counts == [.inhibited: 2])
    // A message without a status changes nothing.
    #expect(scene.hear(try Scene.message()) == nil)
    #expect(scene.hear(try Scene.message([(flag, 0)])) != nil)
    #expect(scene.plot(try Scene.report()) != nil)
  }

  @Test func `of a jamming strobe is no sign of life`() throws {
    var scene = Scene()
    #expect(scene.hear(try Scene.message([(ServiceMessage.type, 4)])) == nil)
  }
}

@Suite struct `A tracker's track` {
  @Test func `becomes a plot from the reference site`() throws {
    var scene = Scene()
    let plot = try #require(scene.plot(try Scene.track()))
    #expect(plot.radar == "CENTRE" && plot.id == "25/100 66")
    // 0.2° of latitude at 31.65° north are 22,174 m; 3,048 m up.
    #expect(abs(plot.range - 22_390) < 20)
    #expect(abs(plot.azimuth) < 0.01 || abs(plot.azimuth - 360) < 0.01)
    #expect(abs(plot.elevation - 7.73) < 0.02)
  }

  @Test func `is worth what it says of itself, seen from the site, and twice as unsure`() throws {
    var scene = Scene()
    let sigma = try #require(scene.plot(try Scene.track())?.sigma)
    // North of the site: north is range, east is azimuth, up is elevation.
    #expect(abs(sigma.range - 2 * 50) < 2)
    #expect(abs(sigma.azimuth - 2 * 30 / 22_180 * 180 / .pi) < 0.002)
    #expect(abs(sigma.elevation - 2 * 61 / 22_390 * 180 / .pi) < 0.005)
  }

  @Test func `with a correlation is surer in one direction`() throws {
    var scene = Scene()
    let correlated = try Scene.track([
      (SystemTrack.accuracyX, 50), (SystemTrack.covariance, 45), (SystemTrack.longitude, 34.835),
    ])
    let sigma = try #require(scene.plot(correlated)?.sigma)
    // North-east of the site the long axis of the ellipse is the range.
    #expect(sigma.range > 2 * sigma.azimuth * .pi / 180 * 31_000)
  }

  @Test(
    arguments: [
      ([(SystemTrack.isSimulated, 1)], .simulated), ([(SystemTrack.isLast, 1)], .ended),
      ([(SystemTrack.isCoasted, 1)], .coasted),
      ([(SystemTrack.altitude, 204_793.75)], .noHeight),
      // Not positive definite.
      ([(SystemTrack.covariance, 60)], .noAccuracy),
      // The end of the field means "or more", and nothing is configured instead.
      ([(SystemTrack.accuracyAltitude, 1_593.75)], .noAccuracy),
    ] as [([(Field, Double)], AsterixRefusal)])
  func `is not used, and counted, if it is no sound place of a target`(
    fields: [(Field, Double)], reason: AsterixRefusal
  ) throws {
    var scene = Scene()
    #expect(scene.hear(try Scene.track(fields)) == nil)
    #expect(scene.reader.tally.counts == [reason: 1])
  }
}

@Suite struct `A datagram` {
  @Test func `of another category is skipped, and that is told once`() {
    var scene = Scene()
    for _ in 0..<2 { #expect(scene.reader.read([21, 0, 4, 0], received: scene.now).isEmpty) }
    #expect(scene.reader.report() == ["2 blocks of category 21 were skipped, as all of it will be"])
    _ = scene.reader.read([21, 0, 4, 0], received: scene.now)
    #expect(scene.reader.report().isEmpty)
  }

  @Test func `with a fault gives what came before it and is told with its byte`() throws {
    var scene = Scene()
    var bytes = DataBlock.octets(.targetReports, [try Scene.report().octets])
    bytes += [48, 0, 5, 0x80, 25]
    #expect(scene.reader.read(bytes, received: scene.now).count == 1)
    #expect(
      scene.reader.report() == [
        "byte \(bytes.count - 1): I048/010 needs 2 bytes and 1 are left; the rest of the block at byte "
          + "\(bytes.count - 5) was skipped. Compare the sender's edition of category 48 with ours."
      ])
    #expect(scene.reader.report().isEmpty)
  }
}
