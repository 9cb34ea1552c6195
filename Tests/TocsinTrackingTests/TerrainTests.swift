import Foundation
import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// Land of some shape around the radar, and bodies that come down on it.
private struct Land {
  /// Height above the ellipsoid of a place east and north of the radar, in meters.
  let shape: (Offset) -> Double
  let grid: HeightGrid

  /// - Parameter side: of the grid, in cells; unless told, cells of some 30 m over 24 km by 24 km to the
  ///   north-east of the radar.
  init(
    _ shape: @escaping (Offset) -> Double,
    corner: Position = Position(latitude: 31.55, longitude: 34.55), cell: Double = 0.0003,
    side: Int = 800
  ) throws {
    self.shape = shape
    let plane = Plane(around: Scene.radar.position)
    var heights: [Float] = []
    for row in 0..<side {
      for column in 0..<side {
        let middle = Position(
          latitude: corner.latitude + (Double(row) + 0.5) * cell,
          longitude: corner.longitude + (Double(column) + 0.5) * cell)
        heights.append(Float(min(max(shape(plane.offset(of: middle)), -500), 2_000)))
      }
    }
    grid = try #require(
      HeightGrid(southWest: corner, cell: cell, columns: side, rows: side, heights: heights))
  }

  static let flight = Flight(
    start: .init(
      time: Scene.start,
      position: Plane(around: Scene.radar.position)
        .position(at: Offset(east: 14_000, north: 12_000)), height: 900,
      velocity: .init(east: -230, north: -160, up: 320)),
    body: Body(ballisticCoefficient: 8_500), groundHeight: 50)

  /// The flight until it meets the land, as if there were nothing but flat ground and as it is here.
  func fall(of flight: Flight = flight) throws -> (path: Path, down: TocsinSimulation.Flight.State)
  {
    let path = Path(of: flight, step: .milliseconds(10))
    let plane = Plane(around: Scene.radar.position)
    let down = try #require(
      path.states.first {
        $0.velocity.up < 0 && $0.height <= shape(plane.offset(of: $0.position)) + 0.5
      })
    return (path, down)
  }

  /// The plots of a radar until the body is down, each with the radar's noise.
  func plots(of path: Path, until end: Timestamp, seed: UInt64, mask: Double = 1) -> [Plot] {
    var generator = SeededGenerator(seed: seed)
    let simulator = Scene.simulator(mask: mask)
    return simulator.plots(of: [path], from: Scene.start, to: end, using: &generator)
  }

  /// A round hill of 600 m on the way, 2 km wide at half its height.
  static func hill(at top: Offset) -> (Offset) -> Double {
    { place in
      let (east, north) = (place.east - top.east, place.north - top.north)
      return 50 + 600 * exp(-(east * east + north * north) / (2 * 850 * 850))
    }
  }

  /// A ring around the radar, 3 km off and 8° high.
  static func ridge(_ place: Offset) -> Double {
    let away = place.length - 3_000
    return 50 + 420 * exp(-away * away / (2 * 250 * 250))
  }

  func miss(_ forecast: Forecast, _ down: TocsinSimulation.Flight.State) -> (
    meters: Double, distance: Double
  ) {
    let truth = Plane(around: Scene.radar.position).offset(of: down.position)
    return forecast.miss(truth.east, truth.north)
  }
}

