package import Yams

/// A YAML file as its one document; every node knows its line.
package enum YAMLFile {
  package static func read(_ path: String) throws(UnreadableFile) -> Node {
    let bytes = try FileBytes.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UnreadableFile(path: path, problem: .faults(["is not UTF-8; save it as UTF-8"]))
    }
    do {
      if let node = try Yams.compose(yaml: text) { return node }
    } catch {
      throw UnreadableFile(path: path, problem: .faults([Self.words(for: error)]))
    }
    throw UnreadableFile(path: path, problem: .faults(["line 1: is empty; write it"]))
  }

  private static func words(for error: any Error) -> String {
    guard let error = error as? YamlError,
      case .parser(_, let problem, let mark, _) = error
    else { return "is no YAML: \(error)" }
    return "line \(mark.line): is no YAML here: \(problem)"
  }
}
