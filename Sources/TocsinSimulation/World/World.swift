public import TocsinModel

/// A made-up place, what flies over it, and what its radars say of it, faults and all: by its seed alone.
///
/// The same seed gives the same world in every process of one build.
public struct World: Hashable, Sendable {
  public let seed: UInt64
  /// Zones, radars, the ground, and a source for the met message.
  public let plan: Plan
  /// What is told of the wind, with its errors; `nil`: nothing.
  public let met: Met?
  public let bodies: [Falling]
  /// By ascending time.
  public let arrivals: [Arrival]
  /// What went wrong on the way from the radars, one entry a fault.
  public let faults: [Fault]

  /// The moment its plan is adopted, before the first plot.
  public static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  /// One body as it flew.
  public struct Falling: Hashable, Sendable {
    public var path: Path
    /// Of one that burst: how it would have flown on, which nobody could tell from the burst to come.
    public var unbroken: Path?
    /// Of one that burst: its pieces, which no radar sees.
    public var pieces: [Path] = []

    /// Where and when it came down whole; `nil` if it burst.
    public var impact: Flight.State? { path.end == .impact ? path.last : nil }
  }

  /// A batch that reaches Tocsin at one moment.
  public struct Arrival: Hashable, Sendable {
    public var time: Timestamp
    public var sightings: [RadarSimulator.Sighting]

    public var plots: [Plot] { sightings.map(\.plot) }
  }

  public init(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let land = Land(&chance)
    let wind = Self.wind(&chance)
    let bodies = Salvo(over: land, wind: wind, &chance).bodies
    let radars = land.radars(&chance)
    let faults = Fault.chosen(for: radars.map(\.radar.id), &chance)
    let end = bodies.map(\.path.last.time).max() ?? Self.start
    self.seed = seed
    self.bodies = bodies
    self.faults = faults
    met = Self.met(of: wind, &chance)
    arrivals = Link(radars: radars, faults: faults, center: land.center)
      .arrivals(of: bodies.map(\.path), until: end + .seconds(5), &chance)
    plan = Plan(
      title: Texts("World \(seed)"), zones: land.zones, radars: radars.map(\.radar),
      sources: [Source(id: "met", name: "met message", kind: .document)],
      groundHeight: land.groundHeight)
  }

  /// The same at all heights, 5 m/s on each axis.
  static func wind(_ chance: inout SeededGenerator) -> Offset {
    Offset(east: 5 * chance.normal(), north: 5 * chance.normal())
  }

  /// Two worlds in three have one, each level off by 1.5 m/s.
  static func met(of wind: Offset, _ chance: inout SeededGenerator) -> Met? {
    guard chance.unit() < 2 / 3 else { return nil }
    let heights: [Double] = [0, 1_000, 3_000, 6_000, 10_000]
    return Met(
      heights: heights, windToEast: heights.map { _ in wind.east + 1.5 * chance.normal() },
      windToNorth: heights.map { _ in wind.north + 1.5 * chance.normal() })
  }
}

extension RandomNumberGenerator {
  mutating func within(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// A whole number of the range.
  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    min(range.upperBound, range.lowerBound + Int(unit() * Double(range.count)))
  }
}
