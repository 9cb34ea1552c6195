import Testing
import TocsinModel
import TocsinSimulation
import TocsinTracking

/// A body that bursts at 2 to 4 km, and what would become of its pieces.
@Suite struct `Fragments of a body that burst` {
  static let end = Timestamp(nanoseconds: Scene.start.nanoseconds + 14_000_000_000)

  static func flight(_ burst: Duration?) -> Flight {
    Flight(
      start: .init(
        time: Scene.start,
        position: Plane(around: Scene.radar.position)
          .position(at: Offset(east: 9_000, north: 8_000)),
        height: 1_500, velocity: .init(east: -220, north: -160, up: 180)),
      body: Body(ballisticCoefficient: 8_500), burst: burst, groundHeight: 50)
  }

  static func plots(_ flight: Flight) -> [Plot] {
    var generator = SeededGenerator(seed: 20_260_801)
    let simulator = Scene.simulator(detection: 0.95)
    let path = Path(of: flight)
    return simulator.plots(
      of: [path], from: Scene.start, to: path.last.time, using: &generator)
  }

  @Test func `are forecast once it is said, and no part of the whole any more`() throws {
    var tracker = Scene.tracker()
    let updates = tracker.run(Self.plots(Self.flight(.seconds(14))))
    let last = try #require(updates.forecasts.last)
    #expect(last.ended)
    #expect(last.parts.isEmpty)
    #expect(last.fragments.count == 5)
    #expect(last.fragments.allSatisfy { $0.share == 1 && $0.covariance.determinant > 0 })
    #expect(updates.forecasts.dropLast().allSatisfy { $0.fragments.isEmpty })
    // The lighter, the later and the less far; a sheet needs minutes.
    let times = last.fragments.map(\.impactTime)
    #expect(times == times.sorted())
    let down = try #require(last.lastFragment)
    #expect(down > Self.end + .seconds(90))
    #expect(down < Self.end + .seconds(900))
  }

  /// Pieces flown by the simulation from the moment of the burst, each with a speed added by the burst.
  @Test func `come down where the forecast says`() throws {
    var tracker = Scene.tracker()
    let last = try #require(tracker.run(Self.plots(Self.flight(.seconds(14)))).forecasts.last)
    let whole = Path(of: Self.flight(nil))
    let state = try #require(whole.state(at: Self.end))
    var generator = SeededGenerator(seed: 20_260_802)
    var held = 0
    let count = 200
    for _ in 0..<count {
      var piece = Self.flight(nil)
      piece.start = state
      piece.start.velocity.east += 60 * generator.normal()
      piece.start.velocity.north += 60 * generator.normal()
      piece.start.velocity.up += 60 * generator.normal()
      // Mass over drag and area, well below the speed of sound, from 15 to 800 kg/m².
      piece.body = Body(
        ballisticCoefficient: 15 * exp(generator.unit() * log(800.0 / 15)),
        drag: .init([.init(0, 1)]))
      piece.wind = Offset(east: 4 * generator.normal(), north: 4 * generator.normal())
      let place = Path(of: piece).last.position
      let impact = Plane(around: Scene.radar.position).offset(of: place)
      let nearest =
        last.fragments.map { part -> Double in
          let ellipse = Forecast(
            track: "1", time: last.time, impact: part.impact, impactTime: part.impactTime,
            covariance: part.covariance, sigmaTime: part.sigmaTime, burstProbability: 1, ended: true
          )
          return ellipse.miss(impact.east, impact.north).distance
        }.min() ?? .infinity
      // Within the 99 % ellipse of one kind or another.
      if nearest < 9.21 { held += 1 }
    }
    #expect(held > count * 95 / 100)
  }

  @Test func `are forecast beside the whole when others report an interception`() throws {
    var tracker = Scene.tracker()
    let plots = Self.plots(Self.flight(nil)).filter { $0.measured < Self.end }
    for plot in plots { _ = tracker.receive([plot]) }
    let number = try #require(tracker.tracks.first?.id)
    let taken = tracker.take(reportedInterceptionOf: number, at: Self.end)
    let forecast = try #require(taken)
    #expect(!forecast.ended)
    #expect(forecast.fragments.count == 5)
    let unknown = tracker.take(reportedInterceptionOf: "77", at: Self.end)
    let late = tracker.take(reportedInterceptionOf: number, at: Self.end + .seconds(90))
    #expect(unknown == nil && late == nil)
    // Later forecasts carry them on; what has come down has no pieces any more.
    let rest = Self.plots(Self.flight(nil)).filter { $0.measured >= Self.end }
    let later = rest.flatMap { tracker.receive([$0]) }.forecasts
    #expect(later.count > 5 && later.allSatisfy { $0.fragments.count == 5 && !$0.ended })
    let ends = tracker.coast().ends
    #expect(ends.map(\.kind) == [.impact])
    let down = try #require(ends.first).time + .seconds(5)
    let afterwards = tracker.take(reportedInterceptionOf: number, at: down)
    #expect(afterwards == nil)
  }
}

@Suite struct `A forecast that is several` {
  /// As long as the motor may burn or be out, both are handed on.
  @Test func `hands on its parts, whose shares add up to one`() throws {
    var generator = SeededGenerator(seed: 20_260_501)
    var most = 0
    for _ in 0..<12 {
      let path = Path(of: `Forecasts of many flights`.flight(&generator))
      let simulator = Scene.simulator()
      let plots = simulator.plots(
        of: [path], from: Scene.start, to: Scene.start + .seconds(5), using: &generator)
      var tracker = Scene.tracker()
      for forecast in plots.flatMap({ tracker.receive([$0]) }).forecasts {
        most = max(most, forecast.parts.count)
        guard !forecast.parts.isEmpty else { continue }
        let shares = forecast.parts.reduce(0) { $0 + $1.share }
        #expect(abs(shares - 1) < 1e-3)
        #expect(forecast.parts.count > 1 && forecast.parts.count <= 4)
      }
    }
    #expect(most > 1)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
