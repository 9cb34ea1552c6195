import TocsinModel
import TocsinSimulation
import TocsinTracking

#if canImport(Glibc)
  import Glibc
#endif

/// A radar on flat ground and bodies thrown past it, all by a seeded generator.
struct Scene {
  static let radar = Radar(
    id: "R", position: Position(latitude: 31.6, longitude: 34.6), height: 50,
    sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06))
  static let start = Timestamp(nanoseconds: 1_772_323_200_000_000_000)

  var generator: Generator
  init(seed: UInt64) { generator = Generator(state: seed) }

  /// Looks ten times a second, and sees from `mask` degrees up.
  static func simulator(detection: Double = 0.9, mask: Double = 1) -> RadarSimulator {
    RadarSimulator(
      radar: radar, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
      interval: .milliseconds(100), detection: detection, mask: mask)
  }

  static func tracker() -> Tracker {
    Tracker(radars: [radar], settings: .init(groundHeight: 50))
  }

  /// Splitmix64; chance in a test comes from its seed alone.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  mutating func gaussian() -> Double {
    let first = Double.random(in: 1e-12..<1, using: &generator)
    let second = Double.random(in: 0..<1, using: &generator)
    return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
  }

  /// A body in free flight with drag in an exponential atmosphere, on a flat Earth: near enough
  /// for 10 km.
  struct Flight {
    var east, north: Double
    var velocity: SIMD3<Double>
    var begins = 0.0
    var bursts = Double.infinity
    /// From when on drag is five times as great.
    var tumbles = Double.infinity
  }

  struct Seen {
    var plots: [Plot] = []
    /// East and north of the radar, and seconds after the start.
    var impact = (east: 0.0, north: 0.0, time: 0.0)
  }

  mutating func watch(_ flight: Flight, every interval: Double = 0.1) -> Seen {
    var seen = Seen()
    var place = SIMD3(flight.east, flight.north, 200.0)
    var velocity = flight.velocity
    var time = flight.begins
    var next = flight.begins
    let step = 0.01
    while place.z > 0 {
      if time >= next - 1e-9 {
        next += interval
        if time < flight.bursts, Double.random(in: 0..<1, using: &generator) < 0.9,
          let plot = plot(of: place, at: time)
        {
          seen.plots.append(plot)
        }
      }
      let speed = (velocity * velocity).sum().squareRoot()
      let drag =
        0.5 * 1.225 * exp(-place.z / 8500) * 1.2e-4 * Self.rise(speed / 335) * speed
        * (time < flight.tumbles ? 1 : 5)
      velocity += step * (SIMD3(0, 0, -9.795) - drag * velocity)
      place += step * velocity
      time += step
    }
    seen.impact = (place.x, place.y, time)
    return seen
  }

  /// Of drag through the speed of sound, by four fifths.
  private static func rise(_ mach: Double) -> Double {
    let share = min(max((mach - 0.85) / 0.25, 0), 1)
    return 1 + 0.8 * share * share * (3 - 2 * share)
  }

  mutating func plot(of place: SIMD3<Double>, at time: Double) -> Plot? {
    // The Earth falls away below the radar's horizontal.
    let up = place.z - (place.x * place.x + place.y * place.y) / 12_756_000
    let across = (place.x * place.x + place.y * place.y).squareRoot()
    let elevation = atan2(up, across) * 180 / .pi
    guard elevation > 1 else { return nil }
    let azimuth = atan2(place.x, place.y) * 180 / .pi + 0.06 * gaussian()
    return Plot(
      measured: Self.start + .nanoseconds(Int64((time * 1e9).rounded())), radar: "R",
      range: (across * across + up * up).squareRoot() + 10 * gaussian(),
      azimuth: azimuth < 0 ? azimuth + 360 : azimuth, elevation: elevation + 0.06 * gaussian())
  }

  /// False plots, evenly in a box of angles and range.
  mutating func clutter(seconds: Double, rate: Double) -> [Plot] {
    (0..<Int(seconds * rate)).map { _ in
      Plot(
        measured: Self.start
          + .nanoseconds(Int64(Double.random(in: 0..<seconds, using: &generator) * 1e9)),
        radar: "R", range: .random(in: 4_000..<20_000, using: &generator),
        azimuth: .random(in: 0..<60, using: &generator),
        elevation: .random(in: 1..<30, using: &generator))
    }.sorted { $0.measured < $1.measured }
  }
}

extension Tracker {
  /// Everything to the end, plot by plot.
  mutating func run(_ plots: [Plot]) -> [TrackUpdate] {
    var updates = plots.flatMap { receive([$0]) }
    updates += coast()
    return updates
  }

  mutating func coast() -> [TrackUpdate] {
    var updates: [TrackUpdate] = []
    while let deadline = nextDeadline { updates += advance(to: deadline) }
    return updates
  }
}

extension [TrackUpdate] {
  var forecasts: [Forecast] {
    compactMap { if case .forecast(_, let forecast) = $0 { forecast } else { nil } }
  }
  var ends: [TrackEnd] {
    compactMap { if case .ended(_, let end) = $0 { end } else { nil } }
  }
  var numbers: Set<String> { Set(map(\.track.id)) }
}

extension Forecast {
  /// Meters from a point east and north of the radar, and the square of it by the forecast's own
  /// covariance.
  func miss(_ east: Double, _ north: Double) -> (meters: Double, distance: Double) {
    let place = Plane(around: Scene.radar.position).offset(of: impact)
    let (x, y) = (place.east - east, place.north - north)
    let square =
      (covariance.northNorth * x * x - 2 * covariance.eastNorth * x * y
        + covariance.eastEast * y * y) / covariance.determinant
    return ((x * x + y * y).squareRoot(), square)
  }
}
