import Asterix

/// Bytes written as hexadecimal digits, in groups for the eye.
func octets(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

/// What a stream of blocks yields, sorted.
struct Stream {
  var records: [Record] = []
  var faults: [UnreadableBlock] = []
  var skipped: [UInt8] = []

  init(_ text: String) { self.init(octets(text)) }

  init(_ bytes: [UInt8]) {
    for piece in BlockReader(bytes) {
      switch piece {
      case .record(let record): records.append(record)
      case .unreadable(let fault): faults.append(fault)
      case .skipped(let category, _, _): skipped.append(category)
      }
    }
  }

  // Made up, all at noon.

  /// A primary plot of a 3D radar: 12.5 NM out in the south-west, 31,000 ft up.
  static let plot =
    "30001C F11D08 19C9 546000 20 0C80A000 0ABC FB95FB95 13332000 04D8 "
  /// A north marker of a radar that turns in 4 s and says that it must not be used.
  static let northMarker = "220017 ED10 19C9 01 546000 0200 8080 00FA18ACE717653A "
  /// A track with a geometric altitude of 10,000 ft and its accuracies.
  static let track =
    "3E0026 BB0D1104 1964 01 546000 0059999900622222 0190FE70 0042 28 0640 D0 00640064 0028 10 "
}
