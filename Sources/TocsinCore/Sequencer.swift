public import TocsinModel

/// Puts contents and wakes in one order, numbers them, and lets a Tocsin decide on each.
///
/// The wake that is due before a content comes first, at the moment it was asked for: so it does not
/// matter to a decision how late the machine that runs it is.
public struct Sequencer: Hashable, Sendable {
  public private(set) var tocsin: Tocsin
  /// The moment it wants to be woken at.
  public private(set) var wake: Timestamp?

  public init(_ tocsin: Tocsin) {
    self.tocsin = tocsin
    wake = tocsin.askedWake
  }

  /// Takes a content in at a time; answers with the entries made, the content's own last.
  ///
  /// A time before that of the newest event counts as that of the newest event.
  public mutating func receive(_ content: Event.Content, at time: Timestamp) -> [Entry] {
    advance(to: time) + [enter(content, at: time)]
  }

  /// Wakes it for all moments up to `time`.
  public mutating func advance(to time: Timestamp) -> [Entry] {
    var entries: [Entry] = []
    while let due = wake, due <= time { entries.append(enter(.wake, at: due)) }
    return entries
  }

  /// Takes an event of the past as it was; its effects may be compared with those it had then.
  @discardableResult
  public mutating func repeated(_ event: Event) -> [Effect] {
    let effects = tocsin.receive(event)
    if case .wake = event.content { wake = nil }
    for case .wake(let moment) in effects { wake = moment }
    return effects
  }

  private mutating func enter(_ content: Event.Content, at time: Timestamp) -> Entry {
    let event = Event(
      number: tocsin.number + 1, time: max(time, tocsin.time ?? time), content: content)
    return Entry(event: event, effects: repeated(event))
  }
}
