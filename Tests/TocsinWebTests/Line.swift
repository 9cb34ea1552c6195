import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// One connection to the server, byte for byte, read by a thread of its own so that no test waits in another's place.
struct Line: Sendable {
  private let socket: Int32
  let pieces: AsyncStream<[UInt8]>

  struct Failed: Error { var what: String }

  init(port: Int) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failed(what: "connect: \(String(cString: strerror(errno)))") }
    self.socket = socket
    let (pieces, yield) = AsyncStream.makeStream(of: [UInt8].self)
    self.pieces = pieces
    let reader = Thread {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 {
        yield.yield(Array(buffer[..<count]))
      }
      yield.finish()
    }
    reader.start()
  }

  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failed(what: "send: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  func hangUp() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }
}

/// An HTTP answer.
struct Answer: Sendable {
  var status: Int
  var headers: [String: String]
  var body: String

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.components(separatedBy: "\r\n\r\n")
    let lines = parts[0].components(separatedBy: "\r\n")
    status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
    headers = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...]
        .trimmingCharacters(in: .whitespaces)
    }
    body = parts.dropFirst().joined(separator: "\r\n\r\n")
  }

  func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(body.utf8))
  }
}

/// What the server says when something is wrong.
struct Problem: Decodable {
  var error: String
  var reason: String
}

/// One event of the stream.
struct Heard: Hashable, Sendable {
  var id: String?
  var name = "message"
  var data = ""
}

/// Reads events of a stream, one after another.
struct Ear: ~Copyable {
  private var pieces: AsyncStream<[UInt8]>.Iterator
  private var text = ""
  private var hasHead = false
  private let line: Line
  private(set) var head = ""

  init(_ line: Line) {
    self.line = line
    pieces = line.pieces.makeAsyncIterator()
  }

  deinit { line.hangUp() }

  /// The next event; `nil` when the server has closed.
  mutating func next() async -> Heard? {
    while true {
      if !hasHead, let end = text.range(of: "\r\n\r\n") {
        head = String(text[..<end.lowerBound])
        text = String(text[end.upperBound...])
        hasHead = true
      }
      if hasHead, let end = text.range(of: "\n\n") {
        let block = String(text[..<end.lowerBound])
        text = String(text[end.upperBound...])
        if let heard = Self.read(block) { return heard }
        continue
      }
      guard let piece = await pieces.next() else { return nil }
      text += String(decoding: piece, as: UTF8.self)
    }
  }

  /// The next event with this name.
  mutating func next(_ name: String) async -> Heard? {
    while let heard = await next() {
      if heard.name == name { return heard }
    }
    return nil
  }

  private static func read(_ block: String) -> Heard? {
    var heard = Heard()
    for line in block.split(separator: "\n") {
      if line.hasPrefix("id: ") { heard.id = String(line.dropFirst(4)) }
      if line.hasPrefix("event: ") { heard.name = String(line.dropFirst(7)) }
      if line.hasPrefix("data: ") { heard.data += line.dropFirst(6) }
    }
    return heard.data.isEmpty ? nil : heard
  }
}
