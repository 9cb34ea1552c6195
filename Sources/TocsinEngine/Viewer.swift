public import TocsinCore
public import TocsinModel

/// Shows people what is so: pages, terminals.
public protocol Viewer: Sendable {
  /// Called by the engine after every batch; must not wait.
  func show(_ view: View)
}

/// All there is to see after a batch. The deciding value is a copy: to ask "what if", use it.
public struct View: Sendable {
  public var tocsin: Tocsin
  /// The entries of this batch.
  public var entries: [Entry]
  /// Whether all of it is written down.
  public var recorded: Bool
  public var clock: ClockReading

  public init(tocsin: Tocsin, entries: [Entry], recorded: Bool, clock: ClockReading) {
    self.tocsin = tocsin
    self.entries = entries
    self.recorded = recorded
    self.clock = clock
  }

  public var picture: PublicPicture { tocsin.picture(at: clock.now, recorded: recorded) }
  public var situation: Situation { tocsin.situation(at: clock.now) }
}
