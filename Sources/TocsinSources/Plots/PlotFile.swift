public import TocsinConfiguration

/// A file of NDJSON plots, `.ndjson` or `.ndjson.gz`.
public enum PlotFile {
  /// All its plots in order, with a fault for each line that is none.
  public static func read(_ path: String) throws(UnreadableFile) -> PlotLines {
    PlotLines(try FileBytes.read(path))
  }
}
