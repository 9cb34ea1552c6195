import GRDB
public import TocsinCore
public import TocsinEngine
public import TocsinModel

/// Stands in for a journal that cannot be opened, so that a service warns all the same.
///
/// Nothing is recorded and every picture says so; orders that warn nobody are refused.
public struct LostJournal: Journal {
  /// Why there is no journal, for the person on shift.
  public let reason: String

  public func commit(_ entries: [Entry]) -> Commit { .failed(reason) }

  public func restore() -> Restored {
    Restored(faults: ["Nothing is recorded: \(reason). Mend that, then restart the service."])
  }

  public func resume() -> Restored { restore() }
  public func keep(_ tocsin: Tocsin) {}
  public func recall(upTo last: Int, _ take: @escaping @Sendable ([Entry]) -> Void) {}

  /// The journal at a path, or what stands in for it when SQLite cannot open or write it.
  /// - Throws: ``UnusableJournal`` if the file is sound and made for another mode.
  public static func unlessOpened(path: String, mode: Mode) throws -> any Journal {
    do {
      return try SQLiteJournal(path: path, mode: mode)
    } catch let error as UnusableJournal {
      throw error
    } catch {
      return LostJournal(reason: "\(path): \(error)")
    }
  }
}
