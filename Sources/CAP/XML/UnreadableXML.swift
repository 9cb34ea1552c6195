/// Why bytes are no document that could be looked at.
public enum UnreadableXML: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  case tooLarge(bytes: Int, limit: Int)
  /// A document type declaration: the door of external entities and of entity floods.
  case hasDoctype(line: Int)
  case notWellFormed(line: Int, problem: String)

  public var line: Int {
    switch self {
    case .empty, .tooLarge: 1
    case .hasDoctype(let line), .notWellFormed(let line, _): line
    }
  }

  public var description: String {
    switch self {
    case .empty: "The document is empty."
    case .tooLarge(let bytes, let limit):
      "The document has \(bytes) bytes; at most \(limit) are read. Send large files by their uri."
    case .hasDoctype:
      "The document has a DOCTYPE and was refused unread: CAP has none, and attacks do."
    case .notWellFormed(_, let problem): "The document is not well-formed XML: \(problem)."
    }
  }
}
