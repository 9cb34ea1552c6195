#if canImport(Glibc)
  import Glibc
#endif

/// The numbers at one moment with their covariance.
struct Belief: Hashable, Sendable, Codable {
  var numbers: Numbers
  var covariance: Matrix16

  init(numbers: Numbers, covariance: Matrix16) {
    self.numbers = numbers
    self.covariance = covariance
  }

  /// A course carried to where a passage has come: J P Jᵀ, where J differs from one only in the six
  /// rows of place and velocity.
  init(_ course: Course, at passage: Passage) {
    let moved = [
      passage.placeRows.0, passage.placeRows.1, passage.placeRows.2, passage.velocityRows.0,
      passage.velocityRows.1, passage.velocityRows.2,
    ]
    let half = moved.map { course.covariance.times($0) }
    covariance = course.covariance
    for i in 0..<6 {
      for j in 0..<6 { covariance[i, j] = (moved[i] * half[j]).sum() }
      for j in 6..<16 {
        covariance[i, j] = half[i][j]
        covariance[j, i] = half[i][j]
      }
    }
    covariance.symmetrise()
    numbers = course.numbers
    for axis in 0..<3 {
      numbers[axis] = passage.place[axis]
      numbers[3 + axis] = passage.velocity[axis]
    }
    numbers[12] += numbers[13] * passage.elapsed
    numbers[14] -= passage.elapsed
  }

  /// One mean and covariance for several with shares that need not add up to one.
  init?(mixing parts: [(share: Double, belief: Belief)]) {
    let total = parts.reduce(0) { $0 + $1.share }
    guard total > 0, let first = parts.first else { return nil }
    numbers = parts.reduce(Numbers()) { $0 + ($1.share / total) * $1.belief.numbers }
    guard parts.count > 1 else {
      covariance = first.belief.covariance
      return
    }
    covariance = Matrix16(diagonal: Numbers())
    for (share, belief) in parts {
      covariance.add(belief.covariance, gap: belief.numbers - numbers, share: share / total)
    }
  }

  /// What so many seconds of flight change that the model leaves out; and the motor, which is out,
  /// matters no more.
  mutating func roughen(over seconds: Double, _ priors: FlightPriors) {
    let walk = min(seconds, 10) / 10
    covariance[6, 6] += walk * priors.dragWalk * priors.dragWalk
    covariance[10, 10] += walk * priors.windWalk * priors.windWalk
    covariance[11, 11] += walk * priors.windWalk * priors.windWalk
    for index in 12...14 { covariance.forget(index, variance: 1) }
    numbers[13] = 0
    numbers[14] = 0
  }

  /// After a body began to fly otherwise: it may tumble, or have lost a part.
  mutating func doubtDrag(_ priors: FlightPriors) {
    numbers[6] += priors.changedDrag
    covariance[6, 6] += priors.changedDragSigma * priors.changedDragSigma
    covariance[7, 7] += 0.1
    for axis in 3..<6 { covariance[axis, axis] += 4 }
  }

  /// Adds what will yet change on the way down. A body that has just begun to tumble turns ever more across its
  /// way: its drag grows on for some seconds.
  mutating func age(_ priors: FlightPriors, sinceChange: Double? = nil) {
    let fresh = sinceChange.map { exp(-max($0, 0) / priors.growthTime) } ?? 0
    numbers[6] += fresh * priors.furtherDrag
    let further = fresh * priors.furtherDragSigma
    covariance[6, 6] += priors.futureDrag * priors.futureDrag + further * further
    covariance[10, 10] += priors.futureWind * priors.futureWind
    covariance[11, 11] += priors.futureWind * priors.futureWind
  }
}

/// A plot as a fit takes it: seconds after the epoch, place, and the inverse of its covariance.
struct FitPoint: Hashable, Sendable, Codable {
  var elapsed: Double
  var place: Vector
  /// Of the tracker's list; −1 for none.
  var radar: Int
  private var first: Vector
  private var second: Vector
  private var third: Vector

  /// Rows of the inverse covariance, 1/m².
  var weight: (Vector, Vector, Vector) { (first, second, third) }

  /// The inverse covariance times a shift of the place.
  @inline(__always)
  func weighted(_ shift: Vector) -> Vector {
    Vector(dot(first, shift), dot(second, shift), dot(third, shift))
  }

  init(_ measured: Measurement, elapsed: Double) {
    self.elapsed = elapsed
    place = measured.place
    radar = measured.radar
    var rows = [Vector(), Vector(), Vector()]
    for axis in 0..<3 {
      let direction = measured.axes[axis]
      let weight = 1 / (measured.sigmas[axis] * measured.sigmas[axis])
      for row in 0..<3 { rows[row] += (weight * direction[row]) * direction }
    }
    (first, second, third) = (rows[0], rows[1], rows[2])
  }

  /// A place that is as sure in every direction.
  init(at place: Vector, elapsed: Double, sigma: Double) {
    self.elapsed = elapsed
    self.place = place
    radar = -1
    let weight = 1 / (sigma * sigma)
    (first, second, third) = (
      Vector(weight, 0, 0), Vector(0, weight, 0), Vector(0, 0, weight)
    )
  }
}
