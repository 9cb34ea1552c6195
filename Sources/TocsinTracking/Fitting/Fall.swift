/// Where and when a body comes down: a point and second moments about it of (east, north, up,
/// seconds) in the frame.
struct Fall {
  var mean: SIMD4<Double>
  /// By rows.
  var covariance: [Double]

  init(mean: SIMD4<Double>, covariance: [Double]) {
    self.mean = mean
    self.covariance = covariance
  }

  /// One for several with shares that need not add up to one.
  ///
  /// The point is the one from which the landing is least far on average (Weiszfeld's iteration): a few
  /// long burns that may yet come do not pull it along as they would pull the mean. The spread is
  /// taken about that point, so that it stays honest.
  init?(mixing parts: [(share: Double, fall: Fall)]) {
    let total = parts.reduce(0) { $0 + $1.share }
    guard total > 0 else { return nil }
    mean = parts.reduce(SIMD4()) { $0 + ($1.share / total) * $1.fall.mean }
    for _ in 0..<12 where parts.count > 1 {
      var (sum, weights) = (SIMD4<Double>(), 0.0)
      for (share, fall) in parts {
        let gap = fall.mean - mean
        let spread = 0.6 * (fall.covariance[0] + fall.covariance[5])
        let weight = share / (gap.x * gap.x + gap.y * gap.y + spread + 1).squareRoot()
        sum += weight * fall.mean
        weights += weight
      }
      mean = sum / weights
    }
    covariance = [Double](repeating: 0, count: 16)
    for (share, fall) in parts {
      let gap = fall.mean - mean
      for i in 0..<4 {
        for j in 0..<4 {
          covariance[4 * i + j] += share / total * (fall.covariance[4 * i + j] + gap[i] * gap[j])
        }
      }
    }
  }
}
