/// Records as JSON lines.
///
/// Written by hand, because keys have an order: the category's.
public enum RecordLine {
  /// Everything that is read of a record, with the unit in the key, and the octets of the rest:
  /// `{"off":3,"len":25,"cat":48,"010":{"SAC":25,"SIC":201},"140":{"s":86390.0},…,"170":{"octets":"48"}}`.
  ///
  /// - Parameter offset: of the record's FSPEC in what the reader calls the whole input.
  public static func full(_ record: Record, offset: Int) -> String {
    var line = head(record, offset)
    for (index, item) in record.category.items.enumerated() {
      guard let item, let octets = record.octets(ofItem: index + 1) else { continue }
      var members = item.fields.compactMap { field in
        record.raw(field).map { "\"\(field.key)\":\(text(of: field, $0))" }
      }
      let read = octetsRead(of: item, in: record, frn: index + 1)
      if read < octets.count {
        members.append("\"octets\":\"\(hexadecimal(octets.dropFirst(read)))\"")
      }
      line += ",\"\(item.name)\":{\(members.joined(separator: ","))}"
    }
    return line + "}"
  }

  /// Only what Tocsin needs, in the units of the specification: `"040/RHO":56.06640625`.
  public static func core(_ record: Record, offset: Int) -> String {
    var line = head(record, offset)
    for field in record.category.core {
      guard let raw = record.raw(field) else { continue }
      line += ",\"\(record.category.coreKey(of: field))\":\(text(of: field, raw))"
    }
    return line + "}"
  }

  private static func head(_ record: Record, _ offset: Int) -> String {
    "{\"off\":\(offset),\"len\":\(record.length),\"cat\":\(record.category.number)"
  }

  /// How many octets of an item its fields cover, so that what follows is printed as it came.
  private static func octetsRead(of item: Item, in record: Record, frn: Int) -> Int {
    guard !item.fields.isEmpty else { return 0 }
    switch item.form {
    case .extended: return (item.fields.map { Int($0.part) }.max() ?? 0) + 1
    case .compound(let parts):
      // Read whole if every subfield is; the others are printed whole beside what is read of them.
      let read = Set(item.fields.map { Int($0.part) })
      let isWhole = parts.indices.allSatisfy { read.contains($0) || parts[$0] == nil }
      return isWhole ? .max : 0
    default: return .max
    }
  }

  static func text(of field: Field, _ raw: UInt64) -> String {
    switch field.form {
    case .code: "\(raw)"
    case .unsigned, .signed: "\(field.value(raw))"
    case .octal: "\"\(digits(raw, width: Int(field.width) / 3, radix: 8))\""
    case .hexadecimal: "\"\(digits(raw, width: Int(field.width) / 4, radix: 16))\""
    case .characters: "\"\(characters(raw, count: Int(field.width) / 6))\""
    }
  }

  private static func digits(_ raw: UInt64, width: Int, radix: Int) -> String {
    let digits = String(raw, radix: radix, uppercase: true)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  /// 1 to 26 are letters, 48 to 57 digits, 32 a space; anything else is no character of the alphabet.
  private static func characters(_ raw: UInt64, count: Int) -> String {
    let codes = (0..<count).reversed().map { UInt8(raw >> UInt64(6 * $0) & 0x3F) }
    let text = codes.map { code -> Character in
      switch code {
      case 1...26: Character(UnicodeScalar(code + 64))
      case 32, 48...57: Character(UnicodeScalar(code))
      default: "?"
      }
    }
    return String(text)
  }

  private static func hexadecimal(_ octets: ArraySlice<UInt8>) -> String {
    octets.reduce(into: "") { $0 += digits(UInt64($1), width: 2, radix: 16) }
  }
}

extension Field {
  /// The key in full lines: name and unit, such as `RHO_NM`, `s`, `TYP`.
  public var key: String {
    let (name, unit) = (name.description, unit.description)
    if name == unit { return name.isEmpty ? "value" : name }
    return [name, unit].filter { !$0.isEmpty }.joined(separator: "_")
  }
}

extension Category {
  /// `040/RHO`, or `140` where the item is the field.
  func coreKey(of field: Field) -> String {
    let item = items[Int(field.item) - 1]?.name ?? ""
    return field.name.description.isEmpty ? item : item + "/" + field.name.description
  }

  /// `I048/040/RHO`.
  func key(of field: Field) -> String {
    let name = field.name.description
    return fullName(Int(field.item)) + (name.isEmpty ? "" : "/" + name)
  }
}
