/// One thing in a document that a rule forbids or advises against, with its place.
public struct Fault: Hashable, Sendable, CustomStringConvertible {
  public var rule: Rule
  /// 1 is the document's first line.
  public var line: Int
  /// The element: `alert/info[2]/area/polygon[3]`.
  public var path: String
  /// What is wrong there and what to do about it.
  public var text: String

  public init(rule: Rule, line: Int, path: String, text: String) {
    self.rule = rule
    self.line = line
    self.path = path
    self.text = text
  }

  /// Whether the document breaks a rule; otherwise it goes against advice and is valid all the same.
  public var isError: Bool { !rule.isAdvice }

  /// `12: error: polygon_open: alert/info/area/polygon: is not closed …`
  public var description: String {
    "\(line): \(isError ? "error" : "warning"): \(rule.rawValue): \(path): \(text)"
  }
}

/// The faults of one document, in the order they were found; at most ``limit``.
struct Faults {
  private(set) var all: [Fault] = []
  /// How many more there were.
  private var more = 0

  /// A document of faults alone shall not fill the memory.
  static let limit = 1000

  mutating func add(_ rule: Rule, at element: Element, _ text: String) {
    guard all.count < Self.limit else {
      more += 1
      return
    }
    all.append(Fault(rule: rule, line: element.line, path: element.path, text: text))
  }

  var listed: [Fault] {
    guard more > 0 else { return all }
    return all + [Fault(rule: .more, line: 1, path: "", text: "\(more) more faults are not listed")]
  }
}
