public import TocsinModel

/// Why a content was not taken in.
public enum InboxRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case full(limit: Int)
  case closed
  case notRecorded(String)

  public var description: String {
    switch self {
    case .full(let limit):
      "\(limit) contents wait already and this one was not taken. Send it again in a second."
    case .closed: "The engine is stopping; this was not taken. Send it again after the restart."
    case .notRecorded(let reason):
      "The journal cannot be written (\(reason)), so only warnings are carried out. Free the disk, "
        + "then order it again."
    }
  }
}

/// The engine's one way in: a bounded queue that every source puts into.
///
/// An actor, because many tasks put and one takes.
public actor Inbox {
  struct Waiting {
    var content: Event.Content
    var answer: CheckedContinuation<Entry, any Error>?
  }

  public static let defaultLimit = 10_000

  private let limit: Int
  private var waiting: [Waiting] = []
  private var isClosed = false
  private var taker: CheckedContinuation<Void, Never>?

  public init(limit: Int = Inbox.defaultLimit) { self.limit = limit }

  /// Puts a content in and returns once it is decided and written down.
  @discardableResult
  public func put(_ content: Event.Content) async throws -> Entry {
    try admit()
    return try await withCheckedThrowingContinuation { answer in
      waiting.append(Waiting(content: content, answer: answer))
      ring()
    }
  }

  /// Puts a content in without waiting for what becomes of it.
  public func drop(_ content: Event.Content) throws {
    try admit()
    waiting.append(Waiting(content: content, answer: nil))
    ring()
  }

  private func admit() throws(InboxRefusal) {
    guard !isClosed else { throw .closed }
    guard waiting.count < limit else { throw .full(limit: limit) }
  }

  /// Takes up to `limit` contents; waits until there is one, the time is over, or it is closed.
  func take(upTo limit: Int, within time: Duration?) async -> [Waiting] {
    if waiting.isEmpty, !isClosed { await wait(for: time) }
    let taken = Array(waiting.prefix(limit))
    waiting.removeFirst(taken.count)
    return taken
  }

  var isDone: Bool { isClosed && waiting.isEmpty }

  /// Takes no more; what waits is still decided.
  public func close() {
    isClosed = true
    ring()
  }

  private func wait(for time: Duration?) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.untilRung() }
      if let time {
        group.addTask {
          try? await Task.sleep(for: time)
          await self.ring()
        }
      }
      await group.next()
      group.cancelAll()
      ring()
    }
  }

  private func untilRung() async {
    guard waiting.isEmpty, !isClosed else { return }
    await withCheckedContinuation { taker = $0 }
  }

  private func ring() {
    taker?.resume()
    taker = nil
  }
}
