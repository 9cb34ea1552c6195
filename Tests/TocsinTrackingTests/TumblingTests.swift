import Foundation
import Testing
import TocsinModel
import TocsinTracking

#if canImport(Glibc)
  import Glibc
#endif

/// Bodies whose drag grows two- to eightfold over some seconds, from some moment on.
@Suite struct `Bodies that begin to tumble` {
  struct Body {
    var plots: [Plot]
    var impact: (east: Double, north: Double)
    /// Seconds after the start when it began to tumble, and when it came down.
    var tumbles: Double
    var down: Double
  }

  static func body(_ scene: inout Scene, every interval: Double, steady: Bool = false) -> Body {
    func between(_ low: Double, _ high: Double) -> Double {
      Double.random(in: low..<high, using: &scene.generator)
    }
    let (begins, ramp, growth) = (between(6, 25), between(0.5, 5), between(0.7, 2.1))
    let (speed, climb, course) = (between(300, 550), between(0.7, 1.1), between(0, 2 * .pi))
    var place = SIMD3(between(-8_000, 8_000), between(7_000, 13_000), 300.0)
    var velocity = speed * SIMD3(cos(climb) * cos(course), cos(climb) * sin(course), sin(climb))
    let drag = 1.6e-4 * exp(0.3 * scene.gaussian())
    var plots: [Plot] = []
    var (time, next) = (0.0, 0.0)
    let step = 0.01
    while place.z > 0 {
      if time >= next - 1e-9 {
        next += interval
        if between(0, 1) < 0.9, let plot = scene.plot(of: place, at: time) { plots.append(plot) }
      }
      let grown = steady ? 1 : exp(growth * min(max((time - begins) / ramp, 0), 1))
      let pace = (velocity * velocity).sum().squareRoot()
      let brake = 0.5 * 1.225 * exp(-place.z / 8500) * drag * grown * pace
      velocity += step * (SIMD3(0, 0, -9.795) - brake * velocity)
      place += step * velocity
      time += step
    }
    return Body(plots: plots, impact: (place.x, place.y), tumbles: begins, down: time)
  }

  /// Misses beside the ellipse so many seconds after the change, of those that are then still up.
  static func distances(_ count: Int, every interval: Double, after seconds: Double) throws
    -> [Double]
  {
    var scene = Scene(seed: 777)
    var distances: [Double] = []
    for _ in 0..<count {
      let body = Self.body(&scene, every: interval)
      guard body.down > body.tumbles + seconds + 3 else { continue }
      var tracker = Scene.tracker()
      let moment = Scene.start + .milliseconds(Int64((body.tumbles + seconds) * 1e3))
      let forecasts = tracker.run(body.plots).forecasts.filter { !$0.ended && $0.time <= moment }
      let forecast = try #require(forecasts.last)
      distances.append(forecast.miss(body.impact.east, body.impact.north).distance)
    }
    return distances
  }

  /// In the seconds between nobody can be sure: what is told is that drag may grow on.
  @Test(arguments: [(0.1, 10.0), (1.0, 15.0)])
  func `are forecast as surely as rightly once the plots tell it`(
    every interval: Double, after seconds: Double
  ) throws {
    let distances = try Self.distances(60, every: interval, after: seconds)
    let count = Double(distances.count)
    #expect(count > 50)
    #expect(Double(distances.count { $0 < 4.605 }) / count > 0.8)
    #expect(distances.reduce(0) { $0 + min($1, 40) } / count / 2 < 2)
  }

  /// Before a change is believed, forecasts tell it beside what was, by how likely it is: without that 16 of 60 are held.
  @Test func `are told perhaps to tumble before it is sure`() throws {
    let distances = try Self.distances(60, every: 1, after: 6)
    #expect(distances.count == 60)
    #expect(distances.count { $0 < 9.21 } > 25)
  }

  /// What a forecast tells besides is an ellipse more, once the motor does not matter any more.
  @Test func `are seldom those that fly on as they did`() {
    var scene = Scene(seed: 778)
    var (all, doubted) = (0, 0)
    for _ in 0..<30 {
      let body = Self.body(&scene, every: 1, steady: true)
      var tracker = Scene.tracker()
      let late = tracker.run(body.plots).forecasts.filter { $0.time > Scene.start + .seconds(20) }
      all += late.count
      doubted += late.count { !$0.parts.isEmpty }
    }
    #expect(all > 500)
    #expect(Double(doubted) < 0.06 * Double(all), "\(doubted) of \(all)")
  }

  @Test
  func `are followed from a stored copy as if nothing had been stored, also while nobody is sure`()
    throws
  {
    var scene = Scene(seed: 777)
    var stored = 0
    for _ in 0..<10 {
      let body = Self.body(&scene, every: 1)
      var tracker = Scene.tracker()
      var copy: Tracker?
      for plot in body.plots {
        let updates = tracker.receive([plot])
        if let other = copy?.receive([plot]) { #expect(updates == other) }
        let isDoubted = updates.forecasts.contains {
          !$0.parts.isEmpty && $0.time > Scene.start + .seconds(12)
        }
        guard copy == nil, isDoubted else { continue }
        stored += 1
        copy = try JSONDecoder().decode(Tracker.self, from: JSONEncoder().encode(tracker))
      }
      if let copy { #expect(copy == tracker) }
    }
    #expect(stored > 4)
  }
}