@Suite struct `A body over hills` {
  /// Where the flight is when it is 400 m above flat ground on its way down.
  private static func slope() throws -> Offset {
    let path = Path(of: Land.flight, step: .milliseconds(10))
    let place = try #require(path.states.first { $0.velocity.up < 0 && $0.height < 450 })
    let offset = Plane(around: Scene.radar.position).offset(of: place.position)
    return Offset(east: offset.east - 500, north: offset.north - 350)
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `is forecast onto the slope, where flat ground would miss it`(seed: UInt64) throws {
    let land = try Land(Land.hill(at: try Self.slope()))
    let (path, down) = try land.fall()
    #expect(down.height > 300 && path.last.time - down.time > .seconds(0.7))
    let plots = land.plots(of: path, until: down.time, seed: seed)
    var wise = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
    var flat = Scene.tracker()
    let until = Scene.start + .seconds(25)
    let early = plots.filter { $0.measured < until }
    let known = try #require(early.flatMap { wise.receive([$0]) }.forecasts.last)
    let unknown = try #require(early.flatMap { flat.receive([$0]) }.forecasts.last)
    #expect(land.miss(known, down).meters < 150 && land.miss(known, down).distance < 12)
    #expect(land.miss(unknown, down).meters > land.miss(known, down).meters + 100)
    // As surely: the last forecasts before it is down.
    let rest = plots.filter { $0.measured >= until }
    let last = try #require(rest.flatMap { wise.receive([$0]) }.forecasts.last)
    let lastFlat = try #require(rest.flatMap { flat.receive([$0]) }.forecasts.last)
    #expect(land.miss(last, down).meters < 40)
    #expect(abs((last.impactTime - down.time).inSeconds) < 0.3)
    #expect(land.miss(lastFlat, down).meters > 150)
    #expect((lastFlat.impactTime - down.time).inSeconds > 0.7)
    let ends = wise.coast().ends
    #expect(ends.map(\.kind) == [.impact])
    #expect(flat.coast().ends.map(\.kind) == [.burst])
    #expect(ends.allSatisfy { $0.burstProbability < Tracker.Settings().detection })
  }

  @Test func `comes down on a ridge that is narrower than a step`() throws {
    var flight = Land.flight
    flight.start.velocity = .init(east: -400, north: -280, up: 60)
    let path = Path(of: flight, step: .milliseconds(10))
    let plane = Plane(around: Scene.radar.position)
    let low = try #require(path.states.first { $0.velocity.up < 0 && $0.height < 250 })
    let crest = plane.offset(of: low.position)
    let pace = (low.velocity.east * low.velocity.east + low.velocity.north * low.velocity.north)
      .squareRoot()
    // A wall across the way, 300 m high and passed in less than half a second.
    let land = try Land { place in
      let way =
        ((place.east - crest.east) * low.velocity.east
          + (place.north - crest.north) * low.velocity.north) / pace
      return 50 + max(0, 300 - 5 * abs(way))
    }
    let down = try land.fall(of: flight).down
    #expect(down.height > 200 && pace > 120 / 0.5)
    var tracker = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
    let updates = land.plots(of: path, until: down.time, seed: 5).flatMap { tracker.receive([$0]) }
    // Wherever the steps of a forecast end.
    let late = updates.forecasts.suffix(8)
    #expect(late.count == 8)
    for forecast in late { #expect(land.miss(forecast, down).meters < 60) }
  }

  @Test func `does not end as a burst when a hill hides its fall`() throws {
    let land = try Land(Land.hill(at: try Self.slope()))
    let (path, down) = try land.fall()
    var tracker = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
    let updates = tracker.run(land.plots(of: path, until: down.time, seed: 7))
    let end = try #require(updates.ends.last)
    #expect(end.kind == .impact && end.height == 0)
    #expect(!updates.forecasts.contains { $0.ended })
  }

  /// Of the last seconds before it comes down, far beyond.
  @Test(arguments: [31, 32, 33] as [UInt64])
  func `does not end as a burst when a ridge before it hides its fall`(seed: UInt64) throws {
    let land = try Land(Land.ridge)
    let path = Path(of: Land.flight)
    let fall = Plane(around: Scene.radar.position).offset(of: path.last.position)
    #expect(fall.length > 4_000)
    let plots = land.plots(of: path, until: path.last.time, seed: seed, mask: 8)
    let last = try #require(plots.last)
    #expect((path.last.time - last.measured).inSeconds > 2)
    var wise = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
    var flat = Scene.tracker()
    let updates = wise.run(plots)
    #expect(updates.ends.map(\.kind) == [.impact])
    #expect(!updates.forecasts.contains { $0.ended })
    #expect(flat.run(plots).ends.map(\.kind) == [.burst])
  }

  /// It bursts in full sight, above what the ridge hides.
  @Test func `ends as a burst when it bursts above the ridge`() throws {
    let land = try Land(Land.ridge)
    let path = Path(of: Land.flight)
    let plots = land.plots(of: path, until: Scene.start + .seconds(25), seed: 34, mask: 8)
    var tracker = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
    #expect(tracker.run(plots).ends.map(\.kind) == [.burst])
  }

  @Test func `that misses them comes down as on flat ground`() throws {
    let land = try Land(Land.hill(at: Offset(east: 15_000, north: -2_000)))
    let path = Path(of: Land.flight)
    let plots = land.plots(of: path, until: path.last.time, seed: 3)
    var wise = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
    var flat = Scene.tracker()
    try expectSame(wise.run(plots), flat.run(plots))
  }
}

/// The same forecasts to a meter, a part in a hundred of their width and ten milliseconds.
private func expectSame(_ some: [TrackUpdate], _ others: [TrackUpdate]) throws {
  #expect(some.forecasts.count == others.forecasts.count && !some.forecasts.isEmpty)
  for (one, other) in zip(some.forecasts, others.forecasts) {
    #expect(one.time == other.time)
    #expect(Plane(around: one.impact).offset(of: other.impact).length < 1)
    #expect(abs((one.impactTime - other.impactTime).inSeconds) < 0.01)
    let (width, second) = (one.covariance.determinant, other.covariance.determinant)
    #expect(abs(width / second - 1) < 0.02)
  }
  #expect(some.ends.map(\.kind) == others.ends.map(\.kind))
}

@Suite struct `A level height grid` {
  @Test(arguments: [21, 22] as [UInt64])
  func `is flat ground`(seed: UInt64) throws {
    let land = try Land { _ in 50 }
    let path = Path(of: Land.flight)
    let plots = land.plots(of: path, until: path.last.time, seed: seed)
    // Far from the ground that the settings tell beside it.
    var level = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: -200, heightGrid: land.grid))
    var flat = Scene.tracker()
    try expectSame(level.run(plots), flat.run(plots))
  }

