/// Which attribute of an incident some words are about, where plain words tell.
enum Topic {
  private static let rules: [(attribute: String, words: [String])] = [
    ("count.killed", ["killed", "dead", "died", "deaths", "death toll", "toll"]),
    ("count.injured", ["injured", "wounded", "injuries", "hurt"]),
    ("interception", ["intercepted", "intercept", "interception", "shot down", "iron dome"]),
    (
      "end",
      [
        "open area", "open areas", "open ground", "fell in", "landed in", "exploded before",
        "crashed in",
      ]
    ),
    ("siren.sounded", ["siren", "sirens"]),
    ("warning.time.given", ["warning time", "time to", "no warning"]),
    ("responsibility", ["responsibility", "behind the"]),
    ("fired.by", ["fired by", "launched by", "fired from", "launched from"]),
    (
      "count.launched",
      [
        "launches", "rockets were", "rockets fired", "missiles were", "launch was detected",
        "launch from",
      ]
    ),
    (
      "cause",
      ["technical", "malfunction", "fault", "caused by", "cause of", "human error", "by mistake"]
    ),
    ("ceasefire", ["ceasefire", "cease-fire", "truce"]),
    ("operation", ["operation"]),
    ("weapon.kind", ["rocket", "missile", "drone"]),
  ]

  /// The attribute of the first rule one of whose words or pairs of words occurs.
  static func attribute(of words: String) -> String? {
    let parts = words.lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init)
    let pairs = zip(parts, parts.dropFirst()).map { $0 + " " + $1 }
    let occurring = Set(parts).union(pairs)
    return rules.first { rule in rule.words.contains(where: occurring.contains) }?.attribute
  }
}
