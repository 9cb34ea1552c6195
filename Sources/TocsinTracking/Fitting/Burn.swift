#if canImport(Glibc)
  import Glibc
#endif

/// When a burning motor goes out, as a table over the time since it was first seen.
struct Burn {
  /// Share that still burns at the start of each part.
  private var left: [Double] = []
  static let part = 0.1
  static let count = 120

  /// Probability that it burned at first sight.
  private let lit: Double
  /// Of the thrust: what its prior has it to be, and ln of how much likelier a fit of a burning body would be without
  /// that prior.
  private let thrust: (mean: Double, sigma: Double)
  private let thrustShare: Double

  /// - Parameters:
  ///   - height: above the ground at first sight, in meters.
  ///   - burning: the numbers then of a body that burned.
  ///   - spent: those of one that did not, if they differ.
  init(height: Double, burning: Numbers, spent: Numbers?, _ priors: FlightPriors) {
    let (speed, age) = Self.start(height, burning)
    let gain = max(exp(min(burning[12], 8)) - 8, 5)
    var shares: [Double] = []
    for index in 0..<Self.count {
      let middle = (Double(index) + 0.5) * Self.part
      shares.append(priors.ending(at: age + middle, speed: max(speed + gain * middle, 1)))
    }
    let total = max(shares.reduce(0, +), 1e-300)
    // How dense ln of its speed at this height is, either way.
    let (past, before) = Self.start(height, spent ?? burning)
    let out = priors.ended(before: before, speed: past)
    let inside = 2 * total * Self.part
    lit = min(max(inside / max(inside + out, 1e-300), 0.001), 0.995)
    let own = Fitting.restSigma(atHeight: height)
    thrust = (priors.logThrust, priors.logThrustSigma)
    thrustShare =
      0.5 * log(priors.logThrustSigma * priors.logThrustSigma + own * own) - log(own)
    var remaining = 1.0
    for share in shares {
      left.append(max(remaining, 0))
      remaining -= share / total
    }
    left.append(0)
  }

  /// Speed at first sight, and seconds since launch if it burned until then: from rest, half the speed now was the
  /// mean until now. One whose motor was out by then burned for less, or it would be higher.
  private static func start(_ height: Double, _ numbers: Numbers) -> (speed: Double, age: Double) {
    let velocity = Vector(numbers[3], numbers[4], numbers[5])
    return (length(velocity), min(max(2 * height / max(velocity.z, 20), 0.1), 30))
  }

  /// ln of the prior's share of a course.
  func logShare(of course: Course, until now: Double) -> Double {
    switch course.motor {
    case .spent: return log(max(1 - lit, 1e-6))
    case .burning: return log(max(lit * stillBurning(at: now), 1e-12)) + again(course)
    case .ended(let cell):
      let (from, to) = Self.span(of: cell, until: now)
      return log(max(lit * (stillBurning(at: from) - stillBurning(at: to)), 1e-12)) + again(course)
    }
  }

  /// ln of what the fit of a burning body has weighed twice: its thrust, by the prior and by the relation of rest. Here
  /// speed and burn time tell it.
  private func again(_ course: Course) -> Double {
    // No farther than a thrust that is still one: where it hardly bears its body, the fit knows no rest.
    let aside = min(abs(course.numbers[12] - thrust.mean) / thrust.sigma, 2.5)
    return thrustShare + 0.5 * aside * aside
  }

  /// When a course's motor goes out, seconds since it was first seen, and one standard deviation of it.
  static func end(of motor: Course.Motor, until now: Double) -> (moment: Double, sigma: Double) {
    switch motor {
    case .spent: return (0, 1)
    case .burning: return (now + 1, 1)
    case .ended(let cell):
      let (from, to) = span(of: cell, until: now)
      return (0.5 * (from + to), max(0.4 * (to - from), 0.02))
    }
  }

  private static func span(of cell: Int, until now: Double) -> (from: Double, to: Double) {
    let from = Double(cell) * Fit.cell
    return (from, min(from + Fit.cell, max(now, from + 0.02)))
  }

  func stillBurning(at elapsed: Double) -> Double {
    let place = min(max(elapsed / Self.part, 0), Double(Self.count) - 1e-9)
    let index = Int(place)
    return left[index] + (place - Double(index)) * (left[index + 1] - left[index])
  }

  /// The moment that so large a share of those that burn at `elapsed` outlives.
  func moment(outlivedBy share: Double, from elapsed: Double) -> Double {
    let goal = share * stillBurning(at: elapsed)
    var (low, high) = (elapsed, Double(Self.count) * Self.part)
    guard goal > 1e-9, low < high else { return elapsed + 0.5 }
    for _ in 0..<30 {
      let middle = 0.5 * (low + high)
      if stillBurning(at: middle) > goal { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
