/// What kind of thing a warning is. It is fixed when the warning is raised and has no way to change.
public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
  /// Real danger, now.
  case actual
  /// People train; nothing is coming.
  case exercise
  /// A past day is shown on its own clock.
  case replay
}
