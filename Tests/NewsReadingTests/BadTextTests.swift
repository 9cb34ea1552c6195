import Foundation
import NewsReading
import Testing

@Suite struct `A bad text` {
  @Test func `in another encoding is read, and said`() {
    let file =
      Array("Head\n\n".utf8) + [0x93] + Array("We ran,".utf8) + [0x94]
      + Array(" said Ana Berg.".utf8)
    let reading = NewsReader().read(file)
    #expect(reading.drafts.map(\.quote) == ["We ran,"])
    #expect(reading.faults == [.otherEncoding(bytes: 2, firstOffset: 6)])
  }

  @Test func `in UTF-16 is read`() {
    let units = Array("Head\n\n“We ran,” said Ana Berg.".utf16)
    let file: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(NewsReader().read(file).drafts.map(\.quote) == ["We ran,"])
  }

  @Test func `with a quotation that never ends keeps every word, and says so`() {
    let reading = NewsReader().read("Head\n\nThe mayor said: \"We will stay.\n\nIt rained.")
    #expect(reading.drafts.map(\.quote) == ["We will stay."])
    #expect(reading.faults == [.unclosedQuotation(sentence: 2, words: "We will stay.")])
    #expect(reading.sentences.count == 3)
  }

  @Test func `without the end of a sentence is read in pieces, and says so`() {
    let words = Array(repeating: "water rose and", count: 400).joined(separator: " ")
    let reading = NewsReader().read("Head\n\nThe mayor said the dam held and " + words)
    #expect(reading.faults == [.longSentence(sentence: 2, words: 1207)])
    #expect(reading.drafts.map(\.speaker) == ["The mayor"])
  }

  @Test(arguments: ["", "\n\n\n", "\"", "'", "“”", "said", "\u{FEFF}", "according to", "\"said\""])
  func `of almost nothing is read`(text: String) {
    #expect(NewsReader().read(text).drafts.isEmpty)
  }

  /// Cuts, doubles, swaps and overwrites bytes of the corpus.
  @Test(arguments: 0..<40)
  func `is never lost in part, and no draft points outside it`(seed: UInt64) throws {
    var chance = Chance(state: seed)
    let folder = CorpusScore.folder.appendingPathComponent("develop")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".txt") }.sorted()
    for name in names {
      var bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
      for _ in 0..<chance.below(20) { chance.spoil(&bytes) }
      let reading = NewsReader(narrates: true).read(bytes)
      let letters = reading.text.filter { $0 > 0x40 && $0 < 0x7B }.count
      let read = reading.sentences.map { reading.text[$0].filter { $0 > 0x40 && $0 < 0x7B }.count }
      #expect(read.reduce(0, +) == letters, "seed \(seed), \(name)")
      for draft in reading.drafts {
        #expect((1...reading.sentences.count).contains(draft.sentence), "seed \(seed), \(name)")
        #expect(draft.range.upperBound <= reading.text.count)
        let text = reading.words(0..<reading.text.count)
        for part in draft.quote.components(separatedBy: " … ")
        where !part.isEmpty && !text.contains(part) {
          Issue.record("seed \(seed), \(name): '\(part)' is not in the text")
        }
      }
    }
  }
}

/// Repeatable chance for tests.
///
/// Source: S. Vigna, "splitmix64", 2015.
private struct Chance {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  mutating func spoil(_ bytes: inout [UInt8]) {
    guard bytes.count > 4 else { return }
    let place = below(bytes.count - 2)
    let length = min(below(30), bytes.count - place)
    let marks: [[UInt8]] = [
      "\"", "'", "“", "”", "\n\n", ".", ",", " said ", "\u{200F}", "(", " - ",
    ].map { Array($0.utf8) }
    switch below(5) {
    case 0: bytes.removeSubrange(place..<place + length)
    case 1: bytes.insert(contentsOf: marks[below(marks.count)], at: place)
    case 2: bytes[place] = UInt8(truncatingIfNeeded: next())
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: below(bytes.count))
    default: bytes.swapAt(place, below(bytes.count))
    }
  }
}
