public import TocsinModel

/// The ordered log of entries. What it has confirmed survives a loss of power.
public protocol Journal: Sendable {
  /// Writes entries durably, all or none, in order; a full disk is an answer, not a throw.
  func commit(_ entries: [Entry]) async -> Commit

  /// The newest checkpoint and every whole entry after it, in order.
  func restore() async throws -> Restored

  /// Keeps a copy of the deciding value, so that a restart need not begin at entry 1.
  func keep(_ checkpoint: Checkpoint) async -> Commit
}

/// Whether something is written.
public enum Commit: Hashable, Sendable {
  case recorded
  /// With the reason, for the person on shift.
  case failed(String)
}

/// The deciding value, as JSON, after an entry.
public struct Checkpoint: Hashable, Sendable {
  public var number: Int
  public var state: [UInt8]

  public init(number: Int, state: [UInt8]) {
    self.number = number
    self.state = state
  }
}

/// What a journal holds for a restart.
public struct Restored: Sendable {
  public var checkpoint: Checkpoint?
  public var entries: [Entry]
  /// What is wrong with the journal, said where; the entries before it are whole.
  public var faults: [String]

  public init(checkpoint: Checkpoint? = nil, entries: [Entry] = [], faults: [String] = []) {
    self.checkpoint = checkpoint
    self.entries = entries
    self.faults = faults
  }
}
