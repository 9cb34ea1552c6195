public import Logging
public import ServiceLifecycle
public import TocsinEngine
import TocsinModel

/// Removes plots once they are older than the plan keeps them; each leaves its digest and a tombstone.
public struct PlotRetention: Service {
  let journal: SQLiteJournal
  let clock: any EngineClock
  /// How long plots are kept.
  let kept: Duration
  let logger: Logger

  public init(
    _ journal: SQLiteJournal, clock: any EngineClock, kept: Duration, logger: Logger
  ) {
    self.journal = journal
    self.clock = clock
    self.kept = kept
    self.logger = logger
  }

  /// At the start, then every hour, until the service ends.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await removeOld()
        try? await Task.sleep(for: .seconds(3600))
      }
    }
  }

  /// In small portions, so that no commit of a warning waits long.
  private func removeOld() async {
    let now = clock.read().now
    let reason = "older than \(Int(kept.inSeconds / 86_400)) days, as the plan has it"
    do {
      while !Task.isCancelled,
        try await journal.removePlots(before: now - kept, reason: reason, at: now, limit: 1000) > 0
      { await Task.yield() }
    } catch {
      logger.error("Old plots not removed", metadata: ["reason": "\(error)"])
    }
  }
}
