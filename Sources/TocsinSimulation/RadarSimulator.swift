public import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// What a radar would report of flights: plots with errors, gaps and false ones among them.
public struct RadarSimulator: Hashable, Sendable {
  public var radar: Radar
  /// The true standard deviations of its errors, which its plots state.
  public var sigma: Plot.Sigma
  /// From one look at a target to the next.
  public var interval: Duration
  /// Whether the antenna turns, so that the moment of a look goes with the azimuth.
  public var turns: Bool
  /// Probability, 0 to 1, that a look at a visible target gives a plot.
  public var detection: Double
  /// Degrees above the horizontal below which it sees nothing.
  public var mask: Double
  public var clutter: Clutter?

  /// False plots, evenly spread over a box.
  public struct Clutter: Hashable, Sendable {
    /// How many a second on average.
    public var rate: Double
    public var center: Position
    /// Meters from the center to the sides, east and north.
    public var reach: Offset
    /// Ellipsoidal meters.
    public var heights: ClosedRange<Double>

    public init(
      rate: Double, center: Position, reach: Offset, heights: ClosedRange<Double>
    ) {
      self.rate = rate
      self.center = center
      self.reach = reach
      self.heights = heights
    }
  }

  public init(
    radar: Radar, sigma: Plot.Sigma, interval: Duration, turns: Bool = false,
    detection: Double = 1, mask: Double = 0, clutter: Clutter? = nil
  ) {
    precondition(interval > .zero, "an interval of \(interval)")
    self.radar = radar
    self.sigma = sigma
    self.interval = interval
    self.turns = turns
    self.detection = detection
    self.mask = mask
    self.clutter = clutter
  }

  /// One plot, and what it truly was.
  public struct Sighting: Hashable, Sendable {
    public var plot: Plot
    /// The place of the flight in the list given; `nil`: nothing was there.
    public var flight: Int?
  }

  /// What it reports from one moment to another (without it), in order of time.
  public func sightings(
    of paths: [Path], from start: Timestamp, to end: Timestamp,
    using generator: inout some RandomNumberGenerator
  ) -> [Sighting] {
    var sightings: [Sighting] = []
    var look = start
    while look < end {
      for (index, path) in paths.enumerated() {
        guard let plot = plot(of: path, at: look, using: &generator) else { continue }
        sightings.append(Sighting(plot: plot, flight: index))
      }
      if let clutter {
        sightings += falsePlots(clutter, at: look, using: &generator)
      }
      look = look + interval
    }
    // Ties keep the order they were made in, so that one seed gives one list.
    return sightings.enumerated()
      .sorted { ($0.element.plot.measured, $0.offset) < ($1.element.plot.measured, $1.offset) }
      .map(\.element)
  }

  /// The plots alone.
  public func plots(
    of paths: [Path], from start: Timestamp, to end: Timestamp,
    using generator: inout some RandomNumberGenerator
  ) -> [Plot] {
    sightings(of: paths, from: start, to: end, using: &generator).map(\.plot)
  }

  /// Range, azimuth and elevation of a place without any error.
  public func truth(of position: Position, height: Double) -> (
    range: Double, azimuth: Double, elevation: Double
  ) {
    let site = Earth.vector(radar.position, height: radar.height)
    let local = Compass(at: radar.position).local(Earth.vector(position, height: height) - site)
    let range = length(local)
    let azimuth = atan2(local.x, local.y) * 180 / .pi
    let elevation = range > 0 ? asin(local.z / range) * 180 / .pi : 90
    return (range, azimuth < 0 ? azimuth + 360 : azimuth, elevation)
  }

  private func plot(
    of path: Path, at look: Timestamp, using generator: inout some RandomNumberGenerator
  ) -> Plot? {
    guard let measured = moment(of: path, at: look), let state = path.state(at: measured) else {
      return nil
    }
    // The same numbers are drawn whether it is seen or not: one lost plot changes no other.
    let (chance, errors) = (generator.unit(), (0..<3).map { _ in generator.normal() })
    let truth = truth(of: state.position, height: state.height)
    guard truth.elevation >= mask, chance < detection else { return nil }
    return Plot(
      measured: measured, radar: radar.id,
      range: max(1, truth.range + errors[0] * sigma.range),
      azimuth: circle(truth.azimuth + errors[1] * sigma.azimuth),
      elevation: max(-90, min(90, truth.elevation + errors[2] * sigma.elevation)), sigma: sigma)
  }

  /// When the beam meets the flight in the turn that begins at `look`.
  private func moment(of path: Path, at look: Timestamp) -> Timestamp? {
    guard turns else { return look }
    var measured = look
    for _ in 0..<3 {
      let within = min(max(measured, path.start), path.last.time)
      guard let state = path.state(at: within) else { return nil }
      let truth = truth(of: state.position, height: state.height)
      measured = look + .nanoseconds(Int64(Double(interval.nanoseconds) * truth.azimuth / 360))
    }
    return measured
  }

  private func falsePlots(
    _ clutter: Clutter, at look: Timestamp, using generator: inout some RandomNumberGenerator
  ) -> [Sighting] {
    (0..<generator.poisson(clutter.rate * interval.inSeconds)).compactMap { _ in
      let (east, north) = (generator.unit() * 2 - 1, generator.unit() * 2 - 1)
      let (share, moment) = (generator.unit(), generator.unit())
      let position = Plane(around: clutter.center).position(
        at: Offset(east: east * clutter.reach.east, north: north * clutter.reach.north))
      let heights = clutter.heights
      let truth = truth(
        of: position,
        height: heights.lowerBound + share * (heights.upperBound - heights.lowerBound))
      guard truth.elevation >= mask, truth.range > 1 else { return nil }
      let late = turns ? truth.azimuth / 360 : moment
      let plot = Plot(
        measured: look + .nanoseconds(Int64(Double(interval.nanoseconds) * late)),
        radar: radar.id, range: truth.range, azimuth: truth.azimuth,
        elevation: truth.elevation, sigma: sigma)
      return Sighting(plot: plot, flight: nil)
    }
  }

  private func circle(_ degrees: Double) -> Double {
    let rest = degrees.truncatingRemainder(dividingBy: 360)
    return rest < 0 ? rest + 360 : rest
  }
}
