#if canImport(Glibc)
  import Glibc
#endif

/// What a filter believes: ten numbers and their covariance.
///
/// Place (3, m), velocity (3, m/s), ln drag, wind to east and north beside the message's (m/s), ln
/// thrust. The mean and then the covariance by rows stand in one place, without an allocation.
struct Estimate: Sendable {
  static let size = 10
  private var numbers: InlineArray<110, Double>

  init(place: Vector, priors: Priors) {
    numbers = InlineArray(repeating: 0)
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
    get { Vector(self[0], self[1], self[2]) }
    set { (self[0], self[1], self[2]) = (newValue.x, newValue.y, newValue.z) }
  }

  var velocity: Vector {
    get { Vector(self[3], self[4], self[5]) }
    set { (self[3], self[4], self[5]) = (newValue.x, newValue.y, newValue.z) }
  }

  // Through spans: the subscript of an inline array is many times slower (Swift 6.3).
  subscript(index: Int) -> Double {
    get { numbers.span[index] }
    set {
      var span = numbers.mutableSpan
      span[index] = newValue
    }
  }

  /// Of the covariance.
  subscript(row: Int, column: Int) -> Double {
    get { self[Self.size * (row + 1) + column] }
    set { self[Self.size * (row + 1) + column] = newValue }
  }

  func body(burning: Bool) -> Dynamics.Body {
    Dynamics.Body(
      logDrag: self[6], wind: Vector(self[7], self[8], 0),
      thrust: burning ? exp(min(self[9], 9)) : 0)
  }

  var isFinite: Bool { numbers.indices.allSatisfy { self[$0].isFinite } }

  /// Of the place, along a direction.
  func variance(along axis: Vector) -> Double {
    var sum = 0.0
    for i in 0..<3 { for j in 0..<3 { sum += axis[i] * self[i, j] * axis[j] } }
    return sum
  }

  /// Whether the covariance is one: positive definite, by Cholesky on the scale of its diagonal.
  var isPositive: Bool {
    let size = Self.size
    var factor = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        let scale = (self[i, i] * self[j, j]).squareRoot()
        guard scale > 0 else { return false }
        var rest = self[i, j] / scale
        for k in 0..<j { rest -= factor[i * size + k] * factor[j * size + k] }
        if i == j {
          guard rest > 0 else { return false }
          factor[i * size + i] = rest.squareRoot()
        } else {
          factor[i * size + j] = rest / factor[j * size + j]
        }
      }
    }
    return true
  }

  mutating func withNumbers<Result>(
    _ work: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    var span = numbers.mutableSpan
    return span.withUnsafeMutableBufferPointer { buffer in
      // Never empty: it has 110 numbers.
      let start = buffer.baseAddress.unsafelyUnwrapped
      return work(start, start + Self.size)
    }
  }
}

extension Estimate: Hashable {
  static func == (left: Estimate, right: Estimate) -> Bool {
    left.numbers.indices.allSatisfy { left[$0] == right[$0] }
  }

  func hash(into hasher: inout Hasher) {
    for index in numbers.indices { hasher.combine(self[index]) }
  }
}

extension Estimate: Codable {
  private enum CodingKeys: CodingKey { case numbers }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let stored = try container.decode([Double].self, forKey: .numbers)
    numbers = InlineArray(repeating: 0)
    guard stored.count == numbers.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .numbers, in: container,
        debugDescription: "A stored estimate has \(stored.count) numbers, not \(numbers.count).")
    }
    for (index, number) in stored.enumerated() { self[index] = number }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(numbers.indices.map { self[$0] }, forKey: .numbers)
  }
}

// MARK: - Time

