#if canImport(Glibc)
  import Glibc
#endif

/// What is believed of a body before it is seen, and how fast what is learned grows old.
///
/// Wide and generic on purpose: the reasons and sources are in `Docs/TRACKING.md`.
package struct Priors: Hashable, Sendable, Codable {
  /// Of each velocity axis, m/s.
  package var speedSigma = 400.0
  /// Of a body that comes up into sight, m/s: how fast it climbs, and how that and each axis across spread. Both spreads
  /// must stay below `speedSigma`.
  package var climb = 350.0
  package var climbSigma = 220.0
  package var acrossSigma = 320.0
  /// ln of Cd·A/m in m²/kg, well below the speed of sound.
  package var logDrag = -9.05
  package var logDragSigma = 0.42
  /// Of the drag shape above the speed of sound, in ln.
  package var shapeSigma = 0.15
  /// ln of thrust over mass in m/s².
  package var logThrust = 5.4
  package var logThrustSigma = 0.75
  /// Of the wind beside the met message's, m/s on each axis, and its change per root of a
  /// kilometer of height.
  package var windSigma: Double
  package var windShear: Double
  /// Probability that a body first seen near the ground still burns.
  package var burning = 0.85
  /// The rate of burnout: at first sight, per second, and its growth, per second squared.
  package var burnoutRate = 0.6
  package var burnoutGrowth = 0.6
  /// Unmodelled acceleration as white noise, m/s per root second, in free flight and under thrust.
  package var flightNoise = 0.15
  package var thrustNoise = 3.0
  /// Walk of ln drag and of ln thrust, per root second.
  package var dragWalk = 0.010
  package var thrustWalk = 0.15

  init(hasMet: Bool) {
    windSigma = hasMet ? 2 : 8
    windShear = hasMet ? 0.7 : 3
  }

  /// Share of burning bodies that still burn after `span` seconds, `age` seconds after first sight.
  func stillBurning(after span: Double, age: Double) -> Double {
    exp(-burnoutRate * span - burnoutGrowth * span * (age + 0.5 * span))
  }
}
