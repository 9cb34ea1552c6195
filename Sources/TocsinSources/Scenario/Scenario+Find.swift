import Foundation
public import TocsinConfiguration

extension Scenario {
  /// The ids of the scenarios that come with Tocsin, in order.
  public static var shipped: [String] {
    let folders = try? FileManager.default.contentsOfDirectory(atPath: shippedFolder)
    return (folders ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// A scenario by the id of a shipped one, or by its folder.
  public static func find(_ idOrFolder: String) throws(UnreadableFile) -> Scenario {
    try read(folder: folder(of: idOrFolder))
  }

  /// The folder of a shipped scenario, else the path itself.
  static func folder(of idOrFolder: String) throws(UnreadableFile) -> String {
    if shipped.contains(idOrFolder) { return shippedFolder + "/" + idOrFolder }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: idOrFolder, isDirectory: &isFolder)
    if exists, isFolder.boolValue { return idOrFolder }
    throw UnreadableFile(
      path: idOrFolder,
      problem: .missing(
        "it is no folder and no shipped scenario; those are \(shipped.joined(separator: ", "))"))
  }

  /// Reads a scenario from its folder.
  public static func read(folder: String) throws(UnreadableFile) -> Scenario {
    try ScenarioFolder(path: folder).read()
  }

  private static var shippedFolder: String { Bundle.module.bundlePath + "/Scenarios" }
}
