import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Tracker {
  /// Greatest sigma of a forecast that is worth saying, in meters.
  static let widest = 60_000.0

  /// Ellipses that a forecast hands on at most.
  static let mostParts = 4

  /// The forecast of a track as it is believed at its newest plot; `nil` while it says nothing.
  ///
  /// - Parameter ends: what `Fit.solve` has just returned; empty if it was not asked.
  func forecast(
    _ trail: Trail, at ends: [Passage] = [], burst: Double, _ dynamics: Dynamics
  ) -> Forecast? {
    let landing = Landing(dynamics: dynamics, ground: ground)
    var falls = landing.falls(of: trail.fit, at: ends, flightPriors)
    if let change = trail.fit.suspected,
      let other = trail.fit.otherwise(after: change, dynamics, ground: ground, flightPriors)
    {
      let others = landing.falls(of: other.fit, at: other.ends, flightPriors)
      if !others.isEmpty {
        falls =
          falls.map { ((1 - change.share) * $0.share, $0.fall) }
          + others.map { (change.share * $0.share, $0.fall) }
      }
    }
    guard let whole = Fall(mixing: falls), let sum = part(1, whole, after: trail.fit.newest)
    else { return nil }
    let few = Fall.reduced(falls, most: Self.mostParts)
    let parts = few.compactMap { part($0.share, $0.fall, after: trail.fit.newest) }
    // Where one of them says nothing, the others would say too much.
    let isTold = parts.count > 1 && parts.count == few.count
    return Forecast(
      track: String(trail.number), time: trail.lastPlot, impact: sum.impact,
      impactTime: sum.impactTime, covariance: sum.covariance, sigmaTime: sum.sigmaTime,
      burstProbability: burst, ended: false, parts: isTold ? parts : [], fragments: trail.pieces)
  }

  /// A fall as a forecast carries it; `nil` where it says nothing.
  func part(_ share: Double, _ fall: Fall, after time: Timestamp) -> Forecast.Part? {
    let (east, north) = (fall.covariance[0], fall.covariance[5])
    guard east.isFinite, north.isFinite, fall.covariance[15].isFinite, fall.mean.w.isFinite,
      east + north < Self.widest * Self.widest
    else { return nil }
    let place = frame.geodetic(Vector(fall.mean.x, fall.mean.y, fall.mean.z)).position
    guard place.isOnEarth else { return nil }
    return Forecast.Part(
      share: share, impact: place,
      impactTime: time + .nanoseconds(Int64(max(fall.mean.w, 0) * 1e9)),
      // A meter keeps it regular in the last instant.
      covariance: .init(
        eastEast: east + 1, eastNorth: fall.covariance[1], northNorth: north + 1),
      sigmaTime: max(fall.covariance[15], 1e-6).squareRoot())
  }

  /// Tells a forecast of a track, with the plots that it took since the update before.
  mutating func tell(_ forecast: Forecast, of index: Int, _ updates: inout [TrackUpdate]) {
    trails[index].forecast = forecast
    updates.append(.forecast(describe(trails[index]), forecast))
    trails[index].taken.removeAll()
  }

  func describe(_ trail: Trail) -> Track {
    let estimate = trail.bank.best.estimate
    let (position, height) = frame.geodetic(estimate.place)
    func spread(_ first: Int) -> Track.Spread {
      let sigmas = (first..<first + 3).map { max(estimate[$0, $0], 0).squareRoot() }
      return Track.Spread(east: sigmas[0], north: sigmas[1], up: sigmas[2])
    }
    return Track(
      id: String(trail.number), position: position, height: height,
      velocity: .init(
        east: estimate.velocity.x, north: estimate.velocity.y, up: estimate.velocity.z),
      placeSigma: spread(0), velocitySigma: spread(3), plots: trail.plots,
      firstPlot: trail.firstPlot, lastPlot: trail.lastPlot,
      radars: trail.seen.map { radars[$0.radar].id }.sorted(),
      phase: trail.end != nil ? .ended : trail.bank.burningShare > 0.5 ? .powered : .ballistic,
      purity: trail.purity, rivals: trail.rivals.map(String.init),
      taken: trail.taken.map {
        .init(
          radar: radars[$0.radar].id, measured: $0.time, range: $0.range, azimuth: $0.azimuth)
      }, forecast: trail.forecast, end: trail.end)
  }
}
