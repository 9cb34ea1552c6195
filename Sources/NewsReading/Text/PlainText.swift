/// Bytes of a file made into valid UTF-8, with what had to be done for it.
struct PlainText {
  var bytes: [UInt8]
  var faults: [ReadingFault] = []

  init(_ file: [UInt8]) {
    if let wide = Self.fromUTF16(file) {
      bytes = wide
    } else if let text = String(validating: file, as: UTF8.self) {
      bytes = Array(text.utf8)
    } else {
      (bytes, faults) = Self.mend(file)
    }
    countInvisible()
  }

  /// Marks that show nothing: direction marks, zero-width space, byte order mark, soft hyphen.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0xAD: true
    default: false
    }
  }

  private static func fromUTF16(_ file: [UInt8]) -> [UInt8]? {
    guard file.count >= 2 else { return nil }
    let little = file[0] == 0xFF && file[1] == 0xFE
    guard little || (file[0] == 0xFE && file[1] == 0xFF) else { return nil }
    let units = stride(from: 2, to: file.count - 1, by: 2).map {
      little
        ? UInt16(file[$0]) | UInt16(file[$0 + 1]) << 8
        : UInt16(file[$0]) << 8 | UInt16(file[$0 + 1])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Reads a byte that is not UTF-8 as Windows-1252, the usual stranger in news texts.
  private static func mend(_ file: [UInt8]) -> ([UInt8], [ReadingFault]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count + file.count / 8)
    var strangers = 0
    var first = 0
    var place = 0
    while place < file.count {
      let width = validWidth(file, at: place)
      if width > 0 {
        bytes.append(contentsOf: file[place..<place + width])
        place += width
      } else {
        if strangers == 0 { first = place }
        strangers += 1
        bytes.append(contentsOf: String(windows1252(file[place])).utf8)
        place += 1
      }
    }
    return (bytes, [.otherEncoding(bytes: strangers, firstOffset: first)])
  }

  private static func validWidth(_ file: [UInt8], at place: Int) -> Int {
    let first = file[place]
    let width =
      first < 0x80
      ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard width > 1 else { return width }
    guard place + width <= file.count,
      String(validating: file[place..<place + width], as: UTF8.self) != nil
    else { return 0 }
    return width
  }

  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    // 0x80...0x9F; the rest is Latin-1.
    let high: [UInt32] = [
      0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
    let value = byte >= 0x80 && byte < 0xA0 ? high[Int(byte) - 0x80] : UInt32(byte)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func countInvisible() {
    var count = 0
    for place in bytes.indices
    where bytes[place] == 0xE2 || bytes[place] == 0xEF || bytes[place] == 0xC2 {
      let (scalar, _) = Tokenizer.scalar(of: bytes, at: place)
      if Self.isInvisible(scalar) { count += 1 }
    }
    if count > 0 { faults.append(.invisibleMarks(count)) }
  }
}
