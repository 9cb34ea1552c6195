public import TocsinCore
public import TocsinModel

/// The ordered log of entries. What it has confirmed survives a loss of power.
public protocol Journal: Sendable {
  /// Writes entries durably, all or none, in order; a full disk is an answer, not a throw.
  func commit(_ entries: [Entry]) async -> Commit

  /// Every entry, in order and without a gap; what is damaged is told.
  func restore() async throws -> Restored

  /// What a restart needs: the newest checkpoint that fits and what came after it, else every entry.
  func resume() async throws -> Restored

  /// Keeps a state as a checkpoint. A journal that cannot, or that lacks the state's newest entry, does nothing.
  func keep(_ tocsin: Tocsin) async

  /// Hands out, in order and some at a time, the entries up to `last` that tell of words, orders, plans and
  /// deliveries: what a viewer may want of the time before a checkpoint.
  func recall(upTo last: Int, _ take: @escaping @Sendable ([Entry]) -> Void) async
}

/// Whether something is written.
public enum Commit: Hashable, Sendable {
  case recorded
  /// With the reason, for the person on shift.
  case failed(String)
}

/// What a journal holds for a restart.
public struct Restored: Sendable {
  /// The state before the first of the entries; `nil` where they begin at the first of all.
  public var checkpoint: Tocsin?
  /// What was handed out before the checkpoint and is not confirmed.
  public var open: [Delivery] = []
  public var entries: [Entry]
  /// What is wrong with the journal, said where.
  public var faults: [String]
  /// The numbers of entries whose content was removed or lost: a batch of no plots stands in its place.
  /// After the first of them a replay may decide differently; what was decided then counts.
  public var blanks: Set<Int>

  public init(entries: [Entry] = [], faults: [String] = [], blanks: Set<Int> = []) {
    self.entries = entries
    self.faults = faults
    self.blanks = blanks
  }
}
