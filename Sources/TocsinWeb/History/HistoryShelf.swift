import Foundation
import Synchronization
import TocsinHistory
import TocsinModel

/// The imported logs, counted; counted anew only when a log was added or the plan has other zones.
final class HistoryShelf: Sendable {
  private struct Counted {
    var version: Int
    var zones: [Zone]
    var chronicle: Chronicle
    var statistics: Statistics
  }

  private let path: String?
  // Requests come on several threads; whoever comes first counts.
  private let kept = Mutex<Counted?>(nil)

  init(path: String?) { self.path = path }

  /// - Returns: `nil` if nothing was imported yet.
  /// - Throws: when the history's file cannot be read.
  func statistics(zones: [Zone]) throws -> Statistics? { try counted(zones)?.statistics }

  /// The rows of one local hour; `nil` if nothing was imported yet.
  func hour(_ hour: Int, zones: [Zone]) throws -> HourOfRows? {
    try counted(zones).map { HourOfRows(hour, of: $0.chronicle, zones: zones) }
  }

  private func counted(_ zones: [Zone]) throws -> Counted? {
    guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
    let store = try HistoryStore(existing: path)
    let version = try store.version()
    return try kept.withLock { kept in
      if let kept, kept.version == version, kept.zones == zones { return kept }
      let chronicle = try store.chronicle(logs: nil)
      kept = Counted(
        version: version, zones: zones, chronicle: chronicle,
        statistics: Statistics(chronicle, zones: zones))
      return kept
    }
  }

  /// Counts anew soon after each import, so that no reader waits for it.
  func follow(_ zones: () -> [Zone]) async {
    while !Task.isCancelled {
      let zones = zones()
      // What cannot be read now is said to the reader who asks.
      if !zones.isEmpty { _ = try? counted(zones) }
      try? await Task.sleep(for: .seconds(zones.isEmpty ? 0.2 : 5))
    }
  }

  /// Each log with its rows; none, if nothing was imported yet.
  func logs() throws -> [(log: HistoryStore.Log, chronicle: Chronicle)] {
    guard let path, FileManager.default.fileExists(atPath: path) else { return [] }
    let store = try HistoryStore(existing: path)
    return try store.logs().map { ($0, try store.chronicle(logs: [$0.id])) }
  }
}
