/// Why a file could not be read at all: what, where, and what to do.
public struct UnreadableFile: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var problem: Problem

  public enum Problem: Hashable, Sendable {
    /// What the system said.
    case missing(String)
    case tooLong(limit: Int)
    /// `gunzip` could not be started.
    case noGunzip(String)
    /// What `gunzip` said.
    case gunzip(String)
    /// Every fault inside it, one a text, each with its line.
    case faults([String])
  }

  public init(path: String, problem: Problem) {
    self.path = path
    self.problem = problem
  }

  public var description: String {
    switch problem {
    case .missing(let reason):
      "\(path) cannot be read (\(reason)). Check the path and who may read it."
    case .tooLong(let limit):
      "\(path) is longer than \(limit) bytes and was not read. Split it into several files."
    case .noGunzip(let reason):
      "\(path) is compressed and 'gunzip' cannot be started (\(reason)). Install gzip, or give the "
        + "file uncompressed."
    case .gunzip(let reason):
      "\(path) cannot be uncompressed: gunzip says '\(reason)'. Fetch the file again."
    case .faults(let faults):
      faults.map { "\(path), \($0)" }.joined(separator: "\n")
    }
  }
}
