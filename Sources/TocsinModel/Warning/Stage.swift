/// How far a warning of a zone has come.
public enum Stage: String, Hashable, Sendable, Codable, Comparable {
  case ended
  /// Be ready near a shelter.
  case early
  /// Take shelter.
  case shelter

  public static func < (left: Stage, right: Stage) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .ended: 0
    case .early: 1
    case .shelter: 2
    }
  }
}
