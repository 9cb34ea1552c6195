import TocsinModel
import Yams

/// Typed access to one mapping of a YAML file; what is wrong with it is gathered, with its line.
struct ScenarioFields {
  let name: String
  let mark: Int
  private(set) var faults: [String] = []
  private let values: [String: Node]
  private var unread: [String: Int] = [:]

  /// - Parameter name: what faults call the mapping; empty for a file as a whole.
  init(_ node: Node, name: String) {
    self.name = name
    mark = node.mark?.line ?? 1
    var values: [String: Node] = [:]
    if let mapping = node.mapping {
      for (key, value) in mapping {
        let key = key.string ?? ""
        values[key] = value
        unread[key] = value.mark?.line ?? mark
      }
    } else {
      faults.append("line \(mark): \(name) is no mapping; write it as 'key: value' lines")
    }
    self.values = values
  }

  /// Every fault, those of keys that nobody asked for last.
  func allFaults() -> [String] {
    faults
      + unread.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { key, line in
        "line \(line): \(full(key)) means nothing here; correct its name or take it out"
      }
  }

  mutating func fault(_ key: String, _ words: String) {
    let line = values[key]?.mark?.line ?? mark
    faults.append("line \(line): \(full(key)) \(words)")
  }

  mutating func node(_ key: String) -> Node? {
    unread[key] = nil
    return values[key]
  }

  mutating func text(_ key: String) -> String? {
    let line = values[key]?.mark?.line
    let text = optionalText(key)
    if text == nil, line == nil { fault(key, "is missing; add it") }
    return text
  }

  mutating func optionalText(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else {
      fault(key, "is no text; write one text after the colon")
      return nil
    }
    return text
  }

  /// One text, or a mapping from language to text.
  mutating func texts(_ key: String) -> Texts? {
    guard let node = node(key) else {
      fault(key, "is missing; add it")
      return nil
    }
    if let text = node.scalar?.string, !text.isEmpty { return Texts(text) }
    var texts: [String: String] = [:]
    for (language, text) in node.mapping ?? [:] {
      texts[language.string ?? ""] = text.scalar?.string
    }
    guard !texts.isEmpty, texts.count == node.mapping?.count else {
      fault(key, "is neither a text nor texts by language; write '\(key): …' or 'en: …' under it")
      return nil
    }
    return Texts(texts)
  }

  mutating func optionalTexts(_ key: String) -> Texts? {
    values[key] == nil ? nil : texts(key)
  }

  mutating func time(_ key: String) -> Timestamp? {
    guard let text = text(key) else { return nil }
    guard let time = Timestamp(text) else {
      fault(
        key, "is '\(text)', which is no time with an offset; write it as 2026-01-01T02:00:01+02:00")
      return nil
    }
    return time
  }

  mutating func optionalTime(_ key: String) -> Timestamp? {
    values[key] == nil ? nil : time(key)
  }

  mutating func number(_ key: String, within range: ClosedRange<Double>) -> Double? {
    guard let text = text(key) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      fault(key, "is no number from \(range.lowerBound) to \(range.upperBound): '\(text)'")
      return nil
    }
    return number
  }

  mutating func flag(_ key: String) -> Bool {
    guard let text = optionalText(key) else { return false }
    if text != "true", text != "false" { fault(key, "is neither true nor false: '\(text)'") }
    return text == "true"
  }

  /// A span with its unit: `2 s`, `100 ms`, `10 min`.
  mutating func duration(_ key: String) -> Duration? {
    guard let text = text(key) else { return nil }
    let parts = text.split(separator: " ")
    let units: [Substring: Double] = ["ms": 1e-3, "s": 1, "min": 60, "h": 3600]
    guard parts.count == 2, let number = Double(parts[0]), let unit = units[parts[1]],
      number > 0, number * unit <= 1e9
    else {
      fault(key, "is no time above 0 with its unit: '\(text)'; write '2 s', '100 ms', '10 min'")
      return nil
    }
    return .nanoseconds(Int64((number * unit * 1e9).rounded()))
  }

  mutating func optionalDuration(_ key: String) -> Duration? {
    values[key] == nil ? nil : duration(key)
  }

  /// One of a closed list of words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    fault(key, "is '\(text)'; it can be: \(known)")
    return nil
  }

  /// The texts of a list; empty if it is not there.
  mutating func list(_ key: String) -> [String] {
    guard let node = node(key) else { return [] }
    let texts = node.sequence?.compactMap(\.scalar?.string) ?? []
    if texts.isEmpty || texts.count != node.sequence?.count {
      fault(key, "is no list of texts; write [first, second]")
    }
    return texts
  }

  private func full(_ key: String) -> String { name.isEmpty ? "'\(key)'" : "'\(key)' of \(name)" }
}
