import Foundation
import TocsinConfiguration

extension ZoneFile {
  /// A folder stands for the pair in it, and one of a pair brings the other.
  static func files(at path: String) -> [String] {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if exists && isFolder.boolValue {
      let folder = path.hasSuffix("/") ? path : path + "/"
      return [folder + "cities.json", folder + "polygons.json"]
    }
    for (one, other) in [("cities.json", "polygons.json"), ("polygons.json", "cities.json")]
    where shortName(path) == one {
      let beside = path.dropLast(one.count) + other
      if FileManager.default.fileExists(atPath: String(beside)) { return [path, String(beside)] }
    }
    return [path]
  }

  static func bytes(_ path: String) throws(UnreadableZones) -> [UInt8] {
    do {
      return try FileBytes.read(path)
    } catch {
      let isOfPair = ["cities.json", "polygons.json"].contains(shortName(path))
      if isOfPair, case .missing = error.problem {
        throw .noPair(folder: String(path.dropLast(shortName(path).count)))
      }
      throw .file(error)
    }
  }

  /// The last part of a path.
  static func shortName(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}

extension ZoneFile {
  /// Each once: both files of a pair bring the other.
  static func unique(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }
}
