public import TocsinModel

/// The body of `POST /api/plots`, decoded line by line.
public struct PlotIntake: Hashable, Sendable {
  public var plots: [Plot]
  /// Radars that gave a sign of life without a target.
  public var alive: [String]
  public var faults: [Fault]

  /// A line that was not taken.
  public struct Fault: Hashable, Sendable, Codable {
    public var line: Int
    public var field: String
    public var error: String

    public init(line: Int, field: String, error: String) {
      self.line = line
      self.field = field
      self.error = error
    }
  }

  public init(plots: [Plot], alive: [String] = [], faults: [Fault] = []) {
    self.plots = plots
    self.alive = alive
    self.faults = faults
  }
}
