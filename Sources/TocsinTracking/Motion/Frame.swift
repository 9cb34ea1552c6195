import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

typealias Vector = SIMD3<Double>

/// A Cartesian frame east, north and up of a place on the ellipsoid, in meters.
///
/// Straight axes, so that geometry in it is exact; that the Earth falls away below them is in
/// `height(of:)` and `up(at:)`. Constants: WGS-84,
/// NGA.STND.0036.
struct Frame: Hashable, Sendable, Codable {
  let origin: Position
  let height: Double
  /// Geocentric place of the origin, and the axes east, north and up in geocentric coordinates.
  let center: Vector
  let east: Vector
  let north: Vector
  let upward: Vector
  /// Reciprocal radii of curvature, east–west and north–south.
  let curvatureEast: Double
  let curvatureNorth: Double

  static let majorAxis = 6_378_137.0
  static let eccentricitySquared = 6.694379990141e-3

  init(origin: Position, height: Double) {
    self.origin = origin
    self.height = height
    let latitude = origin.latitude * .pi / 180
    let longitude = origin.longitude * .pi / 180
    center = Self.geocentric(origin, height: height)
    east = Vector(-sin(longitude), cos(longitude), 0)
    north = Vector(
      -sin(latitude) * cos(longitude), -sin(latitude) * sin(longitude), cos(latitude))
    upward = Vector(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
    let root = (1 - Self.eccentricitySquared * sin(latitude) * sin(latitude)).squareRoot()
    curvatureEast = root / Self.majorAxis
    curvatureNorth = root * root * root / (Self.majorAxis * (1 - Self.eccentricitySquared))
  }

  static func geocentric(_ position: Position, height: Double) -> Vector {
    let latitude = position.latitude * .pi / 180
    let longitude = position.longitude * .pi / 180
    let root = (1 - eccentricitySquared * sin(latitude) * sin(latitude)).squareRoot()
    let normal = majorAxis / root
    return Vector(
      (normal + height) * cos(latitude) * cos(longitude),
      (normal + height) * cos(latitude) * sin(longitude),
      (normal * (1 - eccentricitySquared) + height) * sin(latitude))
  }

  func local(_ position: Position, height: Double) -> Vector {
    direction(fromGeocentric: Self.geocentric(position, height: height) - center)
  }

  func direction(fromGeocentric vector: Vector) -> Vector {
    Vector(dot(vector, east), dot(vector, north), dot(vector, upward))
  }

  func geocentricDirection(_ vector: Vector) -> Vector {
    vector.x * east + vector.y * north + vector.z * upward
  }

  /// By iteration on the latitude, four turns.
  func geodetic(_ place: Vector) -> (position: Position, height: Double) {
    let point = center + geocentricDirection(place)
    let across = (point.x * point.x + point.y * point.y).squareRoot()
    var latitude = atan2(point.z, across * (1 - Self.eccentricitySquared))
    var height = 0.0
    for _ in 0..<4 {
      let sine = sin(latitude)
      let normal =
        Self.majorAxis / (1 - Self.eccentricitySquared * sine * sine).squareRoot()
      height = across * cos(latitude) + point.z * sine - Self.majorAxis * Self.majorAxis / normal
      latitude = atan2(
        point.z, across * (1 - Self.eccentricitySquared * normal / (normal + height)))
    }
    let position = Position(
      latitude: latitude * 180 / .pi, longitude: atan2(point.y, point.x) * 180 / .pi)
    return (position, height)
  }

  /// Only where, in one turn: to a millimeter up to 300 km above the ground.
  ///
  /// Source: Bowring, *Survey Review* 23 (1976).
  func position(of place: Vector) -> Position {
    let point = center + geocentricDirection(place)
    let across = (point.x * point.x + point.y * point.y).squareRoot()
    let ratio = (1 - Self.eccentricitySquared).squareRoot()
    // The reduced latitude, by its sine and cosine.
    let (sine, cosine) = (point.z, ratio * across)
    let norm = max((sine * sine + cosine * cosine).squareRoot(), 1e-9)
    let (s, c) = (sine / norm, cosine / norm)
    let e2 = Self.eccentricitySquared
    let latitude = atan2(
      point.z + e2 / ratio * Self.majorAxis * s * s * s, across - e2 * Self.majorAxis * c * c * c)
    return Position(
      latitude: latitude * 180 / .pi, longitude: atan2(point.y, point.x) * 180 / .pi)
  }

  /// Meters above the ellipsoid, to 0.01 m within 50 km of the origin and 0.1 m within 100 km.
  @inline(__always)
  func height(of place: Vector) -> Double {
    let bulge = place.x * place.x * curvatureEast + place.y * place.y * curvatureNorth
    return height + place.z + 0.5 * bulge / (1 + place.z * curvatureEast)
  }

  /// The local vertical at a place.
  @inline(__always)
  func up(at place: Vector) -> Vector {
    let x = place.x * curvatureEast
    let y = place.y * curvatureNorth
    return Vector(x, y, 1) * (1 - 0.5 * (x * x + y * y))
  }
}

@inline(__always)
func dot(_ left: Vector, _ right: Vector) -> Double {
  left.x * right.x + left.y * right.y + left.z * right.z
}

@inline(__always)
func cross(_ left: Vector, _ right: Vector) -> Vector {
  Vector(
    left.y * right.z - left.z * right.y, left.z * right.x - left.x * right.z,
    left.x * right.y - left.y * right.x)
}

@inline(__always)
func length(_ vector: Vector) -> Double { dot(vector, vector).squareRoot() }
