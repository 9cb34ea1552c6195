/// Why one row of a log, or a column of it, is not as it should be.
public struct LogFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  /// From 1; 0 when it is about the file as a whole.
  public var line: Int
  /// The column; empty when it is about the row as a whole.
  public var field: String
  public var error: String

  public init(line: Int, field: String, error: String) {
    self.line = line
    self.field = field
    self.error = error
  }

  public var description: String {
    let place = line == 0 ? "the file" : "line \(line)"
    return field.isEmpty ? "\(place): \(error)" : "\(place), \(field): \(error)"
  }
}
