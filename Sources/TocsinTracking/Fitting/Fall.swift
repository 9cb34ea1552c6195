#if canImport(Glibc)
  import Glibc
#endif

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
    covariance = Self.spread(of: parts, about: mean)
  }

  /// As few as tell the same: those that are alike become one, and the cheapest pairs until at most
  /// `most` are left. Cost of a merger: the shares that move by how far they move (Runnalls, *IEEE
  /// Trans. Aerospace and Electronic Systems* 43, 2007, in its simplest form).
  static func reduced(_ parts: [(share: Double, fall: Fall)], most: Int) -> [(
    share: Double, fall: Fall
  )] {
    let total = parts.reduce(0) { $0 + $1.share }
    guard total > 0 else { return [] }
    var parts = parts.map { (share: $0.share / total, fall: $0.fall) }.filter { $0.share > 1e-4 }
    while parts.count > 1 {
      var least = (cost: Double.infinity, one: 0, other: 1)
      for one in parts.indices {
        for other in parts.indices.dropFirst(one + 1) {
          let cost = Self.costOfMerging(parts[one], parts[other])
          if cost < least.cost { least = (cost, one, other) }
        }
      }
      guard least.cost < 0.02 || parts.count > most,
        let merged = Fall(averaging: [parts[least.one], parts[least.other]])
      else { break }
      parts[least.one] = (parts[least.one].share + parts[least.other].share, merged)
      parts.remove(at: least.other)
    }
    return parts.sorted { $0.share > $1.share }
  }

  private static func costOfMerging(
    _ one: (share: Double, fall: Fall), _ other: (share: Double, fall: Fall)
  ) -> Double {
    guard let merged = Fall(averaging: [one, other]) else { return .infinity }
    let area = { (fall: Fall) in
      log(max(fall.covariance[0] * fall.covariance[5] - fall.covariance[1] * fall.covariance[1], 1))
    }
    let own = one.share * area(one.fall) + other.share * area(other.fall)
    return 0.5 * ((one.share + other.share) * area(merged) - own)
  }

  /// Mean and covariance of several together.
  private init?(averaging parts: [(share: Double, fall: Fall)]) {
    let total = parts.reduce(0) { $0 + $1.share }
    guard total > 0 else { return nil }
    mean = parts.reduce(SIMD4()) { $0 + ($1.share / total) * $1.fall.mean }
    covariance = Self.spread(of: parts, about: mean)
  }

  /// Second moments about a point.
  private static func spread(
    of parts: [(share: Double, fall: Fall)], about point: SIMD4<Double>
  ) -> [Double] {
    let total = parts.reduce(0) { $0 + $1.share }
    var covariance = [Double](repeating: 0, count: 16)
    for (share, fall) in parts {
      let gap = fall.mean - point
      for i in 0..<4 {
        for j in 0..<4 {
          covariance[4 * i + j] += share / total * (fall.covariance[4 * i + j] + gap[i] * gap[j])
        }
      }
    }
    return covariance
  }
}
