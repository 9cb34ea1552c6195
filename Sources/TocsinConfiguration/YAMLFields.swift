import Foundation
package import TocsinModel
package import Yams

/// Typed access to one mapping of a YAML file; what is wrong with it is gathered, with its line.
package struct YAMLFields {
  package let name: String
  package let mark: Int
  package private(set) var faults: [String] = []
  private let values: [String: Node]
  private var unread: [String: Int] = [:]
  /// The keys that were asked for: what an unknown key may have been meant to be.
  private var known: Set<String> = []

  /// - Parameter name: what faults call the mapping; empty for a file as a whole.
  package init(_ node: Node, name: String) {
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
  package func allFaults() -> [String] {
    faults
      + unread.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { key, line in
        "line \(line): \(full(key)) means nothing here; \(advice(on: key))"
      }
  }

  private func advice(on key: String) -> String {
    let likely = known.map { ($0, Self.distance($0, key)) }.filter { $0.1 <= 2 }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }
    if let likely { return "is '\(likely.0)' meant?" }
    return "it can have: \(known.sorted().joined(separator: ", "))"
  }

  /// How many letters must be changed, put in or taken out (Levenshtein 1966).
  private static func distance(_ left: String, _ right: String) -> Int {
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var next = [i + 1]
      for (j, other) in right.enumerated() {
        next.append(min(row[j] + (letter == other ? 0 : 1), row[j + 1] + 1, next[j] + 1))
      }
      row = next
    }
    return row[right.count]
  }

  /// The faults of a mapping inside this one.
  package mutating func take(_ inner: YAMLFields) { faults += inner.allFaults() }

  package func has(_ key: String) -> Bool { values[key] != nil }

  /// The mappings of a list, each with its place in the name; empty if it is not there.
  package mutating func mappings(_ key: String, each: String) -> [YAMLFields] {
    guard let node = node(key) else { return [] }
    guard let entries = node.sequence else {
      fault(key, "is no list; write one '- ' line for each \(each)")
      return []
    }
    return entries.enumerated().map { YAMLFields($1, name: "\(each) \($0 + 1)") }
  }

  /// One mapping; `nil` if it is not there.
  package mutating func mapping(_ key: String) -> YAMLFields? {
    node(key).map { YAMLFields($0, name: full(key)) }
  }

  package mutating func fault(_ key: String, _ words: String) {
    let line = values[key]?.mark?.line ?? mark
    faults.append("line \(line): \(full(key)) \(words)")
  }

  package mutating func node(_ key: String) -> Node? {
    unread[key] = nil
    known.insert(key)
    return values[key]
  }

  package mutating func text(_ key: String) -> String? {
    let line = values[key]?.mark?.line
    let text = optionalText(key)
    if text == nil, line == nil { fault(key, "is missing; add it") }
    return text
  }

  package mutating func optionalText(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else {
      fault(key, "is no text; write one text after the colon")
      return nil
    }
    return text
  }

  /// One text, or a mapping from language to text.
  package mutating func texts(_ key: String) -> Texts? {
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

  package mutating func optionalTexts(_ key: String) -> Texts? { optional(key) { $0.texts(key) } }

  package mutating func time(_ key: String) -> Timestamp? {
    guard let text = text(key) else { return nil }
    guard let time = Timestamp(text) else {
      fault(
        key, "is '\(text)', which is no time with an offset; write it as 2026-01-01T02:00:01+02:00")
      return nil
    }
    return time
  }

  package mutating func optionalTime(_ key: String) -> Timestamp? { optional(key) { $0.time(key) } }

  package mutating func number(_ key: String, within range: ClosedRange<Double>) -> Double? {
    guard let text = text(key) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      fault(key, "is no number from \(range.lowerBound) to \(range.upperBound): '\(text)'")
      return nil
    }
    return number
  }

  package mutating func flag(_ key: String) -> Bool {
    guard let text = optionalText(key) else { return false }
    if text != "true", text != "false" { fault(key, "is neither true nor false: '\(text)'") }
    return text == "true"
  }

  /// A span with its unit: `2 s`, `100 ms`, `10 min`.
  package mutating func duration(_ key: String) -> Duration? {
    guard let text = text(key) else { return nil }
    guard let span = Self.span(text) else {
      fault(
        key, "is no time above 0 with its unit: '\(text)'; write '2 s', '100 ms', '10 min', '30 d'")
      return nil
    }
    return span
  }

  /// A span with its unit; `nil` for what is none, or 0.
  package static func span(_ text: String) -> Duration? {
    let parts = text.split(separator: " ")
    let units: [Substring: Double] = ["ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86_400]
    guard parts.count == 2, let number = Double(parts[0]), let unit = units[parts[1]],
      number > 0, number * unit <= 1e9
    else { return nil }
    return .nanoseconds(Int64((number * unit * 1e9).rounded()))
  }

  package mutating func optionalDuration(_ key: String) -> Duration? {
    optional(key) { $0.duration(key) }
  }

  package mutating func optionalNumber(_ key: String, within range: ClosedRange<Double>) -> Double?
  {
    optional(key) { $0.number(key, within: range) }
  }

  package mutating func optionalWhole(_ key: String, within range: ClosedRange<Int>) -> Int? {
    guard let text = optionalText(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      fault(key, "is no whole number from \(range.lowerBound) to \(range.upperBound): '\(text)'")
      return nil
    }
    return number
  }

  /// An address and port to listen on: `127.0.0.1:8080`, `[::1]:8080`.
  package mutating func optionalAddress(_ key: String) -> NetworkAddress? {
    guard let text = optionalText(key) else { return nil }
    guard let address = NetworkAddress(text) else {
      fault(key, "is '\(text)'; write an address and a port from 0 to 65535 as 127.0.0.1:8080")
      return nil
    }
    return address
  }

  /// An IANA name of a time zone.
  package mutating func optionalTimeZone(_ key: String) -> String? {
    guard let name = optionalText(key) else { return nil }
    if TimeZone(identifier: name) == nil {
      fault(key, "is '\(name)', no IANA name; write one like Asia/Jerusalem")
    }
    return name
  }

  /// Looks only if the key is there; it is known all the same.
  private mutating func optional<Value>(
    _ key: String, _ read: (inout YAMLFields) -> Value?
  ) -> Value? {
    known.insert(key)
    return values[key] == nil ? nil : read(&self)
  }

  /// One of a closed list of words.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    fault(key, "is '\(text)'; it can be: \(known)")
    return nil
  }

  /// The texts of a list; empty if it is not there.
  package mutating func list(_ key: String) -> [String] {
    guard let node = node(key) else { return [] }
    let texts = node.sequence?.compactMap(\.scalar?.string) ?? []
    if texts.isEmpty || texts.count != node.sequence?.count {
      fault(key, "is no list of texts; write [first, second]")
    }
    return texts
  }

  private func full(_ key: String) -> String { name.isEmpty ? "'\(key)'" : "'\(key)' of \(name)" }
}
