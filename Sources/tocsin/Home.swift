import Foundation

/// Where Tocsin keeps its data: `$TOCSIN_HOME`, else `~/.local/share/tocsin`.
enum Home {
  static func path(_ name: String) throws -> String {
    let home =
      ProcessInfo.processInfo.environment["TOCSIN_HOME"]
      ?? NSHomeDirectory() + "/.local/share/tocsin"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return home + "/" + name
  }

  static func journal() throws -> String { try path("journal.sqlite") }
  static func keys() throws -> String { try path("keys.json") }
}
