import Asterix
import Foundation
import Testing

/// Real and synthetic streams with what another decoder read from them; they stand beside the repository on
/// some machines.
enum Reference {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/data/asterix").path

  /// Streams that have a file of reference lines.
  static let streams: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { names.contains($0 + ".core.jsonl") }.sorted()
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }

  static func pieces(_ name: String) throws -> [BlockReader.Piece] {
    let bytes = try bytes(name)
    guard PacketCapture.isCapture(bytes) else { return Array(BlockReader(bytes)) }
    let capture = try PacketCapture(bytes)
    return capture.datagrams.flatMap { Array(BlockReader(capture.payload, in: $0)) }
  }

  static func records(_ name: String) throws -> [Record] {
    try pieces(name).compactMap { if case .record(let record) = $0 { record } else { nil } }
  }
}

@Suite(.enabled(if: !Reference.streams.isEmpty)) struct `A stream with a reference` {
  @Test(arguments: Reference.streams)
  func `yields line by line what the other decoder read`(name: String) throws {
    let lines = String(decoding: try Reference.bytes(name + ".core.jsonl"), as: UTF8.self)
    let expected = lines.split(separator: "\n").map(String.init)
    let records = try Reference.records(name)
    #expect(records.count == expected.count)
    #expect(records.map { RecordLine.core($0, offset: $0.offset) } == expected)
  }

  @Test(arguments: Reference.streams)
  func `is read without a fault`(name: String) throws {
    for piece in try Reference.pieces(name) {
      guard case .record = piece else {
        Issue.record("\(piece)")
        continue
      }
    }
  }

  @Test(arguments: Reference.streams)
  func `is written again octet by octet`(name: String) throws {
    for record in try Reference.records(name) {
      #expect(RecordDraft(record).octets == Array(record.octets))
    }
  }

  @Test(arguments: Reference.streams)
  func `is not changed by writing each value again that was read`(name: String) throws {
    for record in try Reference.records(name) {
      var draft = RecordDraft(record)
      for field in record.category.items.compactMap({ $0 }).flatMap(\.fields) {
        guard let value = record[field] else { continue }
        // Turned over first, so that the write has something to do.
        draft.set(field, raw: ~(record.raw(field) ?? 0))
        #expect(draft.octets != Array(record.octets))
        try draft.set(field, value)
      }
      #expect(draft.octets == Array(record.octets))
    }
  }

  @Test(arguments: Reference.streams)
  func `has lines that are JSON`(name: String) throws {
    for record in try Reference.records(name) {
      let line = RecordLine.full(record, offset: record.offset)
      let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(json?["off"] as? Int == record.offset)
    }
  }
}

@Suite(.enabled(if: !Reference.streams.isEmpty)) struct `A stream of another edition` {
  @Test func `is not read as if nothing were wrong`() throws {
    var check = EditionCheck()
    for piece in try Reference.pieces("croatia-062-edition-0.17.pcap") {
      switch piece {
      case .record(let record): check.count(record)
      case .unreadable(let fault):
        #expect(!fault.endsInput)
        check.count(fault)
      case .skipped: Issue.record("it has no other category")
      }
    }
    #expect(check.isLikelyAnotherEdition)
    #expect(check.implausible + check.unreadableBlocks > check.records / 2)
  }

  @Test(arguments: Reference.streams.filter { $0 != "full-uap-a.raw" })
  func `is not suspected where there is none`(name: String) throws {
    var checks: [UInt8: EditionCheck] = [:]
    for record in try Reference.records(name) {
      checks[record.category.number, default: EditionCheck()].count(record)
    }
    for (category, check) in checks {
      #expect(!check.isLikelyAnotherEdition, "\(category): \(check)")
    }
  }
}
