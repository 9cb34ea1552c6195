#if canImport(Glibc)
  import Glibc
#endif

/// What is believed of a body's flight before it is seen. Wide and generic; why: `Docs/TRACKING.md`.
package struct FlightPriors: Hashable, Sendable, Codable {
  /// Of each velocity axis at first sight, m/s.
  package var speedSigma = 600.0
  /// ln of Cd·A/m in m²/kg at Mach 1.2.
  package var logDrag = -8.5
  package var logDragSigma = 0.42
  /// ln of drag at Mach 1.2 over drag well below the speed of sound.
  package var ratio = 0.59
  package var ratioSigma = 0.15
  /// Of the Mach at which drag rises.
  package var onsetSigma = 0.05
  /// Exponent with which drag falls beyond Mach 1.2.
  package var fall = 0.45
  package var fallSigma = 0.12
  /// Of the wind beside the message's, m/s on each axis.
  package var windSigma: Double
  /// ln of thrust over mass in m/s², and its growth per second as mass burns off.
  package var logThrust = 5.3
  package var logThrustSigma = 0.6
  package var growth = 0.08
  package var growthSigma = 0.06
  /// Of the burn time, a Weibull distribution: scale in seconds, and shape.
  package var burn = 2.8
  package var burnShape = 2.3
  /// Share of motors that burn long, about so many seconds.
  package var longShare = 0.03
  package var longBurn = 6.0
  /// Of the speed at burnout in m/s: median, and spread in ln.
  package var burnSpeed = 600.0
  package var burnSpeedSigma = 0.6
  /// Of the nose that lags the turning path, m/s² in sea-level air.
  package var lift = 0.02
  package var liftSigma = 0.01
  /// How far ln drag and wind wander in ten seconds of flight.
  package var dragWalk = 0.01
  package var windWalk = 0.5
  /// Change of ln drag when a body begins to fly otherwise, and its spread; how much more it will yet grow at
  /// first, its spread, and the seconds in which that dies away.
  package var changedDrag = 0.5
  package var changedDragSigma = 0.9
  package var furtherDrag = 0.2
  package var furtherDragSigma = 0.5
  package var growthTime = 3.0
  /// By how much wind and ln drag may yet differ on the way down.
  package var futureWind: Double
  package var futureDrag = 0.02

  package init(hasMet: Bool) {
    // A message's error is taken to change with height: over a flight it averages to less than the 2 m/s of one
    // height. Where it is the same at all heights, ellipses of the first radar kind are too narrow.
    windSigma = hasMet ? 1.3 : 8
    futureWind = hasMet ? 0.7 : 4
  }

  func belief(at place: Vector) -> Belief {
    var numbers = Numbers()
    var spread = Numbers()
    for axis in 0..<3 {
      numbers[axis] = place[axis]
      spread[axis] = 1e6
      spread[3 + axis] = speedSigma * speedSigma
    }
    let rest = [
      (logDrag, logDragSigma), (ratio, ratioSigma), (0, onsetSigma), (fall, fallSigma),
      (0, windSigma), (0, windSigma), (logThrust, logThrustSigma), (growth, growthSigma), (1, 1),
      (lift, liftSigma),
    ]
    for (index, (mean, sigma)) in rest.enumerated() {
      numbers[6 + index] = mean
      spread[6 + index] = sigma * sigma
    }
    return Belief(numbers: numbers, covariance: Matrix16(diagonal: spread))
  }

  /// How likely a burn ends at an age, up to a constant: by its length, and by the speed it gave.
  func ending(at age: Double, speed: Double) -> Double {
    let part = max(age, 1e-3) / burn
    let power = pow(part, burnShape)
    let usual = power / part * exp(-power) * burnShape / burn
    let far = log(max(age, 1e-3) / longBurn) / 0.6
    let long = exp(-0.5 * far * far) / (max(age, 1e-3) * 0.6 * 2.5066)
    return speedShare(speed) * ((1 - longShare) * usual + longShare * long)
  }

  /// How likely a burn ended before an age, up to the constant of `ending`.
  func ended(before age: Double, speed: Double) -> Double {
    let usual = 1 - exp(-pow(age / burn, burnShape))
    let long = 0.5 * erfc(-log(max(age, 1e-3) / longBurn) / (0.6 * 2.0.squareRoot()))
    return speedShare(speed) * ((1 - longShare) * usual + longShare * long)
  }

  private func speedShare(_ speed: Double) -> Double {
    let fast = log(max(speed, 1) / burnSpeed) / burnSpeedSigma
    return exp(-0.5 * fast * fast)
  }
}
