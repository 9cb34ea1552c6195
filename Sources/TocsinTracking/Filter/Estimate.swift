#if canImport(Glibc)
  import Glibc
#endif

/// What a filter believes: ten numbers and their covariance.
///
/// Place (3, m), velocity (3, m/s), ln drag, wind to east and north beside the message's (m/s), ln
/// thrust. One flat array holds the mean and the covariance by rows, so that a copy is one
/// allocation.
struct Estimate: Hashable, Sendable, Codable {
  static let size = 10
  private(set) var numbers: [Double]

  init(place: Vector, priors: Priors) {
    numbers = [Double](repeating: 0, count: Self.size * (Self.size + 1))
    self.place = place
    numbers[6] = priors.logDrag
    numbers[9] = priors.logThrust
    for axis in 3..<6 { self[axis, axis] = priors.speedSigma * priors.speedSigma }
    self[6, 6] = priors.logDragSigma * priors.logDragSigma
    self[7, 7] = priors.windSigma * priors.windSigma
    self[8, 8] = priors.windSigma * priors.windSigma
    self[9, 9] = priors.logThrustSigma * priors.logThrustSigma
  }

  var place: Vector {
    get { Vector(numbers[0], numbers[1], numbers[2]) }
    set { (numbers[0], numbers[1], numbers[2]) = (newValue.x, newValue.y, newValue.z) }
  }

  var velocity: Vector {
    get { Vector(numbers[3], numbers[4], numbers[5]) }
    set { (numbers[3], numbers[4], numbers[5]) = (newValue.x, newValue.y, newValue.z) }
  }

  subscript(index: Int) -> Double {
    get { numbers[index] }
    set { numbers[index] = newValue }
  }

  /// Of the covariance.
  subscript(row: Int, column: Int) -> Double {
    get { numbers[Self.size * (row + 1) + column] }
    set { numbers[Self.size * (row + 1) + column] = newValue }
  }

  func body(burning: Bool) -> Dynamics.Body {
    Dynamics.Body(
      logDrag: numbers[6], wind: Vector(numbers[7], numbers[8], 0),
      thrust: burning ? exp(min(numbers[9], 9)) : 0)
  }

  var isFinite: Bool { numbers.allSatisfy(\.isFinite) }

  mutating func withNumbers<Result>(
    _ work: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    numbers.withUnsafeMutableBufferPointer { buffer in
      // Never empty: made with 110 numbers and never resized.
      let start = buffer.baseAddress.unsafelyUnwrapped
      return work(start, start + Self.size)
    }
  }
}

// MARK: - Time

extension Estimate {
  /// Carries the belief `span` seconds on, in steps of at most half a second.
  mutating func advance(
    by span: Double, burning: Bool, _ dynamics: Dynamics, _ priors: Priors
  ) {
    guard span > 0 else { return }
    let count = max(1, Int((span / 0.5).rounded(.up)))
    for _ in 0..<count { step(span / Double(count), burning, dynamics, priors) }
  }

  private mutating func step(
    _ span: Double, _ burning: Bool, _ dynamics: Dynamics, _ priors: Priors
  ) {
    let body = self.body(burning: burning)
    let (place, velocity) = (self.place, self.velocity)
    let after = dynamics.step(place, velocity, body, span)
    let slopes = dynamics.slopes(
      0.5 * (place + after.0), 0.5 * (velocity + after.1), body)
    spread(Transition(slopes, span), burning ? Self.size : Self.size - 1)
    roughen(span, burning, from: (place, velocity), to: after, body, dynamics, priors)
    self.place = after.0
    self.velocity = after.1
  }

  /// P ← F P Fᵀ, where only the six rows of motion of F differ from the identity.
  private mutating func spread(_ transition: borrowing Transition, _ used: Int) {
    let size = Self.size
    withNumbers { _, covariance in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 60) { product in
        transition.rows.withUnsafeBufferPointer { rows in
          for i in 0..<6 {
            for j in 0..<used {
              var sum = 0.0
              for k in 0..<used { sum += rows[i * size + k] * covariance[k * size + j] }
              product[i * size + j] = sum
            }
          }
          for i in 0..<6 {
            for j in 0...i {
              var sum = 0.0
              for k in 0..<used { sum += product[i * size + k] * rows[j * size + k] }
              covariance[i * size + j] = sum
              covariance[j * size + i] = sum
            }
            for j in 6..<used {
              covariance[i * size + j] = product[i * size + j]
              covariance[j * size + i] = product[i * size + j]
            }
          }
        }
      }
    }
  }

  /// Adds what the model leaves out.
  private mutating func roughen(
    _ span: Double, _ burning: Bool, from before: (Vector, Vector), to after: (Vector, Vector),
    _ body: Dynamics.Body, _ dynamics: Dynamics, _ priors: Priors
  ) {
    let noise = burning ? priors.thrustNoise : priors.flightNoise
    let power = noise * noise
    for axis in 0..<3 {
      self[axis, axis] += power * span * span * span / 3
      self[axis, axis + 3] += power * span * span / 2
      self[axis + 3, axis] += power * span * span / 2
      self[axis + 3, axis + 3] += power * span
    }
    let was = DragShape.supersonic(dynamics.mach(before.0, before.1, body.wind))
    let now = DragShape.supersonic(dynamics.mach(after.0, after.1, body.wind))
    let bend = priors.shapeSigma * priors.shapeSigma * abs(now - was)
    self[6, 6] += priors.dragWalk * priors.dragWalk * span + bend
    let climbed = abs(after.0.z - before.0.z) / 1000
    self[7, 7] += priors.windShear * priors.windShear * climbed
    self[8, 8] += priors.windShear * priors.windShear * climbed
    if burning { self[9, 9] += priors.thrustWalk * priors.thrustWalk * span }
  }
}

