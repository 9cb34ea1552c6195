import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A server that answers every request with the same bytes, whatever they are; without any it never answers.
final class Quirk: Sendable {
  let port: Int
  private let socket: Int32

  init(_ answer: [UInt8]?) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    guard bound else { throw Line.Failed(what: "bind: \(String(cString: strerror(errno)))") }
    self.socket = socket
    port = Int(UInt16(bigEndian: address.sin_port))
    let server = Thread {
      while case let peer = accept(socket, nil, nil), peer >= 0 {
        guard let answer else { continue }  // It hangs.
        var buffer = [UInt8](repeating: 0, count: 65_536)
        _ = recv(peer, &buffer, buffer.count, 0)
        var rest = answer[...]
        while !rest.isEmpty {
          let count = rest.withUnsafeBytes {
            send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
          }
          guard count > 0 else { break }
          rest = rest.dropFirst(count)
        }
        shutdown(peer, Int32(SHUT_RDWR))
        close(peer)
      }
    }
    server.start()
  }

  convenience init(_ head: String, body: String = "") throws {
    try self.init(
      Array("HTTP/1.1 \(head)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
  }

  var url: URL { URL(string: "http://127.0.0.1:\(port)/warningMessages/alert/Alerts.json")! }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }
}
