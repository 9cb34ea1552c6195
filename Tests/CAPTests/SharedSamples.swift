import Foundation

/// The samples that lie beside the repository on the founders' machines; tests that use them are skipped elsewhere.
enum SharedSamples {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/reference/cap").standardizedFileURL

  static var areThere: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "INDEX.md").path)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// A line of the index: what another checker found.
  struct Row {
    var file: String
    var core: String
    var errors: [String]
    var warnings: [String]
    var profiles: Set<String>
  }

  static func messages() throws -> [Row] {
    let index = try String(contentsOf: folder.appending(path: "INDEX.md"), encoding: .utf8)
    return index.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 6, cells[0].hasSuffix(".xml"), Int(cells[1]) != nil else { return nil }
      let findings = cells[4].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0 != "–" }
      return Row(
        file: cells[0], core: cells[3], errors: findings.filter { !$0.hasPrefix("(") },
        warnings: findings.filter { $0.hasPrefix("(") }.map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: "()"))
        },
        profiles: Set(cells[5].split(separator: " ").map(String.init)).subtracting(["–"]))
    }
  }
}