extension Estimate {
  /// Carries the belief `span` seconds on, in steps of at most so many seconds.
  mutating func advance(
    by span: Double, burning: Bool, _ dynamics: Dynamics, _ priors: Priors, longest: Double = 1
  ) {
    guard span > 0 else { return }
    let count = max(1, Int((span / longest).rounded(.up)))
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

  /// P ← F P Fᵀ, where only the six rows of motion of F differ from the identity. What is not used any
  /// more, the thrust of a motor that is out, must keep no ties to what moves on without it.
  private mutating func spread(_ transition: borrowing Transition, _ used: Int) {
    let size = Self.size
    let rows = transition.rows.span
    withNumbers { _, covariance in
      for i in 0..<used {
        for j in used..<size {
          covariance[i * size + j] = 0
          covariance[j * size + i] = 0
        }
      }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 60) { product in
        // Never empty: its capacity is 60.
        let start = product.baseAddress.unsafelyUnwrapped
        for i in 0..<6 {
          var sum = rows[i * size] * Row(at: covariance)
          for k in 1..<used { sum.add(rows[i * size + k], Row(at: covariance + k * size)) }
          sum.store(to: start + i * size)
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

  /// One scalar: row · state = aim ± sigma, in Joseph's form A P Aᵀ + σ² k kᵀ with A = 1 − k hᵀ, which
  /// no rounding turns negative (Bierman, *Factorization Methods for Discrete Sequential
  /// Estimation*, 1977, ch. V).
  private mutating func correct(
    along row: Vector, _ speedRow: Vector, _ target: Vector?, aim given: Double = 0, sigma: Double
  ) -> (Double, Double) {
    let size = Self.size
    let moving = speedRow != Vector()
    @inline(__always)
    func along(_ numbers: UnsafeMutablePointer<Double>) -> Double {
      var sum = numbers[0] * row.x + numbers[1] * row.y + numbers[2] * row.z
      if moving {
        sum += numbers[3] * speedRow.x + numbers[4] * speedRow.y + numbers[5] * speedRow.z
      }
      return sum
    }
    return withNumbers { mean, covariance in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { buffer in
        // Never empty: its capacity is the size.
        let gain = buffer.baseAddress.unsafelyUnwrapped
        let aim = target.map { dot(row, $0) } ?? given
        for i in 0..<size { gain[i] = along(covariance + i * size) }
        let spread = sigma * sigma + along(gain)
        let miss = (aim - along(mean)) / spread
        for i in 0..<size {
          mean[i] += gain[i] * miss
          let share = gain[i] / spread
          for j in 0..<size { covariance[i * size + j] -= share * gain[j] }
        }
        // What Joseph's form adds to P − k (P h)ᵀ: nothing, but for rounding.
        for i in 0..<size {
          let rest = sigma * sigma * gain[i] / spread - along(covariance + i * size)
          for j in 0..<size { covariance[i * size + j] += rest * (gain[j] / spread) }
        }
        for i in 0..<size {
          for j in 0..<i {
            let middle = 0.5 * (covariance[i * size + j] + covariance[j * size + i])
            covariance[i * size + j] = middle
            covariance[j * size + i] = middle
          }
        }
        return (miss * miss * spread, spread)
      }
    }
  }

  /// Squared distance of a measurement from what is expected, and ln of its likelihood, changing
  /// nothing: by the Cholesky factor of its covariance along the three axes of measurement.
  func distance(of measured: Measurement) -> (distance: Double, logLikelihood: Double) {
    let miss = measured.place - place
    let axes = measured.axes
    @inline(__always)
    func spread(_ axis: Vector) -> Vector {
      Vector(
        self[0, 0] * axis.x + self[0, 1] * axis.y + self[0, 2] * axis.z,
        self[1, 0] * axis.x + self[1, 1] * axis.y + self[1, 2] * axis.z,
        self[2, 0] * axis.x + self[2, 1] * axis.y + self[2, 2] * axis.z)
    }
    let noise = measured.sigmas * measured.sigmas
    let first = spread(axes.range)
    let second = spread(axes.azimuth)
    let third = spread(axes.elevation)
    let a = dot(axes.range, first) + noise.x
    let low = dot(axes.azimuth, first) / a
    let b = dot(axes.azimuth, second) + noise.y - low * low * a
    let far = dot(axes.elevation, first) / a
    let near = (dot(axes.elevation, second) - far * low * a) / b
    let c = dot(axes.elevation, third) + noise.z - far * far * a - near * near * b
    let x = dot(axes.range, miss)
    let y = dot(axes.azimuth, miss) - low * x
    let z = dot(axes.elevation, miss) - far * x - near * y
    let distance = x * x / a + y * y / b + z * z / c
    let volume = 8 * .pi * .pi * .pi * a * b * c
    return (distance, -0.5 * (distance + log(volume)))
  }
}

// MARK: - Mixing

extension Estimate {
  /// Becomes the mean and covariance of both together.
  mutating func merge(_ other: Estimate, weight: Double, otherWeight: Double) {
    let size = Self.size
    let share = otherWeight / (weight + otherWeight)
    for i in 0..<size {
      for j in 0..<size {
        let gap = (other[i] - self[i]) * (other[j] - self[j])
        self[i, j] = (1 - share) * self[i, j] + share * other[i, j] + share * (1 - share) * gap
      }
    }
    for i in 0..<size { self[i] += share * (other[i] - self[i]) }
  }
}

/// The six rows of motion of the matrix that carries a small difference on.
struct Transition {
  private(set) var rows = InlineArray<60, Double>(repeating: 0)

  /// To second order in the span.
  init(_ slopes: Dynamics.Slopes, _ span: Double) {
    let half = 0.5 * span * span
    func speeds(_ direction: Vector) -> Vector {
      slopes.velocity.0 * direction.x + slopes.velocity.1 * direction.y
        + slopes.velocity.2 * direction.z
    }
    func setAxis(_ column: Int, _ place: Vector, _ velocity: Vector) {
      var unit = Vector()
      unit[column] = 1
      set(column, unit + half * place, span * place + half * speeds(place))
      set(
        column + 3, span * unit + half * velocity, unit + span * velocity + half * speeds(velocity))
    }
    setAxis(0, slopes.place.0, slopes.velocity.0)
    setAxis(1, slopes.place.1, slopes.velocity.1)
    setAxis(2, slopes.place.2, slopes.velocity.2)
    func setOther(_ column: Int, _ cause: Vector) {
      set(column, half * cause, span * cause + half * speeds(cause))
    }
    setOther(6, slopes.logDrag)
    setOther(7, slopes.windEast)
    setOther(8, slopes.windNorth)
    setOther(9, slopes.logThrust)
  }

  private mutating func set(_ column: Int, _ place: Vector, _ velocity: Vector) {
    var span = rows.mutableSpan
    for axis in 0..<3 {
      span[axis * 10 + column] = place[axis]
      span[(axis + 3) * 10 + column] = velocity[axis]
    }
  }

  /// Of no way at all.
  init() {
    var span = rows.mutableSpan
    for index in 0..<6 { span[11 * index] = 1 }
  }

  /// Becomes the matrix of its own way and then a next one. The rows that are not kept are those of the identity.
  mutating func follow(_ next: borrowing Transition) {
    let before = rows
    let factors = next.rows.span
    var span = rows.mutableSpan
    before.span.withUnsafeBufferPointer { before in
      span.withUnsafeMutableBufferPointer { rows in
        // Never empty: they have 60 numbers.
        let old = before.baseAddress.unsafelyUnwrapped
        let new = rows.baseAddress.unsafelyUnwrapped
        for i in 0..<6 {
          var sum = factors[10 * i] * Row(at: old)
          for k in 1..<6 { sum.add(factors[10 * i + k], Row(at: old + 10 * k)) }
          sum.store(to: new + 10 * i)
          for j in 6..<10 { new[10 * i + j] += factors[10 * i + j] }
        }
      }
    }
  }
}

/// Ten numbers next to one another, so that several columns of a product are summed at once.
private struct Row {
  private var low: SIMD8<Double>
  private var high: SIMD2<Double>

  @inline(__always)
  init(at start: UnsafePointer<Double>) {
    let bytes = UnsafeRawPointer(start)
    low = bytes.loadUnaligned(as: SIMD8<Double>.self)
    high = bytes.loadUnaligned(fromByteOffset: 64, as: SIMD2<Double>.self)
  }

  @inline(__always)
  static func * (factor: Double, row: Row) -> Row {
    var product = row
    product.low *= factor
    product.high *= factor
    return product
  }

  @inline(__always)
  mutating func add(_ factor: Double, _ row: Row) {
    low += factor * row.low
    high += factor * row.high
  }

  @inline(__always)
  func store(to start: UnsafeMutablePointer<Double>) {
    let bytes = UnsafeMutableRawPointer(start)
    bytes.storeBytes(of: low, as: SIMD8<Double>.self)
    bytes.storeBytes(of: high, toByteOffset: 64, as: SIMD2<Double>.self)
  }
}
