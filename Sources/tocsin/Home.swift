import Foundation

/// Where Tocsin keeps its data: the folder given, else `$TOCSIN_HOME`, else `~/.local/share/tocsin`.
struct Home {
  let folder: String

  init(_ folder: String?) {
    self.folder =
      folder ?? ProcessInfo.processInfo.environment["TOCSIN_HOME"]
      ?? NSHomeDirectory() + "/.local/share/tocsin"
  }

  func journal() throws -> String { try path("journal.sqlite") }
  func keys() throws -> String { try path("keys.json") }

  /// Another file or folder in it.
  func file(_ name: String) throws -> String { try path(name) }
  func history() throws -> String { try path("history.sqlite") }

  static func journal() throws -> String { try Home(nil).journal() }
  static func keys() throws -> String { try Home(nil).keys() }

  /// The configuration in the home, if it is there.
  static func configuration() throws -> String? {
    let path = try Home(nil).path("tocsin.yaml")
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private func path(_ name: String) throws -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Refused(
        description: "\(folder) cannot be made (\(error.reason)). "
          + "Set $TOCSIN_HOME to a folder where you may write.")
    }
    return folder + "/" + name
  }
}
