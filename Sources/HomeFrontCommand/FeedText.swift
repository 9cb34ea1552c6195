import Foundation

/// The text of a file as the origin has been seen to send it: UTF-8 with or without a byte order mark, UTF-16,
/// with stray NUL characters, padded with white space, or nothing at all.
enum FeedText {
  /// The JSON in it; `nil` when the file is empty, which means that nothing is on.
  static func json(
    _ bytes: [UInt8], _ faults: inout [FeedFault]
  ) throws(UnreadableFeed) -> Any? {
    let text = trimmed(decoded(bytes, &faults))
    guard let first = text.unicodeScalars.first else { return nil }
    if text.contains("Access Denied") { throw .accessDenied }
    if first == "<" { throw .page(beginning: beginning(of: text)) }
    do {
      return try JSONSerialization.jsonObject(
        with: Data(text.utf8), options: .fragmentsAllowed)
    } catch {
      throw .notJSON(beginning: beginning(of: text))
    }
  }

  static func decoded(_ bytes: [UInt8], _ faults: inout [FeedFault]) -> String {
    switch encoding(of: bytes) {
    case .utf16(let isLittleEndian): return utf16(bytes, isLittleEndian)
    case .utf8:
      let clean = bytes.contains(0) ? bytes.filter { $0 != 0 } : bytes
      if clean.count != bytes.count {
        faults.append(FeedFault(place: "file", text: "holds NUL characters; they were left out"))
      }
      if let text = String(validating: clean, as: UTF8.self) { return text }
      faults.append(
        FeedFault(
          place: "file", text: "is not UTF-8 throughout; what could not be read is marked \u{FFFD}")
      )
      return String(decoding: clean, as: UTF8.self)
    }
  }

  private enum Encoding {
    case utf8
    case utf16(isLittleEndian: Bool)
  }

  /// By its mark; without one, UTF-16 shows by the zero beside the first character of JSON.
  private static func encoding(of bytes: [UInt8]) -> Encoding {
    guard bytes.count >= 2 else { return .utf8 }
    let opening: [UInt8] = [UInt8(ascii: "{"), UInt8(ascii: "[")]
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return .utf16(isLittleEndian: true)
    case (0xFE, 0xFF): return .utf16(isLittleEndian: false)
    case (let first, 0) where opening.contains(first): return .utf16(isLittleEndian: true)
    case (0, let second) where opening.contains(second): return .utf16(isLittleEndian: false)
    default: return .utf8
    }
  }

  private static func utf16(_ bytes: [UInt8], _ isLittleEndian: Bool) -> String {
    let units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittleEndian ? second << 8 | first : first << 8 | second
    }
    return String(decoding: units.filter { $0 != 0 }, as: UTF16.self)
  }

  /// Without white space, controls and byte order marks at both ends.
  private static func trimmed(_ text: String) -> String {
    func isPadding(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value <= 0x20 || scalar.value == 0xFEFF || scalar.properties.isWhitespace
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isPadding($0) }),
      let last = scalars.lastIndex(where: { !isPadding($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func beginning(of text: String) -> String {
    "'" + text.prefix(60).map { $0.isNewline ? " " : String($0) }.joined() + "'"
  }

  /// What a value is, in words, for an error.
  static func kind(_ value: Any) -> String {
    switch value {
    case is [Any]: "an array"
    case is [String: Any]: "an object"
    case is String: "a text"
    case is NSNull: "null"
    default: "a number"
    }
  }
}

extension [String: Any] {
  /// A text, or a number written as one.
  func text(_ name: String) -> String? {
    if let text = self[name] as? String { return text }
    return (self[name] as? Int).map(String.init)
  }

  /// A whole number, or a text that holds one.
  func number(_ name: String) -> Int? {
    if let number = self[name] as? Int { return number }
    return (self[name] as? String).flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
  }
}
