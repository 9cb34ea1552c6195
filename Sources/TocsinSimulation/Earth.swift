package import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The WGS-84 ellipsoid: places as vectors from its center, and its gravity.
///
/// Source: NIMA TR8350.2, "Department of Defense World Geodetic System 1984", third edition.
package enum Earth {
  package static let majorAxis = 6_378_137.0
  static let flattening = 1 / 298.257223563
  package static let eccentricitySquared = flattening * (2 - flattening)
  /// Radians per second about the polar axis.
  static let rotation = SIMD3(0, 0, 7.292115e-5)

  package static func vector(_ position: Position, height: Double) -> SIMD3<Double> {
    let (latitude, longitude) = (position.latitude * .pi / 180, position.longitude * .pi / 180)
    let curvature = primeVertical(sine: sin(latitude))
    let equatorial = (curvature + height) * cos(latitude)
    return SIMD3(
      equatorial * cos(longitude), equatorial * sin(longitude),
      (curvature * (1 - eccentricitySquared) + height) * sin(latitude))
  }

  /// The place and ellipsoidal height of a vector, to less than a millimeter within 100 km of the ground.
  package static func place(_ vector: SIMD3<Double>) -> (position: Position, height: Double) {
    let equatorial = (vector.x * vector.x + vector.y * vector.y).squareRoot()
    var latitude = atan2(vector.z, equatorial * (1 - eccentricitySquared))
    var height = 0.0
    for _ in 0..<4 {
      let curvature = primeVertical(sine: sin(latitude))
      height =
        equatorial * cos(latitude) + vector.z * sin(latitude)
        - majorAxis * majorAxis / curvature
      latitude = atan2(
        vector.z, equatorial * (1 - eccentricitySquared * curvature / (curvature + height)))
    }
    return (
      Position(
        latitude: latitude * 180 / .pi, longitude: atan2(vector.y, vector.x) * 180 / .pi), height
    )
  }

  /// Downward meters per second squared, the earth's turning included: Somigliana's formula and its
  /// second-order expansion with height (TR8350.2, equations 4-1 and 4-3).
  static func gravity(latitude: Double, height: Double) -> Double {
    let sine = sin(latitude * .pi / 180)
    let sineSquared = sine * sine
    let onGround =
      9.7803253359 * (1 + 0.00193185265241 * sineSquared)
      / (1 - eccentricitySquared * sineSquared).squareRoot()
    let share = height / majorAxis
    return onGround
      * (1 - 2 * (1 + flattening + 0.00344978650684 - 2 * flattening * sineSquared) * share + 3
        * share * share)
  }

  private static func primeVertical(sine: Double) -> Double {
    majorAxis / (1 - eccentricitySquared * sine * sine).squareRoot()
  }
}

/// East, north and up at a place, as vectors from the earth's center.
package struct Compass {
  let east: SIMD3<Double>
  let north: SIMD3<Double>
  let up: SIMD3<Double>

  package init(at position: Position) {
    let (latitude, longitude) = (position.latitude * .pi / 180, position.longitude * .pi / 180)
    let (sineLatitude, cosineLatitude) = (sin(latitude), cos(latitude))
    let (sineLongitude, cosineLongitude) = (sin(longitude), cos(longitude))
    east = SIMD3(-sineLongitude, cosineLongitude, 0)
    north = SIMD3(-sineLatitude * cosineLongitude, -sineLatitude * sineLongitude, cosineLatitude)
    up = SIMD3(cosineLatitude * cosineLongitude, cosineLatitude * sineLongitude, sineLatitude)
  }

  /// From the earth's axes to east, north, up.
  package func local(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3((vector * east).sum(), (vector * north).sum(), (vector * up).sum())
  }

  /// From east, north, up to the earth's axes.
  package func global(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    east * vector.x + north * vector.y + up * vector.z
  }
}

func cross(_ left: SIMD3<Double>, _ right: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(
    left.y * right.z - left.z * right.y, left.z * right.x - left.x * right.z,
    left.x * right.y - left.y * right.x)
}

func length(_ vector: SIMD3<Double>) -> Double { (vector * vector).sum().squareRoot() }
