package import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// How well flights can be forecast from their first plots at best, in the mean over bodies as the priors have them: a
/// posterior Cramér–Rao bound. Of bodies that vary less, forecasts may do better.
///
/// The information of the plots until a moment is added to that of the priors, both at the *true* flight, and the
/// inverse is carried to the ground: J (Λ₀ + Σ Hᵀ R⁻¹ H)⁻¹ Jᵀ. It is told the true moment of burnout, which no estimator
/// knows, and that nothing fails or turns later; so it lies below what is possible. For measuring only: it needs the truth.
///
/// Source: Van Trees, *Detection, Estimation, and Modulation Theory* I, 2.4.3; Tichavský, Muravchik, Nehorai,
/// *IEEE Trans. Signal Processing* 46 (1998).
package struct InformationBound {
  /// Where the body truly was.
  package struct Fix: Sendable {
    package var time: Timestamp
    package var position: Position
    /// Meters above the ellipsoid.
    package var height: Double

    package init(time: Timestamp, position: Position, height: Double) {
      self.time = time
      self.position = position
      self.height = height
    }
  }

  /// Covariance at the ground in m²: east and east, east and north, north and north.
  package typealias Ellipse = (ee: Double, en: Double, nn: Double)

  private let dynamics: Dynamics
  private let priors: FlightPriors
  private let ground: Ground
  private let plots: [Measurement]
  private let epoch: Timestamp
  /// Seconds after the epoch; 0 or less: it was out when first seen.
  private let burnout: Double
  private let numbers: Numbers
  private let prior: Matrix16

  private var motor: Course.Motor { burnout > 0 ? .ended(Int(burnout / Fit.cell)) : .spent }

  /// - Parameter truth: from before the first plot to the ground.
  /// - Returns: `nil` where no flight of the model comes near to the true one.
  package init?(
    plots: [Plot], radar: Radar, settings: Tracker.Settings, truth: [Fix], burnout: Timestamp
  ) {
    let tracker = Tracker(radars: [radar], settings: settings)
    dynamics = tracker.dynamics
    priors = tracker.flightPriors
    ground = tracker.ground
    self.plots = plots.compactMap {
      Measurement($0, radar: 0, of: radar, site: tracker.sites[0])
    }.sorted { $0.time < $1.time }
    guard let first = self.plots.first else { return nil }
    epoch = first.time
    self.burnout = max(0, (burnout - first.time).inSeconds)
    let start = first.time
    let places = truth.filter { $0.time >= start }.map { fix in
      FitPoint(
        at: tracker.frame.local(fix.position, height: fix.height),
        elapsed: (fix.time - start).inSeconds, sigma: 1)
    }
    guard places.count > 4 else { return nil }
    var belief = priors.belief(at: places[0].place)
    belief.numbers[14] = self.burnout
    belief.covariance.forget(14, variance: 1e-4)
    guard let (information, logSpread) = belief.covariance.inverse() else { return nil }
    prior = information
    var guess = belief.numbers
    let speed = (places[1].place - places[0].place) / (places[1].elapsed - places[0].elapsed)
    for axis in 0..<3 {
      guess[axis] = places[0].place[axis] - places[0].elapsed * speed[axis]
      guess[3 + axis] = speed[axis]
    }
    let isBurning = self.burnout > 0
    var course = Course(
      motor: isBurning ? .ended(Int(self.burnout / Fit.cell)) : .spent, numbers: guess,
      covariance: belief.covariance)
    let fitting = Fitting(
      dynamics: dynamics, ground: ground, points: places[...], mean: belief.numbers,
      information: information, logInformation: -logSpread, isFromRest: false)
    guard fitting.fit(&course, turns: 60) != nil else { return nil }
    numbers = course.numbers
  }

  /// The bound from the plots of the first seconds.
  package func ellipse(after seconds: Double) -> Ellipse? {
    var points = plots.map { FitPoint($0, elapsed: ($0.time - epoch).inSeconds) }
      .filter { $0.elapsed <= seconds + 1e-3 }
    guard points.count >= 2 else { return nil }
    // Where the flight was, not where its noise put it: the information is that at the truth.
    var index = 0
    let way = Flown.follow(numbers, motor, points[...], dynamics) { point, before, after in
      points[index].place = Flown.place(at: point.elapsed, before, after)
      index += 1
    }
    guard way != nil else { return nil }
    let fitting = Fitting(
      dynamics: dynamics, ground: ground, points: points[...], mean: numbers, information: prior,
      logInformation: 0, isFromRest: burnout > 0)
    guard let look = fitting.look(at: numbers, motor),
      let (covariance, _) = look.curvature.inverse(),
      let touch = Landing(dynamics: dynamics, ground: ground).touch(numbers, burning: burnout)
    else { return nil }
    let (east, north) = (covariance.times(touch.rows.0), covariance.times(touch.rows.1))
    return (
      (touch.rows.0 * east).sum(), (touch.rows.0 * north).sum(), (touch.rows.1 * north).sum()
    )
  }
}
