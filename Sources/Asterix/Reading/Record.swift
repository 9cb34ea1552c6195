/// One record: which items it has and where they are in the bytes it was read from.
///
/// It refers to the input and copies nothing; numbers are worked out when they are asked for.
public struct Record: Sendable {
  public let category: Category
  /// The whole input it is a part of.
  let bytes: [UInt8]
  /// Of its FSPEC, in bytes from the start of the input.
  public let offset: Int
  public let length: Int
  let fspecOctets: Int
  /// Bit k is field reference number k + 1.
  let present: UInt64
  /// Where each item begins, from ``offset``, by field reference number − 1.
  let positions: Positions

  /// 36 field reference numbers: more than any category here has.
  typealias Positions = InlineArray<36, UInt16>

  /// Its octets, FSPEC first.
  public var octets: ArraySlice<UInt8> { bytes[offset..<offset + length] }

  public func has(_ frn: Int) -> Bool { present & (1 << UInt64(frn - 1)) != 0 }

  /// Whether it has an item of that name: "040".
  public func has(item name: String) -> Bool {
    category.fieldReferenceNumber(of: name).map { has($0) } ?? false
  }

  /// A field's value in its unit, exactly `raw × step`; `nil` if the record does not have it.
  public subscript(field: Field) -> Double? {
    guard let raw = raw(field) else { return nil }
    return field.value(raw)
  }

  /// A field's value as a code or count.
  public func code(_ field: Field) -> Int? { raw(field).map { Int($0) } }

  /// A field's bits, at the right.
  public func raw(_ field: Field) -> UInt64? {
    guard has(Int(field.item)), let start = start(ofPart: Int(field.part), item: Int(field.item))
    else { return nil }
    let span = bytes.span
    let end = Int(field.bit) + Int(field.width)
    var raw: UInt64 = 0
    var index = start + Int(field.bit) / 8
    while index < start + (end + 7) / 8 {
      raw = raw << 8 | UInt64(span[index])
      index += 1
    }
    return raw >> UInt64((8 - end % 8) % 8) & ((1 << UInt64(field.width)) - 1)
  }

  /// The octets of an item; `nil` if it is not there.
  public func octets(ofItem frn: Int) -> ArraySlice<UInt8>? {
    guard has(frn) else { return nil }
    let start = offset + Int(positions[frn - 1])
    let later = present >> UInt64(frn)
    guard later != 0 else { return bytes[start..<offset + length] }
    return bytes[start..<offset + Int(positions[frn + later.trailingZeroBitCount])]
  }

  /// Where a part of an item that is there begins in the input; `nil` if the item is without that part.
  private func start(ofPart part: Int, item frn: Int) -> Int? {
    let first = offset + Int(positions[frn - 1])
    let rule = category.rules[frn - 1]
    switch rule.kind {
    case .extended:
      for octet in first..<first + part where bytes[octet] & 1 == 0 { return nil }
      return first + part
    case .compound: return start(ofSubfield: part, of: rule, at: first)
    default: return first
    }
  }

  private func start(ofSubfield part: Int, of rule: Rule, at start: Int) -> Int? {
    let span = bytes.span
    var position = start
    while span[position] & 1 == 1 { position += 1 }
    guard start + part / 7 <= position, announces(part, at: start) else { return nil }
    position += 1
    for earlier in 0..<part where announces(earlier, at: start) {
      let rule = category.rules[Int(rule.firstPart) + earlier]
      // It was read to its end once already, so this cannot fail.
      guard let end = try? span.end(of: rule, at: position, limit: offset + length, category.rules)
      else { return nil }
      position = end
    }
    return position
  }

  private func announces(_ part: Int, at map: Int) -> Bool {
    bytes[map + part / 7] & (0x80 >> UInt8(part % 7)) != 0
  }
}
