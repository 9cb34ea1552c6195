import Foundation
import Logging

/// Which deliveries each siren has sounded, on disk: what a delivery has sounded once it never sounds again, also
/// not after a restart.
///
/// Written before the relay is switched on. If the disk cannot be written the siren sounds all the same, and the
/// log says so: only a restart in the next seconds could then sound it twice.
actor SoundedMemory {
  /// Lines that are kept; a delivery is too old to sound long before it leaves them.
  static let kept = 10_000

  private let path: String
  private let logger: Logger
  private var known: Set<String> = []

  init(path: String, logger: Logger) {
    self.path = path
    self.logger = logger
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n").suffix(Self.kept) {
      if line.hasPrefix("-") {
        known.remove(String(line.dropFirst()))
      } else {
        known.insert(String(line))
      }
    }
    let lines = known.sorted().joined(separator: "\n") + (known.isEmpty ? "" : "\n")
    do {
      try Data(lines.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      logger.error("Siren memory not written", metadata: ["path": "\(path)", "reason": "\(error)"])
    }
  }

  /// - Returns: whether it was not known.
  func remember(_ delivery: String, _ siren: String) -> Bool {
    let line = "\(delivery) \(siren)"
    guard known.insert(line).inserted else { return false }
    append(line)
    return true
  }

  /// It did not sound after all, so it may be tried again.
  func forget(_ delivery: String, _ siren: String) {
    let line = "\(delivery) \(siren)"
    known.remove(line)
    append("-" + line)
  }

  private func append(_ line: String) {
    do {
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data((line + "\n").utf8))
      try file.synchronize()
    } catch {
      logger.error("Siren memory not written", metadata: ["path": "\(path)", "reason": "\(error)"])
    }
  }
}
