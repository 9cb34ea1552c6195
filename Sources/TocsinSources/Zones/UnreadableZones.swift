public import TocsinConfiguration

/// Why a file gave no zones at all.
public enum UnreadableZones: Error, Hashable, Sendable, CustomStringConvertible {
  case file(UnreadableFile)
  case notJSON(file: String, line: Int, column: Int, reason: String)
  case notUTF8(file: String)
  /// A folder that does not hold both `cities.json` and `polygons.json`.
  case noPair(folder: String)
  /// A table of places without a column that it needs.
  case noColumn(file: String, column: String)

  public var description: String {
    switch self {
    case .file(let unreadable): unreadable.description
    case .notJSON(let file, let line, let column, let reason):
      "\(file), line \(line), column \(column) is not JSON: \(reason). Correct it there; GeoJSON, a "
        + "pair of cities.json and polygons.json, or a .tsv of places can be read."
    case .notUTF8(let file): "\(file) is not UTF-8. Save it as UTF-8."
    case .noPair(let folder):
      "\(folder) does not hold both cities.json and polygons.json. Give a folder with both, or a file."
    case .noColumn(let file, let column):
      "\(file) has no column '\(column)' in its first line that is no comment. Add it; the columns "
        + "are named there, separated by tabs."
    }
  }
}
