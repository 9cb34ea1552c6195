/// Why an item has no end; without its name, which costs nothing until there is a fault.
struct Shortfall: Error {
  enum Kind {
    case truncated(needed: Int)
    case unassigned(part: Int)
    case noLength
  }
  var kind: Kind
  var offset: Int
}

extension Span<UInt8> {
  /// Where the item that begins at a place ends, by the rule for its length.
  /// - Parameters:
  ///   - limit: the end of the block; no item reaches beyond.
  ///   - rules: the category's, for the subfields of a compound.
  func end(
    of rule: Rule, at start: Int, limit: Int, _ rules: [Rule]
  ) throws(Shortfall) -> Int {
    switch rule.kind {
    case .fixed: return try advance(start, by: Int(rule.size), limit)
    case .extended: return try endOfChain(at: start, step: 1, limit)
    case .repetitiveByFX: return try endOfChain(at: start, step: Int(rule.size), limit)
    case .repetitive:
      let elements = try advance(start, by: 1, limit)
      return try advance(elements, by: Int(self[start]) * Int(rule.size), limit)
    case .explicit:
      _ = try advance(start, by: 1, limit)
      guard self[start] > 0 else { throw Shortfall(kind: .noLength, offset: start) }
      return try advance(start, by: Int(self[start]), limit)
    case .compound: return try endOfCompound(rule, at: start, limit, rules)
    case .unassigned: throw Shortfall(kind: .unassigned(part: 0), offset: start)
    }
  }

  @inline(__always)
  private func advance(_ start: Int, by count: Int, _ limit: Int) throws(Shortfall) -> Int {
    guard start + count <= limit else {
      throw Shortfall(kind: .truncated(needed: count), offset: start)
    }
    return start + count
  }

  /// Elements until one ends with its FX bit at 0; an endless chain ends at the block's end, as a fault.
  func endOfChain(at start: Int, step: Int, _ limit: Int) throws(Shortfall) -> Int {
    var position = start
    repeat { position = try advance(position, by: step, limit) } while self[position - 1] & 1 == 1
    return position
  }

  private func endOfCompound(
    _ rule: Rule, at start: Int, _ limit: Int, _ rules: [Rule]
  ) throws(Shortfall) -> Int {
    let mapEnd = try endOfChain(at: start, step: 1, limit)
    var position = mapEnd
    for octet in start..<mapEnd {
      var bits = self[octet] & 0xFE
      while bits != 0 {
        let bit = bits.leadingZeroBitCount
        bits &= ~(0x80 >> UInt8(bit))
        let part = (octet - start) * 7 + bit
        guard part < Int(rule.partCount) else {
          throw Shortfall(kind: .unassigned(part: part + 1), offset: octet)
        }
        let inner = rules[Int(rule.firstPart) + part]
        if inner.kind == .unassigned {
          throw Shortfall(kind: .unassigned(part: part + 1), offset: octet)
        }
        position = try end(of: inner, at: position, limit: limit, rules)
      }
    }
    return position
  }
}
