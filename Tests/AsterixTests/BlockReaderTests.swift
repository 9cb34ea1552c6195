import Asterix
import Testing

@Suite struct `A stream of blocks` {
  @Test func `yields the records of every block in order`() {
    let stream = Stream(Stream.plot + Stream.northMarker + Stream.track)
    #expect(stream.faults.isEmpty)
    #expect(stream.records.map(\.category.number) == [48, 34, 62])
    #expect(stream.records.map(\.offset) == [3, 31, 54])
    #expect(stream.records.map(\.length) == [25, 20, 35])
  }

  @Test func `yields several records of one block`() {
    // Two sector crossings.
    let stream = Stream("220013  F0 19C9 02 546000 20  F0 19C9 02 546010 28")
    #expect(stream.records.map { $0[ServiceMessage.sector] } == [45, 56.25])
  }

  @Test func `skips blocks of other categories and goes on`() {
    let stream = Stream("150005 FFFF" + Stream.plot)
    #expect(stream.skipped == [21])
    #expect(stream.records.count == 1)
  }

  @Test func `tells the records of categories 063 and 065 apart`() {
    let stream = Stream("410013 F0 1964 01 01 546000 F0 1964 01 01 546000 3F0005 80 19")
    #expect(stream.records.map(\.length) == [8, 8])
    #expect(stream.faults.map(\.problem) == [.truncated(item: "I063/010", needed: 2, left: 1)])
  }

  @Test func `may have blocks without a record, as many as there are`() {
    let stream = Stream(
      Array(repeating: [48, 0, 3], count: 200_000).flatMap { $0 } + octets(Stream.plot))
    #expect(stream.records.count == 1 && stream.faults.isEmpty)
  }

  @Test func `may have an FSPEC longer than needed if the rest is zero`() {
    let stream = Stream("220009 F1 01 01 00 19C9" + Stream.plot)
    #expect(stream.faults.count == 1)  // announces 000, 030 and 020 and does not bring them
    let good = Stream("22000F F1 01 01 01 00 19C9 02 546000 20")
    #expect(good.faults.isEmpty)
    #expect(good.records.first?[ServiceMessage.sector] == 45)
    #expect(
      good.records.first.map { RecordDraft($0).octets }
        == good.records.first.map { Array($0.octets) })
  }
}

@Suite struct `A fault in a block` {
  @Test(
    arguments: [
      // Octets left over after the last block.
      ("30 00", .noHeader(left: 2), 28),
      ("30 0002 F1", .lengthTooSmall(2), 28),
      ("30 FFFF F1", .blockTruncated(length: 65_535, left: 4), 28),
    ] as [(String, UnreadableBlock.Problem, Int)])
  func `of its frame ends the input`(end: String, problem: UnreadableBlock.Problem, offset: Int) {
    let stream = Stream(Stream.plot + end)
    #expect(stream.records.count == 1)
    #expect(stream.faults.map(\.problem) == [problem])
    #expect(stream.faults.map(\.offset) == [offset])
    #expect(stream.faults.map(\.endsInput) == [true])
  }

  @Test(
    arguments: [
      // A fixed item past the block's end.
      ("30 0006 80 19 C9", nil, 0),
      ("30 0005 80 19", .truncated(item: "I048/010", needed: 2, left: 1), 4),
      // An endless FSPEC.
      ("30 0008 01 01 01 01 01", .truncated(item: "the FSPEC", needed: 1, left: 0), 8),
      // An endless extended item.
      ("30 0007 20 01 01 01", .truncated(item: "I048/020", needed: 1, left: 0), 7),
      // An endless chain of elements of three octets.
      ("3E 000A 01 01 01 08 000001", .truncated(item: "I062/510", needed: 3, left: 0), 10),
      // More elements than there are octets.
      ("30 000A 01 20 FF 00000000", .truncated(item: "I048/250", needed: 2040, left: 4), 6),
      // A subfield that the category leaves empty, and one beyond the last.
      ("22 0006 04 40 00", .unassigned(item: "subfield 2 of I034/050"), 4),
      ("22 0006 04 02 00", .unassigned(item: "subfield 7 of I034/050"), 4),
      // Field reference numbers without an item: empty in the middle, and beyond the end.
      ("3E 0006 40 00 00", .unassigned(item: "I062/FRN 2"), 3),
      ("22 0007 01 01 80 00", .unassigned(item: "I034/FRN 15"), 5),
      // An explicit item that does not count itself, and one that is longer than the block.
      ("30 0008 01 01 01 02 00", .noLength(item: "I048/RE"), 7),
      ("30 0008 01 01 01 02 09", .truncated(item: "I048/RE", needed: 9, left: 1), 7),
    ] as [(String, UnreadableBlock.Problem?, Int)])
  func `names the item and the byte, and the next block is read`(
    block: String, problem: UnreadableBlock.Problem?, offset: Int
  ) {
    let stream = Stream(block + Stream.plot)
    #expect(stream.records.last?[TargetReport.range] == 12.5)
    #expect(stream.faults.map(\.problem) == (problem.map { [$0] } ?? []))
    if problem != nil { #expect(stream.faults.map(\.offset) == [offset]) }
    for fault in stream.faults {
      #expect(!fault.endsInput)
      #expect(fault.description.hasPrefix("byte \(offset): "))
    }
  }

  @Test func `keeps the records before it`() {
    let stream = Stream("22000F F0 19C9 02 546000 20  F0 19C9 02")
    #expect(stream.records.count == 1)
    #expect(stream.faults.map(\.problem) == [.truncated(item: "I034/030", needed: 3, left: 0)])
  }

  @Test func `at any byte of a stream never reaches beyond its block`() {
    let whole = octets(Stream.plot + Stream.northMarker + Stream.track)
    for index in whole.indices {
      for value in [0, 1, 0x7F, 0xFE, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[index] = value
        for record in Stream(bytes).records {
          #expect(record.offset + record.length <= bytes.count)
          #expect(RecordDraft(record).octets == Array(record.octets))
        }
      }
      _ = Stream(Array(whole.prefix(index)))
    }
  }
}
