/// All records of a CSV file (see ``CSVReader``).
package struct CSVTable {
  package private(set) var records: [CSVReader.Record] = []
  package private(set) var faults: [CSVReader.Fault] = []

  package init(_ bytes: [UInt8]) {
    var reader = CSVReader(bytes)
    while let next = reader.next() {
      switch next {
      case .success(let record): records.append(record)
      case .failure(let fault): faults.append(fault)
      }
    }
  }
}

/// The records of a CSV file, one after the other, each with the line it starts on.
///
/// Fields may be quoted, with doubled quotes and line breaks inside; lines end with LF or CR LF; a byte
/// order mark is passed over. A record that cannot be read costs its first line and no other.
///
/// Source: RFC 4180.
package struct CSVReader {
  package struct Record {
    /// From 1.
    package var line: Int
    package var fields: [String]
  }

  package struct Fault: Error {
    package var line: Int
    package var error: String
    /// The bytes that were passed over.
    package var bytes: Range<Int>
  }

  private let bytes: [UInt8]
  /// The byte at which the next record begins.
  package private(set) var index = 0
  /// Its line, from 1.
  package private(set) var line = 1

  /// Lines that one quoted field may run over; more is a quote that nobody closed.
  private static let longestField = 100

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// Goes on where an earlier reader of the same bytes stopped.
  package mutating func move(to index: Int, line: Int) {
    self.index = min(max(0, index), bytes.count)
    self.line = line
  }

  /// The next record that is not empty, or why it cannot be read; `nil` at the end.
  package mutating func next() -> Result<Record, Fault>? {
    while index < bytes.count {
      if let next = readRecord() { return next }
    }
    return nil
  }

  private mutating func readRecord() -> Result<Record, Fault>? {
    let start = (index: index, line: line)
    var fields: [String] = []
    repeat {
      switch readField(since: start.line) {
      case .success(let field): fields.append(field)
      case .failure(let reason):
        (index, line) = start
        skipLine()
        return .failure(
          Fault(line: start.line, error: reason.text, bytes: start.index..<index))
      }
    } while take(UInt8(ascii: ","))
    skipLineEnd()
    return fields == [""] ? nil : .success(Record(line: start.line, fields: fields))
  }

  private struct Reason: Error {
    var text: String
  }

  private mutating func readField(since first: Int) -> Result<String, Reason> {
    guard take(UInt8(ascii: "\"")) else { return text(plainField()) }
    var field: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        if !take(UInt8(ascii: "\"")) {
          let isEnd = index == bytes.count || bytes[index] == UInt8(ascii: ",") || isAtLineEnd
          guard isEnd else {
            return .failure(
              Reason(text: "has text after a closing quote; double quotes inside texts"))
          }
          return text(field)
        }
      } else if byte == UInt8(ascii: "\n") {
        line += 1
        if line - first > Self.longestField { break }
      }
      field.append(byte)
    }
    return .failure(Reason(text: "opens a quote that is never closed; close it or double it"))
  }

  private mutating func plainField() -> [UInt8] {
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: ","), !isAtLineEnd { index += 1 }
    return Array(bytes[start..<index])
  }

  private func text(_ bytes: [UInt8]) -> Result<String, Reason> {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .failure(Reason(text: "is not UTF-8; save the file as UTF-8"))
    }
    return .success(text)
  }

  private var isAtLineEnd: Bool {
    guard index < bytes.count else { return true }
    if bytes[index] == UInt8(ascii: "\n") { return true }
    return bytes[index] == UInt8(ascii: "\r")
      && (index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: "\n"))
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipLineEnd() {
    _ = take(UInt8(ascii: "\r"))
    if take(UInt8(ascii: "\n")) { line += 1 }
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    skipLineEnd()
  }
}
