/// Reads data blocks that stand one after the other: a datagram's, or a raw file's.
///
/// It yields what it finds in order and never stops before the input's end: after a fault inside a block it
/// goes on with the next one. Time and memory are bounded by the input's length.
public struct BlockReader: Sendable, Sequence, IteratorProtocol {
  public enum Piece: Sendable {
    case record(Record)
    /// The rest of its block is lost.
    case unreadable(UnreadableBlock)
    /// A block of a category whose records cannot be told apart.
    case skipped(category: UInt8, offset: Int, length: Int)
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  private var blockStart = 0
  /// Equal to ``position`` between two blocks.
  private var blockEnd: Int
  /// Of the block that is open.
  private var category = Category.targetReports

  public init(_ bytes: [UInt8]) { self.init(bytes, in: 0..<bytes.count) }

  /// Reads a part of the bytes, such as one datagram of many; offsets count from the bytes' start.
  public init(_ bytes: [UInt8], in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    self.bytes = bytes
    position = range.lowerBound
    blockEnd = range.lowerBound
    end = range.upperBound
  }

  public mutating func next() -> Piece? {
    do throws(UnreadableBlock) {
      while position == blockEnd {  // more than once only for blocks without a record
        guard position < end else { return nil }
        if let skipped = try open() { return skipped }
      }
      let record = try record()
      position += record.length
      return .record(record)
    } catch {
      position = error.endsInput ? end : blockEnd
      blockEnd = position
      return .unreadable(error)
    }
  }

  /// Reads a block's header and stands at its first record.
  private mutating func open() throws(UnreadableBlock) -> Piece? {
    let left = end - position
    let number = bytes[position]
    guard left >= 3 else { throw fault(number, .noHeader(left: left)) }
    let length = Int(bytes[position + 1]) << 8 | Int(bytes[position + 2])
    guard length >= 3 else { throw fault(number, .lengthTooSmall(length)) }
    guard length <= left else {
      throw fault(number, .blockTruncated(length: length, left: left))
    }
    blockStart = position
    blockEnd = position + length
    guard let known = Category.numbered(number) else {
      position = blockEnd
      return .skipped(category: number, offset: blockStart, length: length)
    }
    category = known
    position += 3
    return nil
  }

  private func fault(_ category: UInt8, _ problem: UnreadableBlock.Problem) -> UnreadableBlock {
    UnreadableBlock(category: category, block: position, offset: position, problem: problem)
  }

  private func record() throws(UnreadableBlock) -> Record {
    let start = position
    let fspecEnd = try fspec()
    let span = bytes.span
    var positions = Record.Positions(repeating: 0)
    var present: UInt64 = 0
    var place = fspecEnd
    for octet in (start..<fspecEnd).prefix(category.fspecOctets) {
      var bits = span[octet] & 0xFE
      while bits != 0 {
        let bit = bits.leadingZeroBitCount
        bits &= ~(0x80 >> UInt8(bit))
        let index = (octet - start) * 7 + bit
        guard index < category.items.count, category.rules[index].kind != .unassigned else {
          throw unassigned(index + 1, octet)
        }
        positions[index] = UInt16(truncatingIfNeeded: place - start)
        present |= 1 << UInt64(index)
        do throws(Shortfall) {
          place = try span.end(
            of: category.rules[index], at: place, limit: blockEnd, category.rules)
        } catch {
          throw unreadable(index + 1, error)
        }
      }
    }
    return Record(
      category: category, bytes: bytes, offset: start, length: place - start,
      fspecOctets: fspecEnd - start, present: present, positions: positions)
  }

  /// The end of the FSPEC. It may be longer than the category needs, if what is too much is zero.
  private func fspec() throws(UnreadableBlock) -> Int {
    let end: Int
    do throws(Shortfall) {
      end = try bytes.span.endOfChain(at: position, step: 1, blockEnd)
    } catch {
      throw unreadable(nil, error)
    }
    for octet in (position..<end).dropFirst(category.fspecOctets)
    where bytes[octet] & 0xFE != 0 {
      let bit = (bytes[octet] & 0xFE).leadingZeroBitCount
      throw unassigned((octet - position) * 7 + bit + 1, octet)
    }
    return end
  }

  private func unassigned(_ frn: Int, _ offset: Int) -> UnreadableBlock {
    UnreadableBlock(
      category: category.number, block: blockStart, offset: offset,
      problem: .unassigned(item: category.fullName(frn)))
  }

  private func unreadable(_ frn: Int?, _ shortfall: Shortfall) -> UnreadableBlock {
    let item = frn.map { category.fullName($0) } ?? "the FSPEC"
    let problem: UnreadableBlock.Problem =
      switch shortfall.kind {
      case .truncated(let needed):
        .truncated(item: item, needed: needed, left: blockEnd - shortfall.offset)
      case .unassigned(let part): .unassigned(item: "subfield \(part) of \(item)")
      case .noLength: .noLength(item: item)
      }
    return UnreadableBlock(
      category: category.number, block: blockStart, offset: shortfall.offset, problem: problem)
  }
}
