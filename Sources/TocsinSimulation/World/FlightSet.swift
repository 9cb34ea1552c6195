public import TocsinModel

/// Made-up flights, each seen by three kinds of radar on one site, alone, among false plots, and in salvos; with what
/// truly flew. For measuring forecasts; by its seed alone.
public struct FlightSet: Hashable, Sendable {
  /// Where all radars stand.
  public let site: Radar
  /// Degrees above the horizontal below which they see nothing.
  public let mask: Double
  /// Probability, 0 to 1, that a look at a visible body gives a plot.
  public let detection: Double
  public let groundHeight: Double
  public let zones: [Zone]
  public let recordings: [Recording]

  /// What one radar saw.
  public struct Recording: Hashable, Sendable {
    /// `F001-A`, `F001-A-clutter`, `S01-B`.
    public var name: String
    public var kind: Kind
    /// `A`: ten looks a second; `B`: one; `C`: one in four seconds, by an antenna that turns.
    public var radar: String
    public var bodies: [World.Falling]
    public var sightings: [RadarSimulator.Sighting]
    public var met: Met?
  }

  public enum Kind: String, Hashable, Sendable, Codable {
    case single
    /// Two false plots a second in a box around the flight.
    case clutter
    case salvo
  }

  /// One flight in so many is seen among false plots, too.
  private static let perClutter = 4
  /// Bodies in a salvo of many kinds, and in one of one kind that comes from one place.
  private static let (mixed, bundled) = (12, 30)

  /// - Parameter count: how many flights by themselves, 1 to 999. Beside them each radar sees two salvos: twelve
  ///   bodies of differing kind and origin, and thirty of one kind from one place, both within ten seconds.
  public init(seed: UInt64, count: Int) {
    precondition((1...999).contains(count), "\(count) flights")
    var chance = SeededGenerator(seed: seed)
    let land = Land(&chance)
    let place = Offset(angle: chance.within(0...(2 * .pi)), length: chance.within(0...12_000))
    let radars = RadarKind.allCases.map { land.radar($0, id: $0.rawValue, at: place) }
    site = radars[0].radar
    (mask, detection) = (radars[0].mask, radars[0].detection)
    (groundHeight, zones) = (land.groundHeight, land.zones)
    var recordings: [Recording] = []
    for number in 1...count {
      let wind = World.wind(&chance)
      let bodies = Salvo(over: land, wind: wind, count: 1, &chance).bodies
      let met = World.met(of: wind, &chance)
      for radar in radars {
        let name = "F" + padded(number, 3) + "-" + radar.radar.id
        recordings.append(
          Self.recording(name, .single, bodies, by: radar, met: met, &chance))
        guard number % Self.perClutter == 0 else { continue }
        recordings.append(
          Self.recording(name + "-clutter", .clutter, bodies, by: radar, met: met, &chance))
      }
    }
    for (index, radar) in radars.enumerated() {
      let wind = World.wind(&chance)
      let mixed = (0..<Self.mixed).flatMap { _ in
        Salvo(over: land, wind: wind, count: 1, &chance).bodies
      }
      let bundle = Salvo(over: land, wind: wind, count: Self.bundled, &chance).bodies
      for (offset, bodies) in [mixed, bundle].enumerated() {
        let name = "S" + padded(2 * index + offset + 1, 2) + "-" + radar.radar.id
        recordings.append(Self.recording(name, .salvo, bodies, by: radar, met: nil, &chance))
      }
    }
    self.recordings = recordings
  }

  /// From five seconds before the first body to five after the last.
  private static func recording(
    _ name: String, _ kind: Kind, _ bodies: [World.Falling], by radar: RadarSimulator, met: Met?,
    _ chance: inout SeededGenerator
  ) -> Recording {
    let paths = bodies.map(\.path)
    let start = paths.map(\.start).min() ?? World.start
    let end = paths.map(\.last.time).max() ?? World.start
    var radar = radar
    if kind == .clutter { radar.clutter = clutter(around: paths) }
    let sightings = radar.sightings(
      of: paths, from: start + .seconds(-5), to: end + .seconds(5), using: &chance)
    return Recording(
      name: name, kind: kind, radar: radar.radar.id, bodies: bodies, sightings: sightings,
      met: met)
  }

  private static func clutter(around paths: [Path]) -> RadarSimulator.Clutter {
    let states = paths.flatMap(\.states)
    let plane = Plane(around: states[0].position)
    let places = states.map { plane.offset(of: $0.position) }
    func span(_ values: [Double]) -> (middle: Double, reach: Double) {
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      return ((least + most) / 2, (most - least) / 2 + 4_000)
    }
    let (east, north) = (span(places.map(\.east)), span(places.map(\.north)))
    let heights = states.map(\.height)
    return .init(
      rate: 2, center: plane.position(at: Offset(east: east.middle, north: north.middle)),
      reach: Offset(east: east.reach, north: north.reach),
      heights: (heights.min() ?? 0)...((heights.max() ?? 0) + 2_000))
  }
}
