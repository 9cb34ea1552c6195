#if canImport(Glibc)
  import Glibc
#endif

/// When a burning motor goes out, as a table over the time since it was first seen.
struct Burn {
  /// Share that still burns at the start of each part.
  private var left: [Double] = []
  static let part = 0.1
  static let count = 120

  private let lit: Double

  /// - Parameters: height above the ground at first sight, and the numbers then.
  init(height: Double, _ numbers: Numbers, _ priors: FlightPriors) {
    let velocity = Vector(numbers[3], numbers[4], numbers[5])
    let speed = length(velocity)
    let gain = max(exp(min(numbers[12], 8)) - 8, 5)
    // From rest, half the speed now was the mean until now.
    let age = min(max(2 * height / max(velocity.z, 20), 0.1), 8)
    lit = priors.burning(atHeight: height)
    var shares: [Double] = []
    for index in 0..<Self.count {
      let middle = (Double(index) + 0.5) * Self.part
      shares.append(priors.ending(at: age + middle, speed: max(speed + gain * middle, 1)))
    }
    let total = max(shares.reduce(0, +), 1e-300)
    var rest = 1.0
    for share in shares {
      left.append(max(rest, 0))
      rest -= share / total
    }
    left.append(0)
  }

  /// When a course's motor goes out, and ln of the prior's share of that course.
  struct End {
    var logShare: Double
    var moment: Double
    var sigma: Double

    static let certain = End(logShare: 0, moment: 0, sigma: 1)
  }

  func end(of motor: Course.Motor, until now: Double) -> End {
    switch motor {
    case .spent: return End(logShare: log(max(1 - lit, 1e-6)), moment: 0, sigma: 1)
    case .burning:
      return End(logShare: log(max(lit * stillBurning(at: now), 1e-12)), moment: now + 1, sigma: 1)
    case .ended(let cell):
      let from = Double(cell) * Fit.cell
      let to = min(from + Fit.cell, max(now, from + 0.02))
      let mass = stillBurning(at: from) - stillBurning(at: to)
      return End(
        logShare: log(max(lit * mass, 1e-12)), moment: 0.5 * (from + to),
        sigma: max(0.4 * (to - from), 0.02))
    }
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
