/// Finds zones by the names that feeds and people write, which are seldom letter for letter the zone's own.
///
/// What does not count: white space at the ends, how much of it between words and around commas, upper and
/// lower case, invisible marks of writing direction, which apostrophe, quote or dash it is, whether an
/// apostrophe is one or two, and whether one that belongs to the end stands at the front. What counts is
/// every letter: `גת` and `ג'ת` are two towns. Nothing is guessed from likeness.
///
/// Source: the names in real Home Front Command alerts beside those of its list of cities.
public struct ZoneNames: Hashable, Sendable {
  /// Ids by folded name, one table for each language, Hebrew first.
  private let tables: [[String: [String]]]
  private let verbatim: Set<String>

  /// What a name as written stands for.
  public struct Match: Hashable, Sendable {
    /// Ids, each once.
    public var zones: [String] = []
    /// What no zone is called: the name, or those of its parts, as written.
    public var unknown: [String] = []
    /// What several zones are called; none of them is in ``zones`` for it.
    public var ambiguous: [AmbiguousName] = []
    /// Whether a zone is called exactly this, letter for letter.
    public var isVerbatim = false

    public init() {}

    /// Whether every part of the name stands for a zone.
    public var isWhole: Bool { unknown.isEmpty && ambiguous.isEmpty }
  }

  public init(_ zones: [Zone]) {
    let given = Set(zones.flatMap { $0.name.byLanguage.keys })
    let first = ["he", "en", "ar", "ru"]
    let languages = first.filter(given.contains) + given.subtracting(first).sorted()
    tables = languages.map { language in
      var ids: [String: [String]] = [:]
      for zone in zones {
        guard let name = zone.name.byLanguage[language] else { continue }
        ids[Self.folded(name), default: []].append(zone.id)
      }
      return ids
    }
    verbatim = Set(zones.flatMap { $0.name.byLanguage.values })
  }

  /// What a name stands for, as a whole if any zone is called that, else by its parts between commas.
  ///
  /// The longest run of parts that is a name counts: `א, ב, ג` may be the zones `א, ב` and `ג`.
  public func match(_ name: String) -> Match {
    var match = Match()
    match.isVerbatim = verbatim.contains(name)
    let folded = Self.folded(name)
    if let ids = ids(folded) {
      take(ids, of: name, into: &match)
      return match
    }
    let parts = folded.split(separator: ",").map(String.init)
    let written = name.split(separator: ",").map { Self.trimmed(String($0)) }.filter { !$0.isEmpty }
    // A list of more parts than any place has is no name; the bound keeps hostile ones cheap.
    guard (2...64).contains(parts.count), parts.count == written.count else {
      match.unknown = [name]
      return match
    }
    var index = 0
    while index < parts.count {
      let length = longestRun(parts[index...], into: &match)
      if length == 0 { match.unknown.append(written[index]) }
      index += max(1, length)
    }
    if match.zones.isEmpty && match.ambiguous.isEmpty { match.unknown = [name] }
    return match
  }

  /// The ids that a name stands for; empty if it is unknown. Parts that are unknown are left out:
  /// ``match(_:)`` tells them.
  public func zones(named name: String) throws(AmbiguousName) -> [String] {
    let match = match(name)
    if let ambiguous = match.ambiguous.first { throw ambiguous }
    return match.zones
  }

  private func ids(_ folded: String) -> [String]? {
    for table in tables {
      if let ids = table[folded] { return ids }
    }
    return nil
  }

  private func take(_ ids: [String], of name: String, into match: inout Match) {
    if ids.count > 1 {
      match.ambiguous.append(AmbiguousName(name: name, zones: ids))
    } else {
      match.zones += ids.filter { !match.zones.contains($0) }
    }
  }

  /// How many parts from the first are one name together; 0 if not even the first is one.
  private func longestRun(_ parts: ArraySlice<String>, into match: inout Match) -> Int {
    for length in stride(from: parts.count, to: 0, by: -1) {
      let run = parts.prefix(length).joined(separator: ",")
      if let ids = ids(run) {
        take(ids, of: run, into: &match)
        return length
      }
    }
    return 0
  }
}

/// A name that several zones have. Which one is meant is not guessed.
public struct AmbiguousName: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  public var name: String
  /// Ids in the order of the plan.
  public var zones: [String]

  public init(name: String, zones: [String]) {
    self.name = name
    self.zones = zones
  }

  public var description: String {
    "'\(name)' is the name of \(zones.count) zones (\(zones.joined(separator: ", "))). Say which one by "
      + "its id or its Hebrew name."
  }
}
