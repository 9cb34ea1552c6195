import CAP
import Foundation
import Testing

/// Real messages, changed at random, judged by us and by xmllint with the schema of OASIS.
@Suite(.enabled(if: SharedSamples.areThere && XMLLint.isThere)) struct `Our schema check` {
  @Test(arguments: [("CAP-v1.2.xsd", "1.2"), ("cap11.xsd", "1.1"), ("cap10.xsd", "1.0")])
  func `agrees with xmllint on what is valid`(schema: String, version: String) throws {
    var chance = SeededGenerator(state: 20_261_125)
    let texts = try SharedSamples.messages().map { try SharedSamples.bytes("samples/" + $0.file) }
      .filter { $0.count < 10_000 && Reading($0).version?.name == version }
      .map { String(decoding: $0, as: UTF8.self) }
    var documents: [String] = []
    for text in texts {
      for _ in 0..<(600 / texts.count) { documents.append(Change.random(text, &chance)) }
    }
    let verdicts = try XMLLint.validate(
      documents, schema: SharedSamples.folder.appending(path: "schema/" + schema).path)
    var valid = 0
    for (document, isValid) in zip(documents, verdicts) {
      let all = Reading(Array(document.utf8)).faults
      // What is no URI to xmllint is, to us, none that is absolute.
      guard !all.contains(where: { $0.rule == .web || $0.rule == .uriRelative }) else { continue }
      let faults = all.filter { $0.rule.rawValue.hasPrefix("schema_") || $0.path == "document" }
      #expect(faults.isEmpty == isValid, "\(faults.map(\.description)) \(document)")
      if isValid { valid += 1 }
    }
    // Neither side of the comparison is empty.
    #expect(valid > documents.count / 50 && valid < documents.count * 49 / 50)
  }
}

/// A change of one leaf element.
private enum Change {
  static let words = [
    "", " ", "Actual", "Alert", "Met", "Unknown", "2026-05-24T16:49:00-07:00",
    "2026-05-24T16:49:00Z", "2026-05-24T16:49:00", "2026-05-24T13:00:00+14:00",
    "2026-02-30T00:00:00-00:00", "2026-05-24T16:49:00.25+01:00", "en_US", "de-1996", "1e3", "-7",
    "+07", "1.5", ".5", "x", "Very Likely",
  ]

  static func random(_ text: String, _ chance: inout SeededGenerator) -> String {
    let leaf = /<([a-zA-Z:]+)>([^<>]*)<\/([a-zA-Z:]+)>/
    let leaves = text.matches(of: leaf).filter { $0.1 == $0.3 }
    guard let one = leaves.randomElement(using: &chance),
      let two = leaves.randomElement(using: &chance)
    else { return text }
    var changed = text
    switch Int.random(in: 0..<8, using: &chance) {
    case 0: changed.removeSubrange(one.range)
    case 1: changed.insert(contentsOf: one.0, at: two.range.lowerBound)
    case 2: changed.replaceSubrange(one.range, with: two.0)
    case 3: changed.replaceSubrange(one.range, with: "<\(one.1)>\(two.2)</\(one.1)>")
    case 4: changed.replaceSubrange(one.range, with: "<\(one.1) a=\"b\">\(one.2)</\(one.1)>")
    case 5: changed.insert(contentsOf: "word", at: one.range.upperBound)
    default:
      let word = words.randomElement(using: &chance) ?? ""
      changed.replaceSubrange(one.range, with: "<\(one.1)>\(word)</\(one.1)>")
    }
    return changed
  }
}

/// The command of Debian's libxml2-utils.
enum XMLLint {
  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint") }

  /// Whether each document is valid by an XML schema.
  static func validate(_ documents: [String], schema: String) throws -> [Bool] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "tocsin-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = documents.indices.map { folder.appending(path: "\($0).xml") }
    for (file, document) in zip(files, documents) { try Data(document.utf8).write(to: file) }
    let lint = Process()
    lint.executableURL = URL(filePath: "/usr/bin/xmllint")
    lint.arguments = ["--noout", "--nonet", "--schema", schema] + files.map(\.path)
    let said = folder.appending(path: "said")
    try Data().write(to: said)
    lint.standardError = try FileHandle(forWritingTo: said)
    try lint.run()
    lint.waitUntilExit()
    let lines = Set(
      try String(contentsOf: said, encoding: .utf8).split(separator: "\n").map(String.init))
    return files.map { lines.contains("\($0.path) validates") }
  }
}

/// Repeatable chance for tests.
///
/// Source: S. Vigna, "splitmix64", 2015.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
