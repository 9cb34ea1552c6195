/// A JSON value with the line it starts on, read more loosely than RFC 8259 asks.
///
/// `NaN`, `Infinity` and `-Infinity`, which common writers emit, are numbers here: a caller can then name
/// the one value that is wrong instead of losing the file. All else is RFC 8259, nested 64 deep at most.
struct LooseJSON: Sendable {
  var content: Content
  /// From 1.
  var line: Int

  enum Content: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([LooseJSON])
    case object(Members)
  }

  struct Members: Sendable {
    var values: [String: LooseJSON] = [:]
    /// In the order of the file, each once.
    var names: [String] = []
    /// Names given more than once; the first value counts.
    var repeated: [String] = []
  }

  init(_ content: Content, line: Int) {
    self.content = content
    self.line = line
  }

  /// Reads one value; white space and a byte order mark may stand around it.
  init(reading bytes: [UInt8]) throws(UnreadableJSON) {
    var reader = LooseJSONReader(bytes)
    self = try reader.whole()
  }

  /// The member of that name; `nil` for anything but an object, and for `null`.
  subscript(name: String) -> LooseJSON? {
    guard case .object(let members) = content, let value = members.values[name], !value.isNull
    else { return nil }
    return value
  }

  var isNull: Bool { if case .null = content { true } else { false } }
  var number: Double? { if case .number(let number) = content { number } else { nil } }
  var string: String? { if case .string(let string) = content { string } else { nil } }
  var bool: Bool? { if case .bool(let bool) = content { bool } else { nil } }
  var array: [LooseJSON]? { if case .array(let array) = content { array } else { nil } }
  var members: Members? { if case .object(let members) = content { members } else { nil } }

  /// What it is, in words for an error: `a string`.
  var kind: String {
    switch content {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// Why bytes are no JSON.
struct UnreadableJSON: Error, Hashable, Sendable {
  /// From 1.
  var line: Int
  /// Bytes into the line, from 1.
  var column: Int
  var problem: Problem

  enum Problem: Hashable, Sendable {
    case unexpectedEnd
    case unexpected(UInt8)
    case trailing(UInt8)
    case notUTF8
    case badEscape
    case controlCharacter
    case tooDeep
  }

  var text: String {
    switch problem {
    case .unexpectedEnd: "it ends in the middle of a value"
    case .unexpected(let byte): "\(Self.name(byte)) where JSON has none"
    case .trailing(let byte): "\(Self.name(byte)) after the end of the value"
    case .notUTF8: "bytes that are not UTF-8"
    case .badEscape: "a backslash escape that JSON does not have"
    case .controlCharacter: "a control character inside a text"
    case .tooDeep: "values nested more than 64 deep"
    }
  }

  private static func name(_ byte: UInt8) -> String {
    (33...126).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "byte \(byte)"
  }
}
