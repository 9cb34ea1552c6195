import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// All accounts of one body, weighted by how well they foretold its plots.
///
/// As long as the motor may burn, every interval between plots adds accounts in which it went out
/// just then. Those that explain nothing are dropped; those that grew alike become one.
struct Bank: Hashable, Sendable, Codable {
  var time: Timestamp
  /// When the body was first seen; the rate of burnout grows from here.
  let firstSeen: Timestamp
  var hypotheses: [Hypothesis]

  static let limit = 8

  /// The one with the greatest share.
  var best: Hypothesis {
    hypotheses.max { $0.logWeight < $1.logWeight } ?? hypotheses[0]
  }

  var burningShare: Double {
    hypotheses.reduce(0) { $0 + ($1.isBurning ? exp($1.logWeight) : 0) }
  }

  /// ln of how much likelier its velocity at first sight is of a body that comes up into sight than of any.
  ///
  /// What it was then is told by what it is now and the pull of now; thrust is left out. The priors are wide beside what
  /// that leaves.
  func logRising(_ dynamics: Dynamics, _ priors: Priors) -> Double {
    let age = (time - firstSeen).inSeconds
    return logSum(
      hypotheses.map { account in
        let estimate = account.estimate
        let pull = dynamics.acceleration(
          estimate.place, estimate.velocity, estimate.body(burning: false))
        return account.logWeight
          + estimate.logRising(priors, velocity: estimate.velocity - age * pull)
      })
  }

  var isFinite: Bool {
    !hypotheses.isEmpty
      && hypotheses.allSatisfy { $0.logWeight.isFinite && $0.estimate.isFinite }
  }

  /// - Parameters:
  ///   - longest: seconds of a step.
  ///   - burnouts: how many accounts a burning one adds at most.
  mutating func advance(
    to moment: Timestamp, _ dynamics: Dynamics, _ priors: Priors, longest: Double = 1,
    burnouts: Int = 6
  ) {
    let span = (moment - time).inSeconds
    guard span > 0 else { return }
    let age = (time - firstSeen).inSeconds
    time = moment
    for index in hypotheses.indices.reversed() {
      if hypotheses[index].isBurning {
        burn(index, span, age, dynamics, priors, longest, burnouts)
      } else {
        hypotheses[index].estimate.advance(
          by: span, burning: false, dynamics, priors, longest: longest)
      }
    }
  }

  /// Carries a burning account on and adds those whose motor went out on the way.
  private mutating func burn(
    _ index: Int, _ span: Double, _ age: Double, _ dynamics: Dynamics, _ priors: Priors,
    _ longest: Double, _ burnouts: Int
  ) {
    let count = min(max(Int((span / 0.3).rounded(.up)), 1), burnouts)
    let part = span / Double(count)
    let weight = hypotheses[index].logWeight
    var estimate = hypotheses[index].estimate
    for turn in 0..<count {
      let before = Double(turn) * part
      estimate.advance(by: part / 2, burning: true, dynamics, priors, longest: longest)
      var child = estimate
      child.blur(burnoutWithin: part)
      child.advance(
        by: span - before - part / 2, burning: false, dynamics, priors, longest: longest)
      let share =
        priors.stillBurning(after: before, age: age)
        - priors.stillBurning(after: before + part, age: age)
      hypotheses.append(
        Hypothesis(isBurning: false, logWeight: weight + log(max(share, 1e-30)), estimate: child))
      estimate.advance(by: part / 2, burning: true, dynamics, priors, longest: longest)
    }
    hypotheses[index].estimate = estimate
    hypotheses[index].logWeight += log(max(priors.stillBurning(after: span, age: age), 1e-30))
  }

  /// Takes a measurement into every account.
  /// - Returns: ln of its likelihood under all of them together.
  @discardableResult
  mutating func correct(_ measured: Measurement, site: Site, dopplerSigma: Double) -> Double {
    for index in hypotheses.indices {
      let (own, _) = hypotheses[index].estimate.correct(measured)
      if let doppler = measured.doppler {
        hypotheses[index].estimate.correct(
          doppler: doppler, measured, site: site, sigma: dopplerSigma)
      }
      hypotheses[index].logWeight += own
    }
    let total = normalise()
    reduce()
    return total
  }

  /// The nearest account's squared distance, and ln of the likelihood under all together.
  func likelihood(of measured: Measurement) -> (distance: Double, logLikelihood: Double) {
    var nearest = Double.greatestFiniteMagnitude
    var logs: [Double] = []
    for hypothesis in hypotheses where hypothesis.logWeight > -9 {
      let (distance, own) = hypothesis.estimate.distance(of: measured)
      nearest = min(nearest, distance)
      logs.append(own + hypothesis.logWeight)
    }
    return (nearest, logSum(logs))
  }

  /// Whether a measurement may be of this body, by its speed and what pulls at it now.
  func isNear(_ measured: Measurement, _ dynamics: Dynamics) -> Bool {
    let span = (measured.time - time).inSeconds
    let noise = dot(measured.sigmas, measured.sigmas)
    return hypotheses.indices.contains { index in
      let estimate = hypotheses[index].estimate
      var pull = Vector()
      // By how much it may change on the way, m/s²; of a motor nothing more is known.
      var change = 600.0
      if !hypotheses[index].isBurning {
        pull = dynamics.acceleration(
          estimate.place, estimate.velocity, estimate.body(burning: false))
        change = length(pull)
      }
      let bend = 0.5 * span * span
      let place = estimate.place + span * estimate.velocity + bend * pull
      let spread = (0..<3).reduce(noise) {
        $0 + estimate[$1, $1] + span * span * estimate[$1 + 3, $1 + 3]
      }
      return length(measured.place - place) < 8 * spread.squareRoot() + bend * change + 10
    }
  }