  @Test func `leaves flat ground where it says nothing`() throws {
    let far = try #require(
      HeightGrid(
        southWest: Position(latitude: 40, longitude: 34), cell: 0.1, columns: 2, rows: 2,
        heights: [600, 600, 600, 600]))
    let land = try Land { _ in 50 }
    let path = Path(of: Land.flight)
    let plots = land.plots(of: path, until: path.last.time, seed: 23)
    var elsewhere = Tracker(
      radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: far))
    var flat = Scene.tracker()
    try expectSame(elsewhere.run(plots), flat.run(plots))
  }
}

@Suite struct `Ground that slopes` {
  /// The width along the way of a forecast's bound where the ground rises so much a meter along the way.
  private func width(rising slope: Double) throws -> Double {
    let path = Path(of: Land.flight)
    let plane = Plane(around: Scene.radar.position)
    let down = plane.offset(of: path.last.position)
    let before = plane.offset(of: path.states[path.states.count - 20].position)
    let way = Offset(east: down.east - before.east, north: down.north - before.north)
    let (east, north) = (way.east / way.length, way.north / way.length)
    let land = try Land { place in
      50 + slope * ((place.east - down.east) * east + (place.north - down.north) * north)
    }
    let bound = try #require(
      InformationBound(
        plots: land.plots(of: path, until: path.last.time, seed: 9), radar: Scene.radar,
        settings: .init(groundHeight: 50, heightGrid: slope == 0 ? nil : land.grid),
        truth: path.states.enumerated().filter { $0.offset % 50 == 0 }.map {
          .init(time: $0.element.time, position: $0.element.position, height: $0.element.height)
        }, burnout: Scene.start))
    let ellipse = try #require(bound.ellipse(after: 10))
    return
      (ellipse.ee * east * east + 2 * ellipse.en * east * north + ellipse.nn * north * north)
      .squareRoot()
  }

  @Test(arguments: [0.3, -0.3])
  func `narrows a forecast where it rises along the way, and widens it where it falls`(
    slope: Double
  ) throws {
    let path = Path(of: Land.flight)
    let speed = path.last.velocity
    let steepness = -speed.up / (speed.east * speed.east + speed.north * speed.north).squareRoot()
    // A body that is a meter higher, or ahead by as much as makes it so, is met 1 / (1 + slope / steepness) as far on.
    let expected = 1 / (1 + slope / steepness)
    let ratio = try width(rising: slope) / width(rising: 0)
    #expect(abs(ratio / expected - 1) < 0.03)
  }
}

@Suite struct `Forecasts over rolling hills` {
  /// Hills of 200 m, some 2 km from top to top, as steep as one in three; all around the radar.
  private static func height(_ place: Offset) -> Double {
    150 + 100 * sin(place.east / 300) * cos(place.north / 400)
  }

  @Test func `are as sure as they are right`() throws {
    let plane = Plane(around: Scene.radar.position)
    let land = try Land(
      Self.height, corner: Position(latitude: 31.3, longitude: 34.3), cell: 0.0006, side: 1_000)
    var generator = SeededGenerator(seed: 20_260_502)
    var distances: [Double] = []
    for number in 0..<60 {
      var flight = `Forecasts of many flights`.flight(&generator)
      flight.start.height += Self.height(plane.offset(of: flight.start.position)) - 50
      let (path, down) = try land.fall(of: flight)
      let plots = land.plots(of: path, until: down.time, seed: UInt64(number))
      guard let first = plots.first else { continue }
      var tracker = Tracker(
        radars: [Scene.radar], settings: .init(groundHeight: 50, heightGrid: land.grid))
      let until = first.measured + .seconds(10)
      let updates = plots.filter { $0.measured <= until }.flatMap { tracker.receive([$0]) }
      distances.append(land.miss(try #require(updates.forecasts.last), down).distance)
    }
    // As `Forecasts of many flights` counts.
    let count = Double(distances.count)
    let mean = distances.reduce(0) { $0 + min($1, 30) } / count / 2
    #expect(mean < 1 + 3 / count.squareRoot() && mean > 0.3)
    let held = Double(distances.count { $0 < 4.605 }) / count
    #expect(held > 0.9 - 3 * (0.09 / count).squareRoot())
  }
}
