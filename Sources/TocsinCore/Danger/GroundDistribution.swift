import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Where a body comes down, as a normal distribution on a plane.
struct GroundDistribution {
  let mean: Offset
  /// The lower Cholesky factor of the covariance: [a 0; b c].
  private let a: Double
  private let b: Double
  private let c: Double

  /// - Parameter covariance: square meters; a matrix that is not positive definite gets 1 m² more on its diagonal.
  init(mean: Offset, covariance: Forecast.Covariance) {
    self.mean = mean
    let sound = covariance.eastEast > 0 && covariance.determinant > 0
    let extra = sound ? 0 : 1 + abs(covariance.eastEast) + abs(covariance.northNorth)
    a = (covariance.eastEast + extra).squareRoot()
    b = covariance.eastNorth / a
    c = max(covariance.northNorth + extra - b * b, 1e-6).squareRoot()
  }

  /// One standard deviation along the longest axis, or a little more, in meters.
  var reach: Double { (a * a + b * b + c * c).squareRoot() }

  /// The probability of coming down within an outline, to about 1e-7.
  ///
  /// The area is whitened, so that the distribution becomes the standard one, and its integral over the
  /// inside becomes one along the line (Green's theorem): each edge adds
  /// `1/2π ∫ (1 − exp(−r²/2)) dθ`, which holds no singularity when written along the edge.
  func probability(within outline: Outline) -> Double {
    var sum = 0.0
    for edge in outline.edges {
      sum += share(of: whitened(edge.from), whitened(edge.to))
    }
    return max(0, min(1, sum))
  }

  private func whitened(_ point: Offset) -> SIMD2<Double> {
    let first = (point.east - mean.east) / a
    return SIMD2(first, (point.north - mean.north - b * first) / c)
  }

  /// Beyond this many standard deviations the density adds less than 1e-8 and only the angle counts.
  private static let far = 6.0

  private func share(of from: SIMD2<Double>, _ to: SIMD2<Double>) -> Double {
    let cross = from.x * to.y - from.y * to.x
    let angle = atan2(cross, from.x * to.x + from.y * to.y)
    let along = to - from
    let length = (along * along).sum().squareRoot()
    guard length > 0 else { return 0 }
    let height = cross / length
    guard abs(height) < Self.far else { return angle / (2 * .pi) }
    // The stretch of the edge that is near the mean, in distance along it from its foot point.
    let start = (from * along).sum() / length
    let half = (Self.far * Self.far - height * height).squareRoot()
    let (low, high) = (max(start, -half), min(start + length, half))
    guard low < high else { return angle / (2 * .pi) }
    return (angle - missing(height: height, from: low, to: high)) / (2 * .pi)
  }

  /// `∫ exp(−(h²+t²)/2) · h/(h²+t²) dt`, by splitting off the angle where it would be singular.
  private func missing(height: Double, from low: Double, to high: Double) -> Double {
    let angle = atan2(high, abs(height)) - atan2(low, abs(height))
    let panels = max(1, Int(((high - low) / 0.9).rounded(.up)))
    let width = (high - low) / Double(panels)
    var smooth = 0.0
    for panel in 0..<panels {
      let middle = low + (Double(panel) + 0.5) * width
      for (node, weight) in gauss {
        let t = middle + node * width / 2
        let s = (height * height + t * t) / 2
        // (1 − e^−s)/s is 1 at 0 and falls smoothly.
        smooth += weight * (s < 1e-9 ? 1 : -expm1(-s) / s)
      }
    }
    smooth *= width / 2 * abs(height) / 2
    return (height < 0 ? -1 : 1) * (angle - smooth)
  }
}

/// Nodes and weights of Gauss and Legendre, order 5, on −1…1.
private let gauss: [(Double, Double)] = [
  (0, 0.5688888888888889),
  (-0.5384693101056831, 0.4786286704993665), (0.5384693101056831, 0.4786286704993665),
  (-0.9061798459386640, 0.2369268850561891), (0.9061798459386640, 0.2369268850561891),
]
