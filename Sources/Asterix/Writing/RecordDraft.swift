/// A record that is being put together, or taken apart to be changed.
///
/// What a record read from a valid stream holds survives the way through a draft octet by octet, also what is
/// not interpreted: `RecordDraft(record).octets == record.octets`.
public struct RecordDraft: Sendable {
  public let category: Category
  /// By field reference number; what there is of each item.
  private var items: [Int: Content] = [:]
  /// At least so many FSPEC octets; a sender may have written more than needed.
  private var fspecOctets = 1

  private enum Content: Sendable {
    /// The item whole.
    case octets([UInt8])
    /// The octets of an extended item; their FX bits are set on writing.
    case extents([UInt8])
    /// The subfields of a compound and the octets that its map has at least.
    case subfields([Int: [UInt8]], mapOctets: Int)
  }

  public init(_ category: Category) { self.category = category }

  public init(_ record: Record) {
    category = record.category
    fspecOctets = record.fspecOctets
    for frn in 1...category.items.count {
      guard let octets = record.octets(ofItem: frn) else { continue }
      items[frn] = content(Array(octets), category.rules[frn - 1])
    }
  }

  private func content(_ octets: [UInt8], _ rule: Rule) -> Content {
    switch rule.kind {
    case .extended: return .extents(octets)
    case .compound:
      let mapEnd = (octets.firstIndex { $0 & 1 == 0 } ?? 0) + 1
      var parts: [Int: [UInt8]] = [:]
      var position = mapEnd
      for part in 0..<mapEnd * 7 where octets[part / 7] & (0x80 >> UInt8(part % 7)) != 0 {
        let inner = category.rules[Int(rule.firstPart) + part]
        // The record was read with the same rules, so every subfield has its end.
        let end =
          (try? octets.span.end(of: inner, at: position, limit: octets.count, category.rules))
          ?? octets.count
        parts[part] = Array(octets[position..<end])
        position = end
      }
      return .subfields(parts, mapOctets: mapEnd)
    default: return .octets(octets)
    }
  }

  /// The record's octets, FSPEC first.
  public var octets: [UInt8] {
    let present = items.keys.sorted()
    let map = PresenceMap(present.map { $0 - 1 }, octets: fspecOctets)
    return present.reduce(into: map.octets) { $0 += octets(ofItem: $1) }
  }

  private func octets(ofItem frn: Int) -> [UInt8] {
    switch items[frn] {
    case nil: []
    case .octets(let octets): octets
    case .extents(let octets):
      octets.enumerated().map { index, octet in
        index + 1 < octets.count ? octet | 1 : octet & ~1
      }
    case .subfields(let parts, let mapOctets):
      parts.keys.sorted().reduce(
        into: PresenceMap(parts.keys.sorted(), octets: mapOctets).octets
      ) { $0 += parts[$1] ?? [] }
    }
  }
}

/// An FSPEC or the map of a compound: seven presence bits an octet, and FX.
private struct PresenceMap {
  let octets: [UInt8]

  init(_ indices: [Int], octets least: Int) {
    let count = max(least, (indices.max() ?? 0) / 7 + 1)
    var octets = [UInt8](repeating: 1, count: count)
    octets[count - 1] = 0
    for index in indices { octets[index / 7] |= 0x80 >> UInt8(index % 7) }
    self.octets = octets
  }
}

/// Why a value cannot be written into a record.
public struct UnwritableValue: Error, Hashable, Sendable, CustomStringConvertible {
  public var item: String
  public var value: Double
  public var description: String {
    "\(value) does not fit into \(item). Give a value within the field's range; for an item whose "
      + "end value means \"or more\", give that."
  }
}

extension RecordDraft {
  /// Writes a value in the field's unit, rounded to its step; the item comes into being if it is not there.
  public mutating func set(_ field: Field, _ value: Double) throws(UnwritableValue) {
    guard let raw = field.raw(value) else {
      throw UnwritableValue(item: category.key(of: field), value: value)
    }
    set(field, raw: raw)
  }

  /// Writes a field's bits, which stand at the right of `raw`.
  public mutating func set(_ field: Field, raw: UInt64) {
    let (frn, part) = (Int(field.item), Int(field.part))
    let rule = category.rules[frn - 1]
    switch rule.kind {
    case .extended:
      var octets: [UInt8] = []
      if case .extents(let there) = items[frn] { octets = there }
      while octets.count <= part { octets.append(0) }
      octets.replace(field, from: part, with: raw)
      items[frn] = .extents(octets)
    case .compound:
      var (parts, mapOctets): ([Int: [UInt8]], Int) = ([:], 1)
      if case .subfields(let there, let count) = items[frn] { (parts, mapOctets) = (there, count) }
      let size = Int(category.rules[Int(rule.firstPart) + part].size)
      parts[part, default: [UInt8](repeating: 0, count: size)].replace(field, from: 0, with: raw)
      items[frn] = .subfields(parts, mapOctets: mapOctets)
    default:
      var octets = [UInt8](repeating: 0, count: Int(rule.size))
      if case .octets(let there) = items[frn] { octets = there }
      octets.replace(field, from: 0, with: raw)
      items[frn] = .octets(octets)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func replace(_ field: Field, from start: Int, with raw: UInt64) {
    for bit in 0..<Int(field.width) {
      let place = Int(field.bit) + bit
      let mask: UInt8 = 0x80 >> UInt8(place % 8)
      let isOne = raw >> UInt64(Int(field.width) - 1 - bit) & 1 == 1
      self[start + place / 8] =
        isOne
        ? self[start + place / 8] | mask : self[start + place / 8] & ~mask
    }
  }
}

/// A data block of one category.
public enum DataBlock {
  /// Octets of records that fit into one block.
  public static let limit = 65_532

  /// - Parameter records: octets of whole records of the category, ``limit`` at most in all.
  public static func octets(_ category: Category, _ records: [some Collection<UInt8>]) -> [UInt8] {
    let length = records.reduce(3) { $0 + $1.count }
    precondition(length <= 0xFFFF, "\(length) octets do not fit into one block")
    let header = [category.number, UInt8(length >> 8), UInt8(length & 0xFF)]
    return records.reduce(into: header) { $0 += $1 }
  }
}
