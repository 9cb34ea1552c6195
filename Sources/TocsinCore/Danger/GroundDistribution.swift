package import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Where a body comes down, as a normal distribution on a plane.
package struct GroundDistribution {
  package let mean: Offset
  /// The lower Cholesky factor of the covariance: [a 0; b c].
  private let a: Double
  private let b: Double
  private let c: Double

  /// - Parameter covariance: square meters; a matrix that is not positive definite gets 1 m² more on its diagonal.
  package init(mean: Offset, covariance: Forecast.Covariance) {
    self.mean = mean
    let sound = covariance.eastEast > 0 && covariance.determinant > 0
    let extra = sound ? 0 : 1 + abs(covariance.eastEast) + abs(covariance.northNorth)
    a = (covariance.eastEast + extra).squareRoot()
    b = covariance.eastNorth / a
    c = max(covariance.northNorth + extra - b * b, 1e-6).squareRoot()
  }

  /// One standard deviation eastward, in meters.
  var sigmaEast: Double { a }
  /// One standard deviation northward, in meters.
  var sigmaNorth: Double { (b * b + c * c).squareRoot() }

  /// Whether an outline may hold more than what lies beyond so many standard deviations to one side.
  ///
  /// - Parameter reach: no point of the outline is farther from the plane's origin, in meters.
  func isNear(reach: Double, deviations: Double) -> Bool {
    // Towards the mean: all that is within reach lies on the far side of a straight line.
    let distance = mean.length
    let (east, north) = (mean.east * a + mean.north * b, mean.north * c)
    return (distance - reach) * distance < deviations * (east * east + north * north).squareRoot()
      || distance <= reach
  }

  /// The probability of coming down within an outline, to about 1e-7.
  ///
  /// The plane is whitened, so that the distribution becomes the standard one, and its integral over the
  /// inside becomes one along the line (Green's theorem): `1/2π ∮ (1 − exp(−r²/2)) dθ`, which holds no
  /// singularity when written along the line.
  package func probability(within outline: Outline) -> Double {
    var sum = 0.0
    for curve in outline.curves {
      let (from, to) = (whitened(curve.from), whitened(curve.to))
      sum +=
        curve.weight == 1
        ? straight(from, to) : arc(from, whitened(curve.corner), to, weight: curve.weight)
    }
    return max(0, min(1, sum / (2 * .pi)))
  }

  private func whitened(_ point: Offset) -> SIMD2<Double> {
    let first = (point.east - mean.east) / a
    return SIMD2(first, (point.north - mean.north - b * first) / c)
  }

  /// Beyond this many standard deviations the density adds less than 1e-8 and only the angle counts.
  private static let far = 6.0

  private func straight(_ from: SIMD2<Double>, _ to: SIMD2<Double>) -> Double {
    let along = to - from
    let length = dot(along, along).squareRoot()
    guard length > 0 else { return 0 }
    let height = cross(from, to) / length
    guard abs(height) < Self.far else { return angle(from, to) }
    // The stretch that is near the mean, in distance along the line from its foot point.
    let start = dot(from, along) / length
    let half = (Self.far * Self.far - height * height).squareRoot()
    let (low, high) = (max(start, -half), min(start + length, half))
    guard low < high else { return angle(from, to) }
    let near = Rule.of(high - low).sum { share in
      let t = low + share * (high - low)
      return growth(height * height + t * t)
    }
    var sum = height * (high - low) * near
    if low > start { sum += angle(from, from + (low - start) / length * along) }
    if high < start + length { sum += angle(from + (high - start) / length * along, to) }
    return sum
  }

  private func arc(
    _ from: SIMD2<Double>, _ corner: SIMD2<Double>, _ to: SIMD2<Double>, weight: Double
  ) -> Double {
    let (first, second) = (corner - from, to - corner)
    let length = dot(first, first).squareRoot() + dot(second, second).squareRoot()
    let near = Self.far + length
    guard dot(from, from) < near * near else { return angle(from, to) }
    if length > 3 {  // Halves (Farin), so that what is far of a long arc is seen to be far.
      let (before, after) = (from + weight * corner, weight * corner + to)
      let half = (before + after) / (2 * (1 + weight))
      let flatter = ((1 + weight) / 2).squareRoot()
      return arc(from, before / (1 + weight), half, weight: flatter)
        + arc(half, after / (1 + weight), to, weight: flatter)
    }
    let middle = weight * corner
    // A wide arc needs as many nodes as a long way, however short it is.
    return Rule.of(max(length, 20 * (1 - weight))).sum { t in
      let (u, v) = (1 - t, 2 * t * (1 - t))
      let scale = u * u + v * weight + t * t
      let point = u * u * from + v * middle + t * t * to
      let tangent = 2 * (u * (middle - from) + t * (to - middle))
      return growth(dot(point, point) / (scale * scale)) * cross(point, tangent) / (scale * scale)
    }
  }
}

private func dot(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { a.x * b.x + a.y * b.y }
private func cross(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { a.x * b.y - a.y * b.x }

/// From one point to another as seen from the mean, in radians.
private func angle(_ from: SIMD2<Double>, _ to: SIMD2<Double>) -> Double {
  atan2(cross(from, to), dot(from, to))
}

/// `(1 − exp(−r²/2)) / r²` of the square of r; it falls smoothly from a half.
private func growth(_ square: Double) -> Double {
  let s = square / 2
  return s < 1e-3 ? 0.5 - s / 4 + s * s / 12 - s * s * s / 48 : (1 - exp(-s)) / square
}

/// Where to take a smooth function, and with what weight, to integrate it from 0 to 1 (Gauss and Legendre).
private struct Rule {
  let nodes: [(at: Double, weight: Double)]
  let panels: Int

  /// - Parameter length: of the way, in standard deviations.
  static func of(_ length: Double) -> Rule {
    if length < 0.12 { return Rule(nodes: two, panels: 1) }
    if length < 0.5 { return Rule(nodes: three, panels: 1) }
    return Rule(nodes: five, panels: Int((length / 1.5).rounded(.up)))
  }

  @inline(__always)
  func sum(_ function: (Double) -> Double) -> Double {
    var sum = 0.0
    for panel in 0..<panels {
      for (at, weight) in nodes {
        sum += weight * function((Double(panel) + at) / Double(panels))
      }
    }
    return sum / Double(panels)
  }

  private static let two = scaled([(-0.5773502691896257, 1), (0.5773502691896257, 1)])
  private static let three = scaled([
    (-0.7745966692414834, 5.0 / 9), (0, 8.0 / 9), (0.7745966692414834, 5.0 / 9),
  ])
  private static let five = scaled([
    (-0.9061798459386640, 0.2369268850561891), (-0.5384693101056831, 0.4786286704993665),
    (0, 0.5688888888888889),
    (0.5384693101056831, 0.4786286704993665), (0.9061798459386640, 0.2369268850561891),
  ])

  /// From −1…1 to 0…1.
  private static func scaled(_ nodes: [(Double, Double)]) -> [(at: Double, weight: Double)] {
    nodes.map { ((1 + $0.0) / 2, $0.1 / 2) }
  }
}
