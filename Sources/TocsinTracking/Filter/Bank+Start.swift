import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Bank {
  /// A bank from the first two plots of a body.
  ///
  /// - Returns: with it, ln of how likely the second plot was after the first; `nil` if no motion
  /// fits.
  static func start(
    _ first: Measurement, _ second: Measurement, _ dynamics: Dynamics, _ priors: Priors
  ) -> (bank: Bank, logLikelihood: Double)? {
    let span = (second.time - first.time).inSeconds
    guard span > 0.01 else { return nil }
    let height = dynamics.frame.height(of: first.place)
    var accounts: [Hypothesis] = []
    for course in courses(span, height: height, priors) where course.share > 0.005 {
      guard
        let (estimate, own) = fit(first, second, span, burning: course.burning, dynamics, priors)
      else { continue }
      accounts.append(
        Hypothesis(
          isBurning: course.burning >= span, logWeight: log(course.share) + own,
          estimate: estimate))
    }
    guard !accounts.isEmpty else { return nil }
    var bank = Bank(time: second.time, firstSeen: first.time, hypotheses: accounts)
    let total = bank.normalise()
    guard bank.isFinite else { return nil }
    bank.hypotheses.removeAll { $0.logWeight < -6 }
    bank.reduce()
    return (bank, total)
  }

  /// How long the motor may have burned after the first plot, with shares that add up to one.
  ///
  /// A slow radar sees a body late in the burn or after it: the first plot lies anywhere within
  /// one look after the body came into sight, and the span between the plots stands for a look.
  /// Bodies first seen high burn seldom.
  private static func courses(
    _ span: Double, height: Double, _ priors: Priors
  ) -> [(burning: Double, share: Double)] {
    let late = [0.1, 0.3, 0.5, 0.7, 0.9].reduce(0) {
      $0 + priors.stillBurning(after: $1 * span, age: 0) / 5
    }
    let low = exp(-(height / 2500) * (height / 2500))
    let share = max(priors.burning * late * low, 1e-6)
    var courses = [(burning: 0.0, share: 1 - share)]
    let count = min(max(Int((span / 0.4).rounded(.up)), 1), 5)
    let part = min(span, 3) / Double(count)
    for turn in 0..<count {
      let before = Double(turn) * part
      let out =
        priors.stillBurning(after: before, age: 0)
        - priors.stillBurning(after: before + part, age: 0)
      courses.append((before + part / 2, max(share * out, 1e-12)))
    }
    courses.append((span, max(share * priors.stillBurning(after: span, age: 0), 1e-12)))
    return courses
  }

  /// An iterated smoother over the two plots: the flight from the first is drawn anew about the
  /// motion that the second makes likely, because a line drawn about an unknown speed would be
  /// meaningless.
  private static func fit(
    _ first: Measurement, _ second: Measurement, _ span: Double, burning: Double,
    _ dynamics: Dynamics, _ priors: Priors
  ) -> (Estimate, Double)? {
    let prior = Estimate(first, priors)
    var guess = prior
    guess.velocity = (second.place - first.place) / span
    if burning > 0 {
      let push = 0.5 * exp(prior[9]) * min(burning, span)
      let pace = max(length(guess.velocity), 1)
      guess.velocity *= max(pace - push, 0.3 * pace) / pace
    }
    for turn in 0...3 {
      guard let (after, way) = chain(from: guess, span, burning, dynamics) else { return nil }
      var result = prior.carried(by: way, aboutGuess: guess, arrivingAt: after)
      result.roughenStart(span, burning: burning, priors)
      let carried = result
      let (own, _) = result.correct(second)
      if turn == 3 { return result.isFinite ? (result, own) : nil }
      let next = prior.smoothed(way, carried: carried, corrected: result)
      let moved = length(next.velocity - guess.velocity)
      guess = next
      if moved < 3 { return (result, own) }
      if !guess.isFinite || length(guess.velocity) > 20_000 { return nil }
    }
    return nil
  }

  /// The flight from a guess and the matrix of the whole way.
  private static func chain(
    from guess: Estimate, _ span: Double, _ burning: Double, _ dynamics: Dynamics
  ) -> (Estimate, Transition)? {
    var (place, velocity) = (guess.place, guess.velocity)
    var way = Transition()
    for (length, burns) in [(min(burning, span), true), (span - min(burning, span), false)]
    where length > 1e-6 {
      let count = max(1, Int(length.rounded(.up)))
      let step = length / Double(count)
      let body = guess.body(burning: burns)
      for _ in 0..<count {
        let after = dynamics.step(place, velocity, body, step)
        let slopes = dynamics.slopes(0.5 * (place + after.0), 0.5 * (velocity + after.1), body)
        way.follow(Transition(slopes, step))
        (place, velocity) = after
      }
    }
    var estimate = guess
    estimate.place = place
    estimate.velocity = velocity
    return estimate.isFinite ? (estimate, way) : nil
  }
}

