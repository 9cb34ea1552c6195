import Synchronization
import TocsinModel
import TocsinRecord

/// The record as the pages and the interface read it: a fold over the entries that the engine shows.
final class RecordShelf: Sendable {
  private struct State {
    var archive = Archive()
    /// What came in while the time before a restart is still being read; `nil` once it is read.
    var waiting: [Entry]? = []
  }

  // The engine adds entries; requests take copies.
  private let state = Mutex(State())

  func take(_ entries: [Entry]) {
    state.withLock { state in
      if state.waiting == nil {
        for entry in entries { state.archive.take(entry) }
      } else {
        state.waiting?.append(contentsOf: entries)
      }
    }
  }

  /// What the journal held before, in order; none at the end.
  func recall(_ past: [Entry]) {
    state.withLock { state in
      for entry in past { state.archive.take(entry) }
      guard past.isEmpty, let waiting = state.waiting else { return }
      for entry in waiting { state.archive.take(entry) }
      state.waiting = nil
    }
  }

  /// Whether the time before the restart is read.
  var isWhole: Bool { state.withLock { $0.waiting == nil } }

  var current: Archive { state.withLock { $0.archive } }

  /// The record now, or as it was known at a moment.
  func archive(asOf moment: Timestamp?) -> Archive {
    let archive = current
    return moment.map(archive.asOf) ?? archive
  }
}
