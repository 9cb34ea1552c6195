/// Why one line is no plot: which line and field, and what to do about it.
public struct PlotFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  /// The field as the line writes it (`sigma.range_m`); empty when it is about the line as a whole.
  public var field: String
  public var error: String

  public init(line: Int, field: String, error: String) {
    self.line = line
    self.field = field
    self.error = error
  }

  public var description: String {
    field.isEmpty ? "line \(line): \(error)" : "line \(line), \(field): \(error)"
  }
}
