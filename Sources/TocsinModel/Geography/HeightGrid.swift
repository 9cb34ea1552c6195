/// Heights of the ground on a regular grid in degrees, as surveys and satellites give them.
///
/// Each cell has the height of its middle; between the middles the height is bilinear, and the outer half of
/// a border cell is level with its middle. A grid may cross the meridian of 180°.
public struct HeightGrid: Hashable, Sendable {
  /// The outer corner of the south-westernmost cell.
  public let southWest: Position
  /// The side of a cell in degrees, in latitude and longitude alike.
  public let cell: Double
  /// From west to east.
  public let columns: Int
  /// From south to north.
  public let rows: Int
  /// Meters above the ellipsoid, row by row from the south, each from the west; `missing` where unknown.
  public let heights: [Float]
  /// The greatest of all heights that are known.
  public let highest: Double

  /// Stands for a height that is not known.
  public static let missing: Float = -9999
  /// What a height may be, in meters.
  public static let possible: ClosedRange<Float> = -1000...9000
  /// Cells that a grid may have: 3″ (90 m) over some 100 km by 100 km, or 7.5″ over 250 km by 250 km.
  public static let limit = 1_500_000

  /// - Returns: `nil` unless it lies on the Earth, has as many heights as cells and no more than `limit`, each
  ///   possible or missing, and one at least that is not missing.
  public init?(southWest: Position, cell: Double, columns: Int, rows: Int, heights: [Float]) {
    guard southWest.isOnEarth, cell > 0, (1...Self.limit).contains(columns),
      (1...Self.limit).contains(rows), columns * rows <= Self.limit,
      heights.count == columns * rows, Double(columns) * cell <= 360,
      southWest.latitude + Double(rows) * cell <= 90 + 1e-6,
      heights.allSatisfy({ $0 == Self.missing || Self.possible.contains($0) }),
      let highest = heights.max(), highest != Self.missing
    else { return nil }
    self.southWest = southWest
    self.cell = cell
    self.columns = columns
    self.rows = rows
    self.heights = heights
    self.highest = Double(highest)
  }

  /// Meters above the ellipsoid; `nil` outside, and where one of the cells around is missing.
  public func height(at position: Position) -> Double? {
    var east = position.longitude - southWest.longitude
    if east < 0 { east += 360 }
    let x = east / cell - 0.5
    let y = (position.latitude - southWest.latitude) / cell - 0.5
    // Written so that what is no number is outside.
    guard x >= -0.5, x <= Double(columns) - 0.5, y >= -0.5, y <= Double(rows) - 0.5 else {
      return nil
    }
    let (column, right) = Self.place(x, of: columns)
    let (row, upper) = Self.place(y, of: rows)
    let start = row * columns + column
    let step = columns > 1 ? 1 : 0
    let rise = rows > 1 ? columns : 0
    guard let south = between(start, start + step, right),
      let north = between(start + rise, start + rise + step, right)
    else { return nil }
    return south + upper * (north - south)
  }

  /// The cell before a place on an axis, and the share of the way to the next.
  private static func place(_ value: Double, of count: Int) -> (Int, Double) {
    let inside = min(max(value, 0), Double(count - 1))
    let index = min(Int(inside), max(count - 2, 0))
    return (index, inside - Double(index))
  }

  private func between(_ first: Int, _ second: Int, _ share: Double) -> Double? {
    let (one, other) = (heights[first], heights[second])
    guard one != Self.missing, other != Self.missing else { return nil }
    return Double(one) + share * (Double(other) - Double(one))
  }
}

extension HeightGrid: Codable {
  private enum CodingKeys: String, CodingKey { case southWest, cell, columns, rows, heights }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let grid = Self(
      southWest: try container.decode(Position.self, forKey: .southWest),
      cell: try container.decode(Double.self, forKey: .cell),
      columns: try container.decode(Int.self, forKey: .columns),
      rows: try container.decode(Int.self, forKey: .rows),
      heights: try container.decode([Float].self, forKey: .heights))
    guard let grid else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "A stored height grid does not fit its own size; read its file again."))
    }
    self = grid
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(southWest, forKey: .southWest)
    try container.encode(cell, forKey: .cell)
    try container.encode(columns, forKey: .columns)
    try container.encode(rows, forKey: .rows)
    try container.encode(heights, forKey: .heights)
  }
}
