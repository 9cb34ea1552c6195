import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// What is believed of the constant error of a radar's range (m), azimuth and elevation (rad).
///
/// Learned where several radars follow one body, from how each one's plots lie beside the track that the others
/// helped to make: what two disagree about is shared between them by how sure each is said to be. An error that
/// all have in common cannot be seen. Source of the idea: Lin, Bar-Shalom, Kirubarajan, "Exact multisensor
/// dynamic bias estimation", *IEEE Trans. Aerospace and Electronic Systems* 40 (2004); here a scalar filter
/// each, slowed down because its measurements depend on one another.
struct Registration: Hashable, Sendable, Codable {
  private(set) var mean = Vector()
  private var variance = Vector()
  private var least = Vector()

  /// By how much a measurement counts less than an independent one would.
  static let dependence = 10.0

  /// Known to have none, as a radar that stands alone must be taken.
  init() {}

  init(_ radar: Radar) {
    let usual = Plot.Sigma(range: 30, azimuth: 0.1, elevation: 0.1)
    let stated = radar.bias ?? radar.sigma ?? usual
    let sigma = Vector(stated.range, stated.azimuth * .pi / 180, stated.elevation * .pi / 180)
    variance = sigma * sigma
    // Radars drift: it never is surer than a tenth.
    least = 0.01 * variance
  }

  /// Takes how a plot lies beside the track before it: in meters along the three axes, with the variance of
  /// track and plot together.
  mutating func take(_ miss: Vector, spread: Vector, range: Double, cosine: Double) {
    let scale = Vector(1, max(range * cosine, 1), max(range, 1))
    for axis in 0..<3 where variance[axis] > 0 {
      let noise = Self.dependence * spread[axis] / (scale[axis] * scale[axis])
      let gain = variance[axis] / (variance[axis] + noise)
      // A wild plot must not move it by more than three sigmas of what is expected.
      let limit = 3 * (variance[axis] + noise).squareRoot()
      mean[axis] += gain * min(max(miss[axis] / scale[axis], -limit), limit)
      variance[axis] = max((1 - gain) * variance[axis], least[axis])
    }
  }
}
