import ArgumentParser
import Asterix
import Foundation
import TocsinConfiguration

struct AsterixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "asterix", abstract: "Reads ASTERIX, the format of surveillance radars.",
    subcommands: [Decode.self])

  struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints every record as a JSON line.",
      discussion: """
        Reads categories 034, 048 and 062 whole, tells the records of 063 and 065 apart, and skips and counts \
        others. Keys are the item numbers and fields of the specification, with the unit (Docs/ASTERIX.md). \
        What could not be read goes to standard error, each with item and byte; then the exit code is 1.
        """)

    @Argument(
      help: "A raw file (blocks back to back), or a pcap file of UDP datagrams; either .gz.")
    var file: String

    @Flag(help: "Only what Tocsin needs, in the units of the specification.")
    var core = false

    func run() throws {
      let bytes = try FileBytes.read(file)
      var listing = AsterixListing(isCore: core)
      if PacketCapture.isCapture(bytes) {
        let capture = try PacketCapture(bytes)
        for datagram in capture.datagrams {
          listing.list(BlockReader(capture.payload, in: datagram))
        }
        listing.note(capture)
      } else {
        listing.list(BlockReader(bytes))
      }
      guard listing.finish() else { throw ExitCode(1) }
    }
  }
}

/// Prints records and remembers what was wrong.
private struct AsterixListing {
  let isCore: Bool
  private var lines = ""
  private var records: [UInt8: Int] = [:]
  private var skipped: [UInt8: Int] = [:]
  private var checks: [UInt8: EditionCheck] = [:]
  private var isWhole = true

  init(isCore: Bool) { self.isCore = isCore }

  mutating func list(_ blocks: BlockReader) {
    for piece in blocks {
      switch piece {
      case .record(let record):
        records[record.category.number, default: 0] += 1
        checks[record.category.number, default: EditionCheck()].count(record)
        lines +=
          isCore
          ? RecordLine.core(record, offset: record.offset)
          : RecordLine.full(record, offset: record.offset)
        lines += "\n"
        if lines.utf8.count > 1 << 16 { flush() }
      case .unreadable(let fault):
        checks[fault.category, default: EditionCheck()].count(fault)
        fail(fault.description)
      case .skipped(let category, _, _): skipped[category, default: 0] += 1
      }
    }
  }

  mutating func note(_ capture: PacketCapture) {
    if capture.otherPackets > 0 {
      Output.note("\(capture.otherPackets) packets without a whole UDP datagram were left out.")
    }
    if let fault = capture.fault { fail(fault.description) }
  }

  private mutating func fail(_ words: String) {
    isWhole = false
    flush()
    Output.note(words)
  }

  /// - Returns: whether everything was read and makes sense.
  mutating func finish() -> Bool {
    flush()
    for (number, check) in checks.sorted(by: { $0.key < $1.key }) {
      guard let category = Category.numbered(number), check.isLikelyAnotherEdition else { continue }
      fail(check.words(category))
    }
    Output.note("Records: \(Self.words(records)). Skipped blocks: \(Self.words(skipped)).")
    return isWhole
  }

  private mutating func flush() {
    FileHandle.standardOutput.write(Data(lines.utf8))
    lines = ""
  }

  private static func words(_ counts: [UInt8: Int]) -> String {
    guard !counts.isEmpty else { return "none" }
    return counts.sorted { $0.key < $1.key }
      .map { "category \($0.key): \($0.value)" }.joined(separator: ", ")
  }
}
