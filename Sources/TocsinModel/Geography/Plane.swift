#if canImport(Glibc)
  import Glibc
#endif

/// Meters east and north of an origin.
public struct Offset: Hashable, Sendable, Codable {
  public var east: Double
  public var north: Double

  public init(east: Double, north: Double) {
    self.east = east
    self.north = north
  }

  public var length: Double { (east * east + north * north).squareRoot() }

  public static func - (left: Offset, right: Offset) -> Offset {
    Offset(east: left.east - right.east, north: left.north - right.north)
  }
}

/// A flat map around an origin, for areas and distances of some tens of kilometers.
///
/// Equirectangular on the radii of curvature of WGS-84 at the origin: at 100 km from it a distance is
/// off by some tens of meters, at 20 km by less than one.
public struct Plane: Hashable, Sendable {
  public let origin: Position
  package let metersPerDegreeEast: Double
  package let metersPerDegreeNorth: Double

  public init(around origin: Position) {
    self.origin = origin
    let radians = origin.latitude * .pi / 180
    let majorAxis = 6_378_137.0
    let eccentricitySquared = 6.694379990141e-3
    let sine = sin(radians)
    let root = (1 - eccentricitySquared * sine * sine).squareRoot()
    metersPerDegreeEast = majorAxis / root * cos(radians) * .pi / 180
    metersPerDegreeNorth =
      majorAxis * (1 - eccentricitySquared) / (root * root * root) * .pi / 180
  }

  /// The shorter way round, also across 180 degrees.
  public func offset(of position: Position) -> Offset {
    Offset(
      east: Self.around(position.longitude - origin.longitude) * metersPerDegreeEast,
      north: (position.latitude - origin.latitude) * metersPerDegreeNorth)
  }

  public func position(at offset: Offset) -> Position {
    Position(
      latitude: origin.latitude + offset.north / metersPerDegreeNorth,
      longitude: Self.around(origin.longitude + offset.east / metersPerDegreeEast))
  }

  /// Degrees of longitude, brought to −180 to 180.
  private static func around(_ degrees: Double) -> Double {
    abs(degrees) > 180 ? degrees.remainder(dividingBy: 360) : degrees
  }
}

extension Offset {
  /// - Parameter angle: radians from east towards north.
  public init(angle: Double, length: Double) {
    self.init(east: length * cos(angle), north: length * sin(angle))
  }
}
