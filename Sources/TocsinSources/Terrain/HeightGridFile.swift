public import TocsinConfiguration
public import TocsinModel

/// Reads a height grid: an ESRI ASCII grid (`.asc`, also `.asc.gz`) in degrees, heights in meters above the
/// ellipsoid.
///
/// A header of `ncols`, `nrows`, `xllcorner` or `xllcenter`, `yllcorner` or `yllcenter`, `cellsize` and
/// optionally `NODATA_value` (else −9999), in any order and case; then the heights, row by row from the north.
/// Forecasts are computed with what stands here, so one fault refuses the file.
///
/// Source: Esri, *ASCII raster format* (ArcGIS documentation).
public enum HeightGridFile {
  /// Bytes that a file may have, uncompressed.
  public static let limit = 64 << 20

  public static func read(_ path: String) throws(UnreadableFile) -> HeightGrid {
    try read(try FileBytes.read(path), name: path)
  }

  /// - Parameter name: what errors call the bytes.
  public static func read(_ bytes: [UInt8], name: String) throws(UnreadableFile) -> HeightGrid {
    guard bytes.count <= limit else {
      throw UnreadableFile(path: name, problem: .tooLong(limit: limit))
    }
    var words = GridWords(bytes)
    let header = HeightGridHeader(&words)
    guard let frame = header.frame else {
      throw UnreadableFile(path: name, problem: .faults(header.faults))
    }
    do {
      let heights = try heights(&words, frame)
      if let grid = HeightGrid(
        southWest: frame.southWest, cell: frame.cell, columns: frame.columns, rows: frame.rows,
        heights: heights)
      {
        return grid
      }
    } catch {
      throw UnreadableFile(path: name, problem: .faults(["line \(words.line): \(error.words)"]))
    }
    throw UnreadableFile(
      path: name,
      problem: .faults(["line 1: has no height that is known; every cell is NODATA_value"]))
  }

  private struct Fault: Error { var words: String }

  /// From the south, as a grid has them.
  private static func heights(
    _ words: inout GridWords, _ frame: HeightGridHeader.Frame
  ) throws(Fault) -> [Float] {
    var heights = [Float](repeating: HeightGrid.missing, count: frame.columns * frame.rows)
    for row in (0..<frame.rows).reversed() {
      for column in 0..<frame.columns {
        guard let word = words.next() else {
          let count = (frame.rows - 1 - row) * frame.columns + column
          throw Fault(
            words: "ends after \(count) heights; \(frame.columns) columns × \(frame.rows) rows "
              + "need \(heights.count). Fetch the file again")
        }
        heights[row * frame.columns + column] = try height(word, frame.missing)
      }
    }
    if let word = words.next() {
      throw Fault(
        words:
          "'\(word.prefix(40))' comes after all \(heights.count) heights; check ncols and nrows")
    }
    return heights
  }

  private static func height(_ word: String, _ missing: Double) throws(Fault) -> Float {
    guard let value = Double(word) else {
      throw Fault(
        words: "'\(word.prefix(40))' is no number; write heights in meters with a decimal point")
    }
    if value == missing || value.isNaN { return HeightGrid.missing }
    guard HeightGrid.possible.contains(Float(value)) else {
      throw Fault(
        words: "'\(word.prefix(40))' is no height in meters from −1000 to 9000; if it stands for a "
          + "missing one, say so with NODATA_value")
    }
    return Float(value)
  }
}
