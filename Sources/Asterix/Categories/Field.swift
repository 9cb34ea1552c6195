/// A number in an item: where its bits are and what one step of it is worth.
///
/// `value = raw × step`, exact in a `Double` for every field of the categories here.
public struct Field: Sendable {
  public enum Form: Sendable {
    /// A number in ``Field/unit``.
    case unsigned, signed
    /// A count, code or flag, printed without decimals.
    case code
    /// Octal digits, as a transponder's mode 3/A is written: "7500".
    case octal
    /// Hexadecimal digits, as an aircraft address is written: "3C660C".
    case hexadecimal
    /// Characters of six bits each (ICAO Annex 10, volume IV, 3.1.2.9.1.2).
    case characters
  }

  /// Field reference number of its item in the category.
  public let item: UInt8
  /// Which octet of an extended item or subfield of a compound it is in, from 0; 0 for all others.
  public let part: UInt8
  /// Of its first bit, counted from the left of the part, from 0.
  public let bit: UInt8
  /// In bits, 1 to 48.
  public let width: UInt8
  public let form: Form
  public let step: Double
  /// The subfield's name in the specification; empty if the item is the field.
  public let name: StaticString
  /// Empty for what has none.
  public let unit: StaticString

  init(
    _ item: UInt8, part: UInt8 = 0, _ bit: UInt8, _ width: UInt8, _ form: Form,
    step: Double = 1, _ name: StaticString, unit: StaticString = ""
  ) {
    self.item = item
    self.part = part
    self.bit = bit
    self.width = width
    self.form = form
    self.step = step
    self.name = name
    self.unit = unit
  }
}

extension Field {
  /// `count` codes of one bit and more, one after the other; for octets of flags.
  static func codes(
    _ item: UInt8, part: UInt8 = 0, from bit: UInt8 = 0, _ fields: [(StaticString, UInt8)]
  ) -> [Field] {
    var bit = bit
    return fields.map { name, width in
      defer { bit += width }
      return Field(item, part: part, bit, width, .code, name)
    }
  }

  /// The value of raw bits, which stand at the right of `raw`.
  @inline(__always)
  func value(_ raw: UInt64) -> Double {
    guard form == .signed else { return Double(raw) * step }
    let unused = 64 - UInt64(width)
    return Double(Int64(bitPattern: raw << unused) >> Int64(unused)) * step
  }

  /// The raw bits of a value, rounded to the nearest step; `nil` if they do not fit.
  func raw(_ value: Double) -> UInt64? {
    let steps = (value / step).rounded()
    let lowest = form == .signed ? -Double(1 << (UInt64(width) - 1)) : 0
    let count = Double(UInt64(1) << UInt64(width))
    guard steps >= lowest, steps < lowest + count else { return nil }
    return UInt64(bitPattern: Int64(steps)) & ((1 << UInt64(width)) - 1)
  }

  /// Whether a value is the greatest or the least of the field: a sender writes it for "that or more".
  public func isSaturated(_ value: Double) -> Bool {
    let steps = (value / step).rounded()
    let count = Double(UInt64(1) << UInt64(width))
    return form == .signed
      ? steps >= count / 2 - 1 || steps <= -count / 2 : steps >= count - 1
  }
}
