#if canImport(Glibc)
  import Glibc
#endif

/// What the air does to a radar's ray: it bends it down and slows it.
///
/// Refractivity falls with height as 315 · exp(−h / 7.35 km), the mean of the world (ITU-R P.453,
/// reference atmosphere). It lies between 250 and 400 from place to place and day to day, so a sixth
/// of each correction is kept as its uncertainty.
enum Refraction {
  static let refractivity = 315e-6
  static let scaleHeight = 7_350.0
  static let uncertainty = 1.0 / 6
  static let earthRadius = 6_371_000.0

  /// By how much to lower range (m) and elevation (rad): the delay along the ray, and the angle by which it
  /// left above the straight line to where it came from.
  ///
  /// - Parameters: range in m and apparent elevation in rad; the radar's height above the ellipsoid in m.
  static func excess(range: Double, elevation: Double, height: Double) -> (
    range: Double, elevation: Double
  ) {
    let (sine, cosine) = (sin(elevation), cos(elevation))
    let count = 16
    let step = range / Double(count)
    var (delay, drop) = (0.0, 0.0)
    for index in 0..<count {
      let way = (Double(index) + 0.5) * step
      let across = way * cosine
      let above = max(height + way * sine + across * across / (2 * earthRadius), 0)
      let here = refractivity * exp(-above / scaleHeight)
      delay += here * step
      // Curvature of the ray is the fall of refractivity across it.
      drop += (range - way) * here / scaleHeight * cosine * step
    }
    return (delay, drop / max(range, 1))
  }
}
