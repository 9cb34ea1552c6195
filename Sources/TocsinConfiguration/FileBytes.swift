package import Foundation

/// The bytes of whole files, plain or compressed by gzip.
package enum FileBytes {
  /// Bytes that one file may have after uncompressing.
  package static let limit = 1 << 30

  package static func read(_ path: String) throws(UnreadableFile) -> [UInt8] {
    path.hasSuffix(".gz") ? try uncompressed(path) : try plain(path)
  }

  private static func plain(_ path: String) throws(UnreadableFile) -> [UInt8] {
    let file = try opened(path)
    defer { try? file.close() }  // it was only read: closing can lose nothing
    do {
      let data = try file.read(upToCount: limit + 1) ?? Data()
      if data.count <= limit { return [UInt8](data) }
    } catch {
      throw UnreadableFile(path: path, problem: .missing(reason(error)))
    }
    throw UnreadableFile(path: path, problem: .tooLong(limit: limit))
  }

  /// Through the system's `gunzip`, which reads the file from its standard input.
  private static func uncompressed(_ path: String) throws(UnreadableFile) -> [UInt8] {
    let file = try opened(path)
    defer { try? file.close() }
    let gunzip = Process()
    let (output, errors) = (Pipe(), Pipe())
    gunzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gunzip.arguments = ["gunzip", "-c"]
    gunzip.standardInput = file
    gunzip.standardOutput = output
    gunzip.standardError = errors
    let data: Data
    do {
      try gunzip.run()
      data = try output.fileHandleForReading.read(upToCount: limit + 1) ?? Data()
    } catch {
      throw UnreadableFile(path: path, problem: .noGunzip(reason(error)))
    }
    if data.count > limit {
      gunzip.terminate()
      throw UnreadableFile(path: path, problem: .tooLong(limit: limit))
    }
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    gunzip.waitUntilExit()
    guard gunzip.terminationStatus == 0 else {
      let text = String(decoding: said.prefix(300), as: UTF8.self)
      let line = text.split(separator: "\n").first.map(String.init) ?? "nothing"
      // 127 is what env answers when it finds no such program (POSIX, env, exit status).
      throw UnreadableFile(
        path: path,
        problem: gunzip.terminationStatus == 127 ? .noGunzip(line) : .gunzip(line))
    }
    return [UInt8](data)
  }

  package static func opened(_ path: String) throws(UnreadableFile) -> FileHandle {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw UnreadableFile(path: path, problem: .missing("there is no such file"))
    }
    if isFolder.boolValue {
      throw UnreadableFile(path: path, problem: .missing("it is a folder"))
    }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw UnreadableFile(path: path, problem: .missing("it may not be opened"))
    }
    return file
  }

  private static func reason(_ error: any Error) -> String {
    (error as NSError).localizedDescription
  }
}
