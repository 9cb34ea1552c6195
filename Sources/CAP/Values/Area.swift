/// Where a message applies: everything that any of its polygons, circles or geocodes names (CAP 1.2, 3.2.4).
public struct Area: Hashable, Sendable {
  public var description: String
  public var polygons: [Polygon]
  public var circles: [Circle]
  public var geocodes: [NamedValue]
  /// Feet above mean sea level; with a ceiling the lower bound.
  public var altitude: Double?
  /// Feet above mean sea level.
  public var ceiling: Double?

  public init(
    description: String, polygons: [Polygon] = [], circles: [Circle] = [],
    geocodes: [NamedValue] = [], altitude: Double? = nil, ceiling: Double? = nil
  ) {
    self.description = description
    self.polygons = polygons
    self.circles = circles
    self.geocodes = geocodes
    self.altitude = altitude
    self.ceiling = ceiling
  }
}

/// A place on the WGS-84 ellipsoid, in degrees.
public struct Coordinate: Hashable, Sendable {
  /// −90 to 90.
  public var latitude: Double
  /// −180 to 180.
  public var longitude: Double

  public init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }
}

/// A closed ring: at least four points, the last equal to the first.
public struct Polygon: Hashable, Sendable {
  public var points: [Coordinate]

  public init(points: [Coordinate]) { self.points = points }
}

public struct Circle: Hashable, Sendable {
  public var center: Coordinate
  /// Kilometers; 0 names a point.
  public var radius: Double

  public init(center: Coordinate, radius: Double) {
    self.center = center
    self.radius = radius
  }
}