// MARK: - Measurements

extension Estimate {
  /// Takes a measurement, one axis after the other.
  /// - Returns: ln of its likelihood, and the squared distance from what was expected.
  mutating func correct(_ measured: Measurement) -> (logLikelihood: Double, distance: Double) {
    var logLikelihood = 0.0
    var distance = 0.0
    for axis in 0..<3 {
      let (own, spread) = correct(
        along: measured.axes[axis], Vector(), measured.place, sigma: measured.sigmas[axis])
      logLikelihood -= 0.5 * (own + log(2 * .pi * spread))
      distance += own
    }
    return (logLikelihood, distance)
  }

  /// Takes the speed away from the radar.
  mutating func correct(doppler: Double, _ measured: Measurement, site: Site, sigma: Double) {
    let away = place - site.place
    let range = max(length(away), 1)
    let outward = away / range
    let speed = dot(velocity, outward)
    let turn = (velocity - speed * outward) / range
    // The value that the rows (turn, outward) would give if the measurement were as said.
    let aim = dot(turn, place) + speed - (speed - doppler)
    _ = correct(along: turn, outward, nil, aim: aim, sigma: sigma)
  }

  /// One scalar: row · state = aim ± sigma. P − (P h)(P h)ᵀ/s keeps P symmetric to the last bit.
  private mutating func correct(
    along row: Vector, _ speedRow: Vector, _ target: Vector?, aim given: Double = 0, sigma: Double
  ) -> (Double, Double) {
    let size = Self.size
    let moving = speedRow != Vector()
    return withNumbers { mean, covariance in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { gain in
        var expected = row.x * mean[0] + row.y * mean[1] + row.z * mean[2]
        if moving {
          expected += speedRow.x * mean[3] + speedRow.y * mean[4] + speedRow.z * mean[5]
        }
        let aim = target.map { dot(row, $0) } ?? given
        for i in 0..<size {
          let at = covariance + i * size
          gain[i] = at[0] * row.x + at[1] * row.y + at[2] * row.z
          if moving { gain[i] += at[3] * speedRow.x + at[4] * speedRow.y + at[5] * speedRow.z }
        }
        var spread = sigma * sigma + gain[0] * row.x + gain[1] * row.y + gain[2] * row.z
        if moving {
          spread += gain[3] * speedRow.x + gain[4] * speedRow.y + gain[5] * speedRow.z
        }
        let miss = (aim - expected) / spread
        for i in 0..<size {
          mean[i] += gain[i] * miss
          let share = gain[i] / spread
          for j in 0..<size { covariance[i * size + j] -= share * gain[j] }
        }
        return (miss * miss * spread, spread)
      }
    }
  }

  /// Squared distance of a measurement from what is expected, and ln of its likelihood, changing
  /// nothing.
  func distance(of measured: Measurement) -> (distance: Double, logLikelihood: Double) {
    var copy = self
    let (logLikelihood, distance) = copy.correct(measured)
    return (distance, logLikelihood)
  }
}

// MARK: - Mixing

extension Estimate {
  /// Becomes the mean and covariance of both together.
  mutating func merge(_ other: Estimate, weight: Double, otherWeight: Double) {
    let size = Self.size
    let share = otherWeight / (weight + otherWeight)
    let gap = (0..<size).map { other[$0] - self[$0] }
    for i in 0..<size {
      for j in 0..<size {
        self[i, j] =
          (1 - share) * self[i, j] + share * other[i, j] + share * (1 - share) * gap[i] * gap[j]
      }
    }
    for i in 0..<size { self[i] += share * gap[i] }
  }
}

/// The six rows of motion of the matrix that carries a small difference on.
struct Transition {
  var rows: [Double]

  /// To second order in the span.
  init(_ slopes: Dynamics.Slopes, _ span: Double) {
    rows = [Double](repeating: 0, count: 60)
    let half = 0.5 * span * span
    func speeds(_ direction: Vector) -> Vector {
      slopes.velocity.0 * direction.x + slopes.velocity.1 * direction.y
        + slopes.velocity.2 * direction.z
    }
    let places = [slopes.place.0, slopes.place.1, slopes.place.2]
    let velocities = [slopes.velocity.0, slopes.velocity.1, slopes.velocity.2]
    let others = [slopes.logDrag, slopes.windEast, slopes.windNorth, slopes.logThrust]
    for column in 0..<3 {
      var unit = Vector()
      unit[column] = 1
      set(
        column, unit + half * places[column], span * places[column] + half * speeds(places[column]))
      let speed = velocities[column]
      set(column + 3, span * unit + half * speed, unit + span * speed + half * speeds(speed))
    }
    for column in 0..<4 {
      set(column + 6, half * others[column], span * others[column] + half * speeds(others[column]))
    }
  }

  private mutating func set(_ column: Int, _ place: Vector, _ velocity: Vector) {
    for axis in 0..<3 {
      rows[axis * 10 + column] = place[axis]
      rows[(axis + 3) * 10 + column] = velocity[axis]
    }
  }

  /// Full form, for chains of steps.
  var full: [Double] {
    rows + (6..<10).flatMap { row in (0..<10).map { $0 == row ? 1.0 : 0 } }
  }
}
