import Foundation
import NewsReading

/// One line of gold, in the shape of `tocsin record read --json`.
struct Gold: Decodable {
  var sentence: Int
  var speaker: String
  var relays: [String]
  var stance: String
  var direct: Bool
  var quote: String
  var content: String
}

/// How drafts compare with gold over a folder of texts.
///
/// A draft answers a gold line when it points to the same sentence, names the same speaker (at
/// least three in five words of the shorter name, articles left out) and shares at least half of
/// the words said (F-measure). Each answers one other at most.
struct CorpusScore: CustomStringConvertible {
  var texts = 0
  var gold = 0
  var drafts = 0
  var matched = 0
  var quotes = 0
  var equalQuotes = 0
  var stances = 0
  var relays = 0
  var contents = 0
  var misses: [String] = []

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  init(_ part: String) throws {
    let folder = Self.folder.appendingPathComponent(part)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for name in names where name.hasSuffix(".txt") {
      let base = String(name.dropLast(4))
      let text = try Data(contentsOf: folder.appendingPathComponent(name))
      let lines = try String(
        contentsOf: folder.appendingPathComponent(base + ".ndjson"), encoding: .utf8)
      let gold = try lines.split(separator: "\n").map {
        try JSONDecoder().decode(Gold.self, from: Data($0.utf8))
      }
      compare(NewsReader().read([UInt8](text)).drafts, with: gold, in: base)
    }
  }

  private mutating func compare(_ drafts: [Draft], with gold: [Gold], in name: String) {
    texts += 1
    self.gold += gold.count
    self.drafts += drafts.count
    var free = drafts
    for line in gold {
      guard let place = free.firstIndex(where: { Self.answers($0, line) }) else {
        misses.append("\(name) \(line.sentence): \(line.speaker), \(line.stance)")
        continue
      }
      let draft = free.remove(at: place)
      matched += 1
      if draft.stance.rawValue == line.stance { stances += 1 }
      if Set(draft.relays) == Set(line.relays) { relays += 1 }
      if draft.content == line.content { contents += 1 }
      guard line.direct else { continue }
      quotes += 1
      if draft.quote == line.quote { equalQuotes += 1 }
    }
    misses += free.map {
      "\(name) \($0.sentence): \($0.speaker) is no statement: \($0.content)\($0.quote)"
    }
  }

  private static func answers(_ draft: Draft, _ gold: Gold) -> Bool {
    draft.sentence == gold.sentence
      && sameSpeaker(words(draft.speaker), words(gold.speaker))
      && shares(words(draft.quote + " " + draft.content), words(gold.quote + " " + gold.content))
  }

  private static func sameSpeaker(_ one: [String], _ other: [String]) -> Bool {
    let one = Set(one).subtracting(["the", "a", "an"])
    let other = Set(other).subtracting(["the", "a", "an"])
    guard !one.isEmpty, !other.isEmpty else { return false }
    return Double(one.intersection(other).count) >= 0.6 * Double(min(one.count, other.count))
  }

  private static func shares(_ one: [String], _ other: [String]) -> Bool {
    if one.isEmpty || other.isEmpty { return one.isEmpty && other.isEmpty }
    var left = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
    var common = 0
    for word in one where left[word, default: 0] > 0 {
      left[word, default: 0] -= 1
      common += 1
    }
    return 4 * common >= one.count + other.count
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.map(
      String.init)
  }

  var precision: Double { Double(matched) / Double(max(1, drafts)) }
  var recall: Double { Double(matched) / Double(max(1, gold)) }
  var quoteEquality: Double { Double(equalQuotes) / Double(max(1, quotes)) }
  var stanceEquality: Double { Double(stances) / Double(max(1, matched)) }

  var description: String {
    func percent(_ part: Int, _ whole: Int) -> String {
      "\(part) of \(whole) (\((1000 * Double(part) / Double(max(1, whole))).rounded() / 10) %)"
    }
    return """
      \(texts) texts: precision \(percent(matched, drafts)), recall \(percent(matched, gold)), \
      quotes equal \(percent(equalQuotes, quotes)), stance \(percent(stances, matched)), \
      relays \(percent(relays, matched)), content equal \(percent(contents, matched))
      """
  }
}
