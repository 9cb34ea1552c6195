public import TocsinModel

/// The ordered log of entries. What it has confirmed survives a loss of power.
public protocol Journal: Sendable {
  /// Writes entries durably, all or none, in order; a full disk is an answer, not a throw.
  func commit(_ entries: [Entry]) async -> Commit

  /// Every whole entry, in order; what is damaged is told.
  func restore() async throws -> Restored
}

/// Whether something is written.
public enum Commit: Hashable, Sendable {
  case recorded
  /// With the reason, for the person on shift.
  case failed(String)
}

/// What a journal holds for a restart.
public struct Restored: Sendable {
  public var entries: [Entry]
  /// What is wrong with the journal, said where; the entries before it are whole.
  public var faults: [String]

  public init(entries: [Entry] = [], faults: [String] = []) {
    self.entries = entries
    self.faults = faults
  }
}
