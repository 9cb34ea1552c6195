import TocsinModel

/// The way from the radars to Tocsin, with its faults.
struct Link {
  var radars: [RadarSimulator]
  var faults: [Fault]
  var center: Position

  /// Seconds that every plot is on its way.
  private static let delay = 0.05

  private struct Parcel {
    var time: Timestamp
    var sighting: RadarSimulator.Sighting
  }

  /// What arrives when, in batches of a tenth of a second of one radar.
  func arrivals(
    of paths: [Path], until end: Timestamp, _ chance: inout SeededGenerator
  ) -> [World.Arrival] {
    var arrivals: [World.Arrival] = []
    for radar in radars {
      let own = faults.filter { $0.radar == radar.radar.id }
      let parcels = parcels(from: radar, own, paths, until: end, &chance)
      arrivals += doubled(batches(of: parcels), own, &chance)
    }
    // Ties keep the order they were made in, so that one seed gives one list.
    return arrivals.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private func parcels(
    from radar: RadarSimulator, _ faults: [Fault], _ paths: [Path], until end: Timestamp,
    _ chance: inout SeededGenerator
  ) -> [Parcel] {
    var radar = radar
    var late = Self.delay
    var disorder = 0.0
    var silence = World.start..<World.start
    var garbage = 0
    for fault in faults {
      switch fault {
      case .clutter(_, let rate):
        radar.clutter = .init(
          rate: rate, center: center, reach: Offset(east: 30_000, north: 30_000),
          heights: 300...12_000)
      case .silence(_, let from, let to): silence = World.start + from..<World.start + to
      case .late(_, let span): late += span.inSeconds
      case .disorder(_, let span): disorder = span.inSeconds
      case .garbage(_, let count): garbage = count
      case .twice: break
      }
    }
    var sightings = radar.sightings(
      of: paths, from: World.start + .seconds(1), to: end, using: &chance)
    sightings.removeAll { silence.contains($0.plot.measured) }
    let span = (end - World.start).inSeconds
    sightings += (0..<garbage).map { _ in
      RadarSimulator.Sighting(plot: Self.nonsense(of: radar.radar.id, within: span, &chance))
    }
    return sightings.map { sighting in
      let way = late + disorder * chance.unit()
      let sent = max(World.start, min(end, sighting.plot.measured))
      return Parcel(time: sent + .nanoseconds(Int64(way * 1e9)), sighting: sighting)
    }
  }

  /// A plot that must be refused, or that no track may take.
  private static func nonsense(
    of radar: String, within span: Double, _ chance: inout SeededGenerator
  ) -> Plot {
    var plot = Plot(
      measured: World.start + .nanoseconds(Int64(span * chance.unit() * 1e9)), radar: radar,
      range: chance.within(1...60_000), azimuth: chance.within(0...360),
      elevation: chance.within(1...80))
    switch chance.whole(0...6) {
    case 0: plot.range = .nan
    case 1: plot.range = -plot.range
    case 2: plot.elevation = 90 + plot.range
    case 3: plot.azimuth = .infinity
    case 4: plot.radar = "?"
    case 5: plot.measured = plot.measured + .seconds(86_400)
    default: plot.measured = plot.measured - .seconds(86_400)
    }
    return plot
  }

  private func batches(of parcels: [Parcel]) -> [World.Arrival] {
    let tenth: Int64 = 100_000_000
    let grouped = Dictionary(grouping: parcels.enumerated()) { $1.time.nanoseconds / tenth + 1 }
    return grouped.sorted { $0.key < $1.key }.map { slot, batch in
      World.Arrival(
        time: Timestamp(nanoseconds: slot * tenth),
        sightings: batch.sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
          .map(\.element.sighting))
    }
  }

  /// The same batches again, up to two seconds later.
  private func doubled(
    _ batches: [World.Arrival], _ faults: [Fault], _ chance: inout SeededGenerator
  ) -> [World.Arrival] {
    let shares = faults.compactMap { if case .twice(_, let share) = $0 { share } else { nil } }
    guard let share = shares.first else { return batches }
    return batches
      + batches.compactMap { batch in
        guard chance.unit() < share else { return nil }
        return World.Arrival(
          time: batch.time + .milliseconds(chance.whole(0...2_000)), sightings: batch.sightings)
      }
  }
}
