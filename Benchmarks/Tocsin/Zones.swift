import ArgumentParser
import TocsinCore
import TocsinModel
import TocsinSimulation
import TocsinSources

#if canImport(Glibc)
  import Glibc
#endif

/// P(zone) of forecast ellipses: how many a second, on how large a map, and how exactly.
struct Zones: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Forecast ellipses a second against all zones, on maps of 1,450 to 50,000 zones.")

  @Option(help: "Zones: GeoJSON, or a folder with cities.json and polygons.json.")
  var zones: String?

  @Option(help: "Ellipses on each map.")
  var ellipses = 20_000

  @Option(help: "Ellipses whose P(zone) is compared with a fine sum.")
  var checks = 60

  func run() throws {
    print("map | zones | made in ms | ellipses a second | us p50 | us p99 | zones an answer")
    let local = try zones.map { try ZoneFile.read($0).zones }
    if let local { measure("given", local, around: local.map(\.label)) }
    for count in [1450, 5000, 15_000, 50_000] {
      // All fall on the same 60 km in the middle, so that every map gives answers of one length.
      measure("made up", Self.map(of: count), around: (0..<3969).map(Self.middle(_:)))
    }
    check(local ?? Self.map(of: 1450))
  }

  private func measure(_ name: String, _ zones: [Zone], around places: [Position]) {
    var making = Spans()
    let atlas = making.time { Atlas(Plan(zones: zones)) }
    var made = Ellipses(around: places)
    let forecasts = (0..<ellipses).map { _ in made.next() }
    var spans = Spans()
    var found = 0
    for forecast in forecasts { found += spans.time { atlas.probabilities(of: forecast).count } }
    let figures = [
      name, "\(zones.count)", rounded(making.total * 1000),
      "\(Int(Double(ellipses) / spans.total))", rounded(spans.quantile(0.5)),
      rounded(spans.quantile(0.99)), rounded(Double(found) / Double(ellipses)),
    ]
    print(figures.joined(separator: " | "))
  }

  /// P(zone), not rounded, beside a sum that knows neither the outline nor Green's theorem.
  private func check(_ zones: [Zone]) {
    let plan = Plan(zones: zones)
    let atlas = Atlas(plan)
    var made = Ellipses(around: zones.map(\.label))
    var differences: [Double] = []
    for _ in 0..<checks {
      let forecast = made.next()
      for zone in atlas.probabilities(of: forecast).prefix(3).compactMap({ atlas.zone($0.zone) }) {
        let plane = Plane(around: zone.label)
        let ground = GroundDistribution(
          mean: plane.offset(of: forecast.impact), covariance: forecast.covariance)
        let radius = plan.policy.dangerRadius
        let outline = Outline(around: zone.area, radius: radius, on: plane)
        let sum = DangerSum(of: zone.area, radius: radius, on: plane)
          .probability(mean: ground.mean, covariance: forecast.covariance)
        differences.append(abs(ground.probability(within: outline) - sum))
      }
    }
    print(
      "P(zone) and a fine sum, \(differences.count) compared: \(differences.max() ?? 0) apart at most"
    )
  }

  private static let center = Position(latitude: 31.5, longitude: 34.8)

  /// One of 63 times 63 places, 1 km apart.
  private static func middle(_ number: Int) -> Position {
    let offset = Offset(
      east: Double(number % 63 - 31) * 1000, north: Double(number / 63 - 31) * 1000)
    return Plane(around: center).position(at: offset)
  }

  /// Uneven rings of 24 corners and about 1 km, 3 km apart, in as square a block as their number allows.
  private static func map(of count: Int) -> [Zone] {
    let plane = Plane(around: center)
    let side = Int(Double(count).squareRoot().rounded(.up))
    return (0..<count).map { index in
      let offset = Offset(
        east: Double(index % side - side / 2) * 3000, north: Double(index / side - side / 2) * 3000)
      let label = plane.position(at: offset)
      let around = Plane(around: label)
      let ring = (0..<24).map { corner in
        let length = 800 + Double((corner * 37 + index * 11) % 23) * 20
        return around.position(at: Offset(angle: Double(corner) / 12 * .pi, length: length))
      }
      return Zone(
        id: "zone-\(index)", name: Texts("zone \(index)"), district: "made up",
        area: Area(ring: ring), label: label)
    }
  }
}

/// Forecasts about given places, with axes of 50 m to 5 km, the same in every run.
private struct Ellipses {
  let places: [Position]
  private var chance = SeededGenerator(seed: 5)

  init(around places: [Position]) { self.places = places }

  mutating func next() -> Forecast {
    let place = places[Int(chance.unit() * Double(places.count))]
    let long = 50 * exp(log(100) * chance.unit())
    let short = max(50, long * (0.2 + 0.8 * chance.unit()))
    let angle = chance.unit() * .pi
    let off = Offset(angle: chance.unit() * 2 * .pi, length: chance.unit() * 2000)
    let (c, s) = (cos(angle), sin(angle))
    return Forecast(
      track: "1", time: Timestamp(seconds: 0), impact: Plane(around: place).position(at: off),
      impactTime: Timestamp(seconds: 30),
      covariance: .init(
        eastEast: long * long * c * c + short * short * s * s,
        eastNorth: (long * long - short * short) * c * s,
        northNorth: long * long * s * s + short * short * c * c),
      sigmaTime: 1, burstProbability: 0, ended: false)
  }
}
