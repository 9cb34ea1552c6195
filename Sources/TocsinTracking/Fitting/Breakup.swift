public import TocsinModel

/// Where the pieces of a body come down that breaks in the air, be it by itself or by what others report.
///
/// Kinds of fragments by what the air does to them, each flown down from the place of the break through the
/// same air; what broke it, and into how many pieces, is not asked. The kinds and the speeds that a break
/// adds follow the practice of range safety: ballistic coefficients from 10 to 1,000 kg/m² (2 to 200 lb/ft²),
/// heavy pieces slow, light ones fast. Source: FAA, *Flight Safety Analysis Handbook* 1.0 (2011), ch. 6.
struct Breakup {
  let landing: Landing
  let priors: FlightPriors

  /// One kind of fragment.
  struct Kind {
    /// ln of Cd·A/m in m²/kg, and half the width of the kind as one standard deviation.
    var logDrag: Double
    var logDragSigma: Double
    /// What the break adds to the velocity, m/s on each axis.
    var speedSigma: Double
  }

  /// 540, 170, 54 and 18 kg/m²: a section with its motor, a casing, a piece of wall, a sheet.
  static let kinds = [
    Kind(logDrag: -6.3, logDragSigma: 0.33, speedSigma: 30),
    Kind(logDrag: -5.15, logDragSigma: 0.33, speedSigma: 60),
    Kind(logDrag: -4.0, logDragSigma: 0.33, speedSigma: 100),
    Kind(logDrag: -2.9, logDragSigma: 0.33, speedSigma: 150),
  ]

  /// What stays nearly whole, then the kinds.
  /// - Parameters: what was believed at the newest plot, and the seconds after it within which it broke.
  func falls(from belief: Belief, within seconds: Double) -> [Fall] {
    var moved = belief
    // Anywhere along the way of these seconds.
    let velocity = Vector(belief.numbers[3], belief.numbers[4], belief.numbers[5])
    let middle = seconds / 2 * velocity
    for i in 0..<3 {
      moved.numbers[i] += middle[i]
      for j in 0..<3 { moved.covariance[i, j] += middle[i] * middle[j] / 3 }
    }
    moved.age(priors)
    var whole = moved
    whole.doubtDrag(priors)
    let kinds = Self.kinds.map { fragment(of: moved, $0) }
    return ([whole] + kinds).compactMap { landing.fall(of: $0, burning: 0) }
  }

  private func fragment(of belief: Belief, _ kind: Kind) -> Belief {
    var piece = belief
    piece.numbers[6] = kind.logDrag
    piece.covariance.forget(6, variance: kind.logDragSigma * kind.logDragSigma)
    // Blunt bodies: the rise through the speed of sound is less, and nothing falls beyond it or lifts.
    for (index, value, sigma) in [(7, 0.4, 0.15), (9, 0.0, 0.1), (15, 0.0, 0.01)] {
      piece.numbers[index] = value
      piece.covariance.forget(index, variance: sigma * sigma)
    }
    for axis in 3..<6 { piece.covariance[axis, axis] += kind.speedSigma * kind.speedSigma }
    return piece
  }
}

extension Tracker {
  /// Where the fragments of a track come down that broke within so many seconds after its newest plot.
  func fragments(
    of trail: Trail, within seconds: Double, _ dynamics: Dynamics
  ) -> [Forecast.Part] {
    guard let course = trail.fit.best, let belief = trail.fit.now(course, dynamics) else {
      return []
    }
    let breakup = Breakup(
      landing: Landing(dynamics: dynamics, ground: ground), priors: flightPriors)
    return breakup.falls(from: belief, within: seconds)
      .compactMap { part(1, $0, after: trail.fit.newest + .seconds(seconds / 2)) }
  }

  /// The tracks of which an interception can be reported now.
  public func tracksUp(at time: Timestamp) -> [String] {
    trails.filter { isUp($0, at: time) }.map { String($0.number) }
  }

  private func isUp(_ trail: Trail, at time: Timestamp) -> Bool {
    trail.forecast != nil && trail.end?.kind != .impact && (time - trail.lastPlot).inSeconds < 60
  }

  /// Others report that a track was intercepted: it may fly on, and pieces come down. Nothing about the report
  /// is judged: the track is followed on as long as plots show it, and its forecasts carry the pieces.
  ///
  /// - Returns: the newest forecast with the pieces; `nil` if no such track was seen within the last minute, if it
  ///   has come down, or if its forecast says nothing.
  public mutating func take(reportedInterceptionOf track: String, at time: Timestamp) -> Forecast? {
    guard let index = trails.firstIndex(where: { String($0.number) == track }),
      isUp(trails[index], at: time), var forecast = trails[index].forecast
    else { return nil }
    let trail = trails[index]
    let wait = (time - trail.lastPlot).inSeconds
    forecast.time = max(time, forecast.time)
    if forecast.fragments.isEmpty {
      trails[index].pieces = fragments(
        of: trail, within: min(max(wait, interval(trail)), 10), dynamics)
      forecast.fragments = trails[index].pieces
    }
    if trail.end != nil {
      forecast.ended = true
      forecast.parts = []
    }
    trails[index].forecast = forecast
    return forecast
  }
}
