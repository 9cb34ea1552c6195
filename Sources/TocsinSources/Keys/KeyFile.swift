import Foundation
import Synchronization

#if canImport(Glibc)
  // Whichever of the two the compiler loads first counts as the one that defines `stat`.
  import CDispatch
  import Glibc
#endif

/// `keys.json` in `$TOCSIN_HOME`, read again whenever it has changed, so that a key holds or is revoked at once.
public final class KeyFile: Sendable {
  public let path: String
  // Many connections ask at once; the ring is read from the file by whoever comes first.
  private let kept: Mutex<Kept>

  private struct Kept {
    var mark: Mark?
    var ring = KeyRing()
  }

  private struct Mark: Equatable {
    var seconds: Int
    var nanoseconds: Int
    var inode: UInt64
    var size: Int64
  }

  /// Why the keys could not be read or written.
  public struct Unusable: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    public var reason: String
    public var description: String {
      "\(path): \(reason). Every request that needs a key is refused until it can be read; mend or "
        + "move the file, then make keys with 'tocsin keys add'."
    }
  }

  public init(path: String) {
    self.path = path
    kept = Mutex(Kept())
  }

  /// The keys as they are now; none if there is no file yet.
  public func ring() throws(Unusable) -> KeyRing {
    try kept.withLock { (kept: inout sending Kept) throws(Unusable) -> KeyRing in
      guard let mark = mark() else {
        kept = Kept()
        return kept.ring
      }
      if mark != kept.mark { kept = Kept(mark: mark, ring: try read()) }
      return kept.ring
    }
  }

  /// Changes the keys and writes them: whole or not at all, readable by the owner alone.
  public func update<Answer>(
    _ change: (inout KeyRing) throws(KeyRing.Fault) -> Answer
  ) throws -> Answer {
    var ring = try self.ring()
    let answer = try change(&ring)
    try write(ring)
    return answer
  }

  private func read() throws(Unusable) -> KeyRing {
    do {
      return try JSONDecoder().decode(KeyRing.self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw Unusable(path: path, reason: "cannot be read as keys (\(error.localizedDescription))")
    }
  }

  private func write(_ ring: KeyRing) throws(Unusable) {
    let draft = path + ".new"
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let bytes = [UInt8](try encoder.encode(ring))
      unlink(draft)
      let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw Unusable(path: path, reason: Self.systemError) }
      defer { close(file) }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard count > 0 else { throw Unusable(path: path, reason: Self.systemError) }
        rest = rest.dropFirst(count)
      }
      guard fsync(file) == 0, rename(draft, path) == 0 else {
        throw Unusable(path: path, reason: Self.systemError)
      }
    } catch let unusable as Unusable {
      throw unusable
    } catch {
      throw Unusable(path: path, reason: error.localizedDescription)
    }
  }

  private static var systemError: String { String(cString: strerror(errno)) }

  private func mark() -> Mark? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Mark(
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
      inode: UInt64(status.st_ino), size: Int64(status.st_size))
  }
}
