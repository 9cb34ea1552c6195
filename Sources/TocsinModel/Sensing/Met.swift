/// A met message: wind and temperature by height.
public struct Met: Hashable, Sendable, Codable {
  /// Meters above the ellipsoid, rising.
  public var heights: [Double]
  /// Meters per second, where the air moves to.
  public var windToEast: [Double]
  public var windToNorth: [Double]
  /// Kelvin; `nil`: the standard atmosphere's.
  public var temperature: [Double]?

  public init(
    heights: [Double], windToEast: [Double], windToNorth: [Double], temperature: [Double]? = nil
  ) {
    self.heights = heights
    self.windToEast = windToEast
    self.windToNorth = windToNorth
    self.temperature = temperature
  }

  enum CodingKeys: String, CodingKey {
    case heights = "h_m"
    case windToEast = "wind_to_east_ms"
    case windToNorth = "wind_to_north_ms"
    case temperature = "temperature_k"
  }

  /// Whether it can be used: levels rising, columns as long as the heights, every number sane.
  public var isUsable: Bool {
    let rising = zip(heights, heights.dropFirst()).allSatisfy { $0 < $1 }
    let winds = (windToEast + windToNorth).allSatisfy { abs($0) < 200 }
    let warm = temperature?.allSatisfy { (150...350).contains($0) } ?? true
    return !heights.isEmpty && rising && winds && warm && heights.allSatisfy(\.isFinite)
      && windToEast.count == heights.count && windToNorth.count == heights.count
      && (temperature?.count ?? heights.count) == heights.count
  }

  /// Linear between the levels, constant outside.
  package func value(of column: [Double], at height: Double) -> Double {
    guard let above = heights.firstIndex(where: { $0 > height }) else { return column.last ?? 0 }
    guard above > 0 else { return column[0] }
    let share = (height - heights[above - 1]) / (heights[above] - heights[above - 1])
    return column[above - 1] + share * (column[above] - column[above - 1])
  }
}
