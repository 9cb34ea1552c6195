/// A channel as the plan knows it: which kinds of warning it may carry.
public struct Outlet: Hashable, Sendable, Codable {
  public var id: String
  /// Whether it hears warnings of real danger.
  public var actual: Bool
  /// Whether it hears exercises.
  public var exercise: Bool
  /// Whether it hears replays of the past; of the shipped channels only pages do.
  public var replay: Bool

  public init(id: String, actual: Bool = true, exercise: Bool = false, replay: Bool = false) {
    self.id = id
    self.actual = actual
    self.exercise = exercise
    self.replay = replay
  }

  public func hears(_ mode: Mode) -> Bool {
    switch mode {
    case .actual: actual
    case .exercise: exercise
    case .replay: replay
    }
  }

  /// What programs written for other authorities' feeds read: real danger alone, for they tell nothing apart.
  public static let compatible = Outlet(id: "compatible")

  /// The pages of the web server: they say themselves, unmistakably, which mode they show.
  public static let pages = Outlet(id: "pages", actual: true, exercise: true, replay: true)
}
