import Foundation

/// Results go to standard output, the rest to standard error.
enum Output {
  static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// A text as it is, with the line end that it has.
  static func text(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// One JSON value on a line, keys in order.
  static func json(_ value: some Encodable) throws { line(try encoded(value)) }

  static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// Why a command did not do what it was asked: no fault of how it was written, so without its usage; exit 1.
struct Refused: Error, CustomStringConvertible {
  var description: String
}

extension Error {
  /// What the system said, without the names of a library around it.
  var reason: String {
    let cause = (self as NSError).userInfo[NSUnderlyingErrorKey] as? any Error ?? self
    if let system = cause as? POSIXError { return String(cString: strerror(system.code.rawValue)) }
    return (cause as NSError).localizedDescription
  }
}

extension Int {
  /// `1 flight`, `2 flights`.
  func counted(_ noun: String, _ several: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : several ?? noun + "s")"
  }
}
