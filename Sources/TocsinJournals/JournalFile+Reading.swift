import Foundation
import GRDB
import TocsinModel

extension JournalFile {
  /// Opens an existing journal to read: no byte of it is changed, nor is anything put beside it that would
  /// be in the way of the service that writes it.
  init(reading path: String) throws {
    do {
      do {
        try self.init(reading: path, short: false, faults: [])
      } catch let error as DatabaseError where error.isDamage {
        let fault = "\(path) is damaged or cut off (\(error.message ?? "no reason given"))."
        try self.init(reading: path, short: true, faults: [fault])
      }
    } catch let error as DatabaseError {
      throw UnusableJournal(path: path, reason: Self.reason(error, at: path))
    }
  }

  private init(reading path: String, short: Bool, faults: [String]) throws {
    let (store, begun) = try Self.openedToRead(path, Self.readOnly(short: short))
    guard let mode = try store.read({ try Self.mode(in: $0) }) else {
      throw UnusableJournal(
        path: path, reason: "is no journal of Tocsin: it has no entries and no mode.")
    }
    self.init(path, store, mode, faults: faults, isReadOnly: true, begun: begun)
  }

  /// Whether somebody wrote while it was read as a file that nobody writes.
  var wasDisturbed: Bool { begun.map { $0 != Self.stamps(of: path) } ?? false }

  private static func stamps(of path: String) -> [FileStamp?] {
    [FileStamp(path), FileStamp(path + "-wal")]
  }

  /// A service that writes has a log beside the file, and SQLite's locks keep reader and writer apart. Without
  /// a log nobody writes, and SQLite is told so: else it would make one, which a folder may not allow, and
  /// leave it there with an owner who is not the service's.
  private static func openedToRead(
    _ path: String, _ readOnly: Configuration
  ) throws -> (DatabaseQueue, begun: [FileStamp?]?) {
    let stamps = stamps(of: path)
    let place = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    let alone = "file:\(place)?immutable=1"
    guard let log = stamps[1] else {
      return (try DatabaseQueue(path: alone, configuration: readOnly), stamps)
    }
    do {
      return (try DatabaseQueue(path: path, configuration: readOnly), nil)
    } catch let error as DatabaseError where error.cannotUseLog && log.size == 0 {
      return (try DatabaseQueue(path: alone, configuration: readOnly), stamps)
    }
  }

  /// - Parameter short: read also a file that is shorter than its header says, which SQLite else refuses.
  static func readOnly(short: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    if short {
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
    }
    return configuration
  }

  private static func reason(_ error: DatabaseError, at path: String) -> String {
    let message = error.message ?? "SQLite says nothing more"
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return "is a folder; name the journal in it, as \(path)/journal.sqlite."
    }
    if error.resultCode == .SQLITE_NOTADB {
      return "is no journal of Tocsin: it is no SQLite file."
    }
    if error.isDamage {
      return "is damaged so that none of it can be read (\(message)); take a copy of it. "
        + "'tocsin run' sets such a file aside and begins a new one."
    }
    if !FileManager.default.isReadableFile(atPath: path) {
      return "may not be read by you; become its owner or ask for a copy."
    }
    if error.cannotUseLog {
      return "has its newest entries in \(path)-wal, which cannot be read in a folder where you "
        + "may not write; copy both files into a folder of your own."
    }
    return "cannot be read: \(message)."
  }
}

/// What changes of a file when it is written.
struct FileStamp: Hashable, Sendable {
  var size: Int
  var changed: Date

  /// `nil` for a file that is not there.
  init?(_ path: String) {
    guard let known = try? FileManager.default.attributesOfItem(atPath: path),
      let size = known[.size] as? Int, let changed = known[.modificationDate] as? Date
    else { return nil }
    (self.size, self.changed) = (size, changed)
  }
}

extension DatabaseError {
  /// SQLite has nowhere to put what it needs to read the log beside the file.
  fileprivate var cannotUseLog: Bool {
    resultCode == .SQLITE_CANTOPEN || resultCode == .SQLITE_READONLY
  }
}
