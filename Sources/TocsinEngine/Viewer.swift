public import TocsinCore
public import TocsinModel

/// Shows people what is so: pages, terminals.
public protocol Viewer: Sendable {
  /// Called by the engine after every batch; must not wait.
  func show(_ view: View)

  /// Called after a restart with what the journal held before, in order and some at a time, and with none at
  /// the end. Where that is long, people are warned before it is over: views may come in between.
  func recall(_ past: [Entry])
}

extension Viewer {
  public func recall(_ past: [Entry]) {}
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