extension Estimate {
  /// What is believed after the first plot alone: a place, and of all else what is usual. Only the place's own
  /// numbers are tied to one another.
  fileprivate init(_ first: Measurement, _ priors: Priors) {
    self.init(place: first.place, priors: priors)
    let spread = first.covariance
    for i in 0..<3 {
      for j in 0..<3 { self[i, j] = spread[3 * i + j] }
    }
  }

  /// The belief after the first plot through a matrix drawn about a guess: f(guess) + F (mean − guess), F P Fᵀ.
  fileprivate func carried(
    by way: borrowing Transition, aboutGuess guess: Estimate, arrivingAt after: Estimate
  ) -> Estimate {
    let size = Self.size
    var result = self
    let rows = way.rows.span
    for i in 0..<6 {
      var sum = after[i]
      for k in 0..<size { sum += rows[size * i + k] * (self[k] - guess[k]) }
      result[i] = sum
    }
    for i in 6..<size { result[i] = after[i] + (self[i] - guess[i]) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 6 * size) { half in
      for i in 0..<6 {
        for j in 0..<3 {
          half[size * i + j] =
            rows[size * i] * self[0, j] + rows[size * i + 1] * self[1, j]
            + rows[size * i + 2] * self[2, j]
        }
        for j in 3..<size { half[size * i + j] = rows[size * i + j] * self[j, j] }
      }
      result.withNumbers { _, covariance in
        for i in 0..<6 {
          for j in 0..<6 {
            var sum = 0.0
            for k in 0..<size { sum += half[size * i + k] * rows[size * j + k] }
            covariance[size * i + j] = sum
          }
          for j in 6..<size {
            covariance[size * i + j] = half[size * i + j]
            covariance[size * j + i] = half[size * i + j]
          }
        }
      }
    }
    return result
  }

  /// The state at the first plot after the second is known: x₁ + P₁ Fᵀ P₂⁻¹ (x₂⁺ − x₂⁻), where
  /// P₂⁻¹ (x₂⁺ − x₂⁻) is read off the change of the place alone, because only places are measured.
  fileprivate func smoothed(
    _ way: borrowing Transition, carried: Estimate, corrected: Estimate
  ) -> Estimate {
    // x₂⁺ − x₂⁻ = P₂ Hᵀ y, so its first three rows give y through the 3×3 corner of P₂.
    let shift = Vector(
      corrected[0] - carried[0], corrected[1] - carried[1], corrected[2] - carried[2])
    let weight = solve3(carried, shift)
    let rows = way.rows.span
    var result = self
    for i in 0..<Self.size {
      var sum = 0.0
      for axis in 0..<3 {
        let row = Self.size * axis
        let cross =
          i < 3
          ? self[i, 0] * rows[row] + self[i, 1] * rows[row + 1] + self[i, 2] * rows[row + 2]
          : self[i, i] * rows[row + i]
        sum += cross * weight[axis]
      }
      result[i] = self[i] + sum
    }
    return result
  }

  fileprivate mutating func roughenStart(_ span: Double, burning: Double, _ priors: Priors) {
    let fire = min(burning, span)
    let power =
      priors.flightNoise * priors.flightNoise * (span - fire)
      + priors.thrustNoise * priors.thrustNoise * fire
    for axis in 0..<3 {
      self[axis, axis] += power * span * span / 3
      self[axis, axis + 3] += power * span / 2
      self[axis + 3, axis] += power * span / 2
      self[axis + 3, axis + 3] += power
    }
    // The moment of burnout is known to a fraction of the grid that `courses` lays.
    guard fire > 0, fire < span else { return }
    let push = exp(min(self[9], 9)) * 0.12
    let heading = velocity / max(length(velocity), 1)
    for i in 0..<3 {
      for j in 0..<3 { self[i + 3, j + 3] += push * push * heading[i] * heading[j] }
    }
  }
}

/// Solves the 3×3 corner of a covariance for a vector, by cofactors.
private func solve3(_ estimate: Estimate, _ vector: Vector) -> Vector {
  let a = Vector(estimate[0, 0], estimate[0, 1], estimate[0, 2])
  let b = Vector(estimate[1, 0], estimate[1, 1], estimate[1, 2])
  let c = Vector(estimate[2, 0], estimate[2, 1], estimate[2, 2])
  let determinant = dot(a, cross(b, c))
  guard abs(determinant) > 1e-300 else { return Vector() }
  return (vector.x * cross(b, c) + vector.y * cross(c, a) + vector.z * cross(a, b)) / determinant
}
