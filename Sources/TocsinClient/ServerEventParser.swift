/// One event of a stream of server-sent events.
package struct ServerEvent: Hashable, Sendable {
  /// The newest id the stream has given, by which it can be resumed; `nil` when it has given none.
  package var id: String?
  package var name: String
  package var data: String

  package init(id: String?, name: String, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }
}

/// Cuts bytes into server-sent events, however they are split on the way.
///
/// Source: WHATWG HTML, section 9.2.6, "Interpreting an event stream". An event longer than `limit` bytes
/// is left out and counted, so that a server that never ends a line cannot fill the memory.
package struct ServerEventParser: Sendable {
  package static let limit = 16 << 20

  /// Milliseconds to wait before a new connection, as the server wishes it.
  package private(set) var retry: Int?
  /// Events left out because they were too long.
  package private(set) var tooLong = 0

  private var line: [UInt8] = []
  private var endedByReturn = false
  private var id: String?
  private var name = ""
  private var data: [UInt8] = []
  private var isTooLong = false

  /// - Parameter lastID: the id of the stream that is resumed.
  package init(resuming lastID: String? = nil) { id = lastID }

  /// Takes the next bytes and answers with the events that they complete.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [ServerEvent] {
    var events: [ServerEvent] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") && endedByReturn {
        endedByReturn = false
        continue
      }
      endedByReturn = byte == UInt8(ascii: "\r")
      if endedByReturn || byte == UInt8(ascii: "\n") {
        if let event = endLine() { events.append(event) }
      } else if line.count < Self.limit {
        line.append(byte)
      } else {
        isTooLong = true
      }
    }
    return events
  }

  private mutating func endLine() -> ServerEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "event": name = String(decoding: value, as: UTF8.self)
    case "data": addData(value)
    case "id": if !value.contains(0) { id = String(decoding: value, as: UTF8.self) }
    case "retry": retry = Int(String(decoding: value, as: UTF8.self)).flatMap { $0 < 0 ? nil : $0 }
    default: break  // A comment, or a field that the standard tells us to ignore.
    }
    return nil
  }

  private mutating func addData(_ value: ArraySlice<UInt8>) {
    guard data.count + value.count < Self.limit else {
      isTooLong = true
      return
    }
    data += value
    data.append(UInt8(ascii: "\n"))
  }

  private mutating func dispatch() -> ServerEvent? {
    defer {
      name = ""
      data = []
      isTooLong = false
    }
    if isTooLong { tooLong += 1 }
    guard !data.isEmpty, !isTooLong else { return nil }
    return ServerEvent(
      id: id, name: name.isEmpty ? "message" : name,
      data: String(decoding: data.dropLast(), as: UTF8.self))
  }
}