  /// Whether a measurement is surely beyond a gate, by a flight in long steps: of most plots of other bodies that
  /// tells it at a fraction of the cost.
  ///
  /// It is believed from three gates on: of 47,500 plots within the gate, among 2.6 million, none was beyond one
  /// and a half by it.
  func isFar(
    from measured: Measurement, gate: Double, _ dynamics: Dynamics, _ priors: Priors
  ) -> Bool {
    guard (measured.time - time).inSeconds > 1 else { return false }
    var bank = self
    bank.advance(to: measured.time, dynamics, priors, longest: 2, burnouts: 2)
    return bank.likelihood(of: measured).distance > 3 * gate
  }

  /// Makes the shares add up to one; returns ln of what they added up to.
  @discardableResult
  mutating func normalise() -> Double {
    let total = logSum(hypotheses.map(\.logWeight))
    for index in hypotheses.indices { hypotheses[index].logWeight -= total }
    return total
  }

  mutating func reduce() {
    hypotheses.removeAll { $0.logWeight < -9.2 }
    guard hypotheses.count > 1 else {
      normalise()
      return
    }
    while let (one, other) = closestPair() {
      let (weight, otherWeight) = (exp(hypotheses[one].logWeight), exp(hypotheses[other].logWeight))
      let absorbed = hypotheses.remove(at: other)
      hypotheses[one].estimate.merge(
        absorbed.estimate, weight: weight, otherWeight: otherWeight)
      hypotheses[one].logWeight = log(weight + otherWeight)
    }
    normalise()
  }

  /// The two accounts of the same kind that lose least by becoming one, if they are alike or too
  /// many.
  private func closestPair() -> (Int, Int)? {
    var least = (cost: Double.greatestFiniteMagnitude, distance: 0.0, one: 0, other: 0)
    for one in hypotheses.indices {
      for other in hypotheses.indices.dropFirst(one + 1)
      where hypotheses[one].isBurning == hypotheses[other].isBurning {
        let distance = hypotheses[one].estimate.gap(to: hypotheses[other].estimate)
        let weights = (exp(hypotheses[one].logWeight), exp(hypotheses[other].logWeight))
        let cost = distance * weights.0 * weights.1 / (weights.0 + weights.1)
        if cost < least.cost { least = (cost, distance, one, other) }
      }
    }
    guard least.cost < .greatestFiniteMagnitude else { return nil }
    let alike = least.distance < 0.25 || least.cost < 0.002
    return alike || hypotheses.count > Self.limit ? (least.one, least.other) : nil
  }
}

extension Bank {
  /// Believes less: adds to the spread of ln drag, and of velocity in m/s.
  mutating func doubt(logDrag: Double, speed: Double) {
    for index in hypotheses.indices {
      hypotheses[index].estimate[6, 6] += logDrag * logDrag
      for axis in 3..<6 {
        hypotheses[index].estimate[axis, axis] += speed * speed
      }
    }
  }
}

extension Estimate {
  /// The moment of burnout within `span` is not known: a uniform share of the thrust's push.
  fileprivate mutating func blur(burnoutWithin span: Double) {
    let push = exp(min(self[9], 9)) * span / 12.0.squareRoot()
    let heading = velocity / max(length(velocity), 1)
    for i in 0..<3 {
      for j in 0..<3 { self[i + 3, j + 3] += push * push * heading[i] * heading[j] }
    }
  }

  /// The mean, over what is believed of the velocity, of how the two priors' densities stand to each other; their
  /// ratio is a bell as well. Each axis for itself: how their errors go together is left out.
  /// - Parameter velocity: the middle of what is believed, at first sight.
  fileprivate func logRising(_ priors: Priors, velocity: Vector) -> Double {
    let any = 1 / (priors.speedSigma * priors.speedSigma)
    return (0..<3).reduce(0) { sum, axis in
      let usual = axis == 2 ? priors.climb : 0
      let spread = axis == 2 ? priors.climbSigma : priors.acrossSigma
      let rising = 1 / (spread * spread)
      let precision = rising - any
      let middle = usual * rising / precision
      let miss = velocity[axis] - middle
      let blur = 1 + precision * self[axis + 3, axis + 3]
      let exponent =
        precision * middle * middle - rising * usual * usual - precision * miss * miss / blur
      return sum + 0.5 * (log(rising / (any * blur)) + exponent)
    }
  }

  /// A squared distance in speed and drag by the greater of the two spreads.
  fileprivate func gap(to other: Estimate) -> Double {
    (0..<7).reduce(0) { sum, index in
      let gap = self[index] - other[index]
      return sum + gap * gap / max(self[index, index], other[index, index], 1e-12)
    }
  }
}

func logSum(_ values: [Double]) -> Double {
  guard let top = values.max(), top > -.greatestFiniteMagnitude else { return -1e300 }
  return top + log(values.reduce(0) { $0 + exp($1 - top) })
}
