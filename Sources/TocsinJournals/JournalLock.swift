#if canImport(Glibc)
  import Glibc
#endif

/// That nobody else writes to a journal: two writers would break each other's chain.
///
/// The system lets go of it when the process ends, however it ends.
public struct JournalLock: ~Copyable {
  private let descriptor: Int32

  /// - Throws: ``UnusableJournal`` if another process holds it.
  public init(_ path: String) throws(UnusableJournal) {
    // Beside the journal, so that it holds also while that is set aside or replaced.
    let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    self.descriptor = descriptor
    // What cannot be locked (a folder that cannot be written) is no reason not to warn.
    guard descriptor >= 0 else { return }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw UnusableJournal(
        path: path,
        reason:
          "is in use by a running Tocsin. Stop that, or talk to it (--url http://127.0.0.1:8080).")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
