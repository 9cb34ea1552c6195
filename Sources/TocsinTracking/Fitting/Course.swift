/// One account of a body's motor: out before it was first seen, out since, or still burning.
struct Course: Hashable, Sendable, Codable {
  enum Motor: Hashable, Sendable, Codable {
    case spent
    /// In the so manieth cell of time since the epoch.
    case ended(Int)
    case burning
  }

  var motor: Motor
  /// The likeliest numbers so far, at the epoch.
  var numbers: Numbers
  var covariance: Matrix16
  /// ln of the evidence, up to a constant that all courses share.
  var logEvidence = 0.0
  /// Half the squared distance from plots and prior.
  var cost = 0.0
  /// ln of its share, the prior's taken in.
  var logWeight = 0.0
  var isFitted = false

  init(motor: Motor, numbers: Numbers, covariance: Matrix16) {
    self.motor = motor
    self.numbers = numbers
    self.covariance = covariance
  }

  /// A cell never fitted begins where the cell before it was found, if that rises as a body under thrust does: their
  /// flights are alike, and fewer turns lead there.
  mutating func begin(after other: Course) {
    guard !isFitted, other.isFitted, other.numbers[5] > 0,
      case .ended(let cell) = motor, other.motor == .ended(cell - 1)
    else { return }
    let burnout = numbers[14]
    numbers = other.numbers
    numbers[14] = burnout
  }
}
