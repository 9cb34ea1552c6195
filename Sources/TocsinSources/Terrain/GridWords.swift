/// The words of a grid file, one after the other, and the line each stands on.
struct GridWords {
  private let bytes: [UInt8]
  private var index: Int
  /// Of the word taken last, from 1.
  private(set) var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next word, which stays to be taken.
  func peek() -> String? {
    var copy = self
    return copy.next()
  }

  /// A word of any length; `nil` at the end.
  mutating func next() -> String? {
    while index < bytes.count, Self.isSpace(bytes[index]) {
      if bytes[index] == UInt8(ascii: "\n") { line += 1 }
      index += 1
    }
    guard index < bytes.count else { return nil }
    let start = index
    while index < bytes.count, !Self.isSpace(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}
