import TocsinModel

/// The head of an ESRI ASCII grid, checked; every fault of it is named, each with its line.
struct HeightGridHeader {
  private(set) var faults: [String] = []
  /// `nil` where there is a fault.
  private(set) var frame: Frame?

  private var values: [String: (line: Int, value: Double)] = [:]

  struct Frame {
    var southWest: Position
    var cell: Double
    var columns: Int
    var rows: Int
    /// What a missing height is written as.
    var missing: Double
  }

  private static let keys = [
    "ncols", "nrows", "xllcorner", "xllcenter", "yllcorner", "yllcenter", "cellsize",
    "nodata_value",
  ]

  /// Takes the words up to the first height.
  init(_ words: inout GridWords) {
    gather(&words)
    if faults.isEmpty { frame = checked(at: words.line) }
  }

  private mutating func gather(_ words: inout GridWords) {
    while let word = words.peek(), Double(word) == nil {
      _ = words.next()
      let line = words.line
      let key = word.lowercased()
      guard Self.keys.contains(key) else {
        // Nothing more can be told apart: a word is no height and its number may be one.
        return fault(
          line,
          key == "dx" || key == "dy"
            ? "\(key): cells have to be square; make them so (gdalwarp -tr) and give cellsize"
            : "'\(word.prefix(40))' is neither a height nor a key of an ESRI ASCII grid, which begins "
              + "with ncols")
      }
      guard let value = words.next().flatMap({ Double($0) }) else {
        return fault(line, "\(key): has no number; write one after it")
      }
      if values[key] != nil { fault(line, "\(key): stands here a second time; leave one out") }
      values[key] = (line, value)
    }
  }

  private mutating func fault(_ line: Int, _ words: String) {
    faults.append("line \(line): \(words)")
  }

  private mutating func checked(at end: Int) -> Frame? {
    let columns = whole("ncols", end)
    let rows = whole("nrows", end)
    let cell = number(["cellsize"], within: 1e-5...10, end)
    let west = number(["xllcorner", "xllcenter"], within: -180...180, end)
    let south = number(["yllcorner", "yllcenter"], within: -90...90, end)
    guard let columns, let rows, let cell, var west, var south else { return nil }
    if columns * rows > HeightGrid.limit {
      fault(
        end,
        "has \(columns * rows) cells, more than \(HeightGrid.limit); cut out what radars see, "
          + "or make the cells larger (gdalwarp -te, -tr)")
      return nil
    }
    if values["xllcenter"] != nil { west -= cell / 2 }
    if values["yllcenter"] != nil { south -= cell / 2 }
    if west < -180 { west += 360 }
    guard south >= -90, south + Double(rows) * cell <= 90 + 1e-6, Double(columns) * cell <= 360
    else {
      fault(end, "reaches beyond the poles or around the Earth; check nrows, ncols and cellsize")
      return nil
    }
    return Frame(
      southWest: Position(latitude: south, longitude: west), cell: cell, columns: columns,
      rows: rows, missing: values["nodata_value"]?.value ?? Double(HeightGrid.missing))
  }

  private mutating func whole(_ key: String, _ end: Int) -> Int? {
    guard let value = number([key], within: 1...Double(HeightGrid.limit), end) else { return nil }
    if value != value.rounded() {
      fault(values[key]?.line ?? end, "\(key): is \(value); write a whole number")
      return nil
    }
    return Int(value)
  }

  /// The value of the one key that is there.
  private mutating func number(
    _ keys: [String], within range: ClosedRange<Double>, _ end: Int
  ) -> Double? {
    let given = keys.filter { values[$0] != nil }
    guard given.count < 2 else {
      fault(end, "\(given.joined(separator: " and ")) both stand here; leave one out")
      return nil
    }
    guard let key = given.first, let (line, value) = values[key] else {
      fault(end, "\(keys.joined(separator: " or ")): is missing; it belongs before the heights")
      return nil
    }
    guard range.contains(value) else {
      let isDegrees = key.hasPrefix("x") || key.hasPrefix("y") || key == "cellsize"
      fault(
        line,
        "\(key): is \(value), not within \(range.lowerBound) and \(range.upperBound)"
          + (isDegrees
            ? " degrees; bring a grid in meters to degrees first (gdalwarp -t_srs EPSG:4979)" : ""))
      return nil
    }
    return value
  }
}
