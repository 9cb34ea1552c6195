import Foundation

/// What is odd about one entry; the rest was read.
public struct UkraineFault: Error, Hashable, Sendable, CustomStringConvertible {
  public var place: String
  public var text: String

  public var description: String { "\(place) \(text)" }
}

/// Why an answer could not be read at all. It is not calm: nothing is known.
public enum UnreadableUkraineAlerts: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  case page
  case unreadable(String)

  public var description: String {
    switch self {
    case .empty: "nothing came; even when all is calm the service sends a list"
    case .page:
      "a web page came instead of data; the server is ill, or the address is not the feed's"
    case .unreadable(let reason): "the answer could not be read: \(reason)"
    }
  }
}

enum UkraineJSON {
  static func read<Value: Decodable>(
    _ bytes: [UInt8]
  ) throws(UnreadableUkraineAlerts) -> Value {
    let isPadding: (UInt8) -> Bool = { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
    let rest = bytes.drop(while: isPadding)
    guard let first = rest.first else { throw .empty }
    guard first != UInt8(ascii: "<") else { throw .page }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(rest))
    } catch let error as DecodingError {
      throw .unreadable(Self.words(error))
    } catch {
      throw .unreadable("\(error)")
    }
  }

  static func write(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value))
    } catch {
      preconditionFailure("Texts and whole numbers can always be written: \(error)")
    }
  }

  static func words(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
      return path.isEmpty ? "the answer" : path.joined(separator: ", ")
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(path(context)) has no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(path(context)) is of another type than expected"
    case .dataCorrupted(let context): "\(path(context)) is no JSON"
    @unknown default: "it has another shape"
    }
  }
}

/// An entry of a list that may be unreadable without spoiling the list.
enum Lenient<Value: Codable>: Codable {
  case value(Value)
  case unreadable(String)

  init(from decoder: any Decoder) throws {
    do {
      self = .value(try Value(from: decoder))
    } catch let error as DecodingError {
      self = .unreadable(UkraineJSON.words(error))
    }
  }

  func encode(to encoder: any Encoder) throws {
    if case .value(let value) = self { try value.encode(to: encoder) }
  }

  func get(_ number: Int) throws(UkraineFault) -> Value {
    switch self {
    case .value(let value): return value
    case .unreadable(let reason):
      throw UkraineFault(place: "entry \(number)", text: "was left out: \(reason)")
    }
  }
}

/// Region numbers come as text in some fields and as numbers in others.
struct TextOrNumber: Codable {
  var text: String
  var isNumber = false

  init(text: String, isNumber: Bool = false) {
    self.text = text
    self.isNumber = isNumber
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self.init(text: String(number), isNumber: true)
    } else {
      self.init(text: try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if isNumber, let number = Int(text) {
      try container.encode(number)
    } else {
      try container.encode(text)
    }
  }
}
