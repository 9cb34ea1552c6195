import Foundation
import Synchronization
import TocsinHistory
import TocsinModel

/// The imported logs, counted; counted anew only when a log was added or the plan has other zones.
final class HistoryShelf: Sendable {
  private struct Counted {
    var version: Int
    var zones: [Zone]
    var statistics: Statistics
  }

  private let path: String?
  // Requests come on several threads; whoever comes first counts.
  private let kept = Mutex<Counted?>(nil)

  init(path: String?) { self.path = path }

  /// - Returns: `nil` if nothing was imported yet.
  /// - Throws: when the history's file cannot be read.
  func statistics(zones: [Zone]) throws -> Statistics? {
    guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
    let store = try HistoryStore(existing: path)
    let version = try store.version()
    return try kept.withLock { kept in
      if let kept, kept.version == version, kept.zones == zones { return kept.statistics }
      let chronicle = try store.chronicle(logs: nil)
      let statistics = Statistics(chronicle, zones: zones)
      kept = Counted(version: version, zones: zones, statistics: statistics)
      return statistics
    }
  }

  /// Each log with its rows; none, if nothing was imported yet.
  func logs() throws -> [(log: HistoryStore.Log, chronicle: Chronicle)] {
    guard let path, FileManager.default.fileExists(atPath: path) else { return [] }
    let store = try HistoryStore(existing: path)
    return try store.logs().map { ($0, try store.chronicle(logs: [$0.id])) }
  }
}
