/// What the core is told, in the one order there is.
public struct Event: Hashable, Sendable, Codable {
  /// 1, 2, 3, … without a gap.
  public var number: Int
  /// When it was taken in, by the engine's clock.
  public var time: Timestamp
  public var content: Content

  public enum Content: Hashable, Sendable, Codable {
    case plots([Plot])
    case statement(Statement)
    case command(Command)
    case receipt(Receipt)
    case plan(Plan)
    /// The moment asked for by `Effect.wake` has come.
    case wake
  }

  public init(number: Int, time: Timestamp, content: Content) {
    self.number = number
    self.time = time
    self.content = content
  }
}

extension Event.Content {
  /// One word for lists and the journal's index.
  public var kind: String {
    switch self {
    case .plots: "plots"
    case .statement: "statement"
    case .command: "command"
    case .receipt: "receipt"
    case .plan: "plan"
    case .wake: "wake"
    }
  }
}
