import Foundation
import Logging
import NIOCore
import NIOPosix
package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// Plots as lines over TCP. The first line is `{"key":"tcs_…"}` with the key of the source's name; what is wrong
/// with a later line is answered as `{"line":…,"field":…,"error":…}`, and the connection goes on.
///
/// Back-pressure: nothing more is read from a connection while what it sent is not yet decided and written
/// down, so a sender that is too fast is slowed by TCP itself and nothing is dropped.
package struct PlotsOverTCP: SourceKind {
  package static let word = "plots-tcp"
  package static let planKind = Source.Kind.radar
  /// Connections at once; a further one is closed.
  static let limit = 64

  let address: NetworkAddress
  package var description: String { "plots over TCP at \(address)" }

  package init(_ fields: inout YAMLFields) {
    if !fields.has("listen") { fields.fault("listen", "is missing; write 127.0.0.1:9301") }
    address = fields.optionalAddress("listen") ?? NetworkAddress(host: "127.0.0.1", port: 0)
  }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    PlotPort(address: address, source: source, outside: outside)
  }
}

/// Listens and takes what connections send.
struct PlotPort: Service {
  typealias Line = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  let address: NetworkAddress
  let source: Source
  let outside: SourceOutside
  /// Hears the port once it is listened on.
  var onListening: @Sendable (Int) -> Void = { _ in }

  func run() async throws {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // Who has sent all may say so and still hear what was wrong with it.
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .bind(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try Line(wrappingChannelSynchronously: channel)
        }
      }
    onListening(server.channel.localAddress?.port ?? 0)
    try? await cancelWhenGracefulShutdown {
      try await withThrowingDiscardingTaskGroup { connections in
        let count = Counter()
        try await server.executeThenClose { lines in
          for try await line in lines {
            let isAdmitted = await count.enter(upTo: PlotsOverTCP.limit)
            connections.addTask {
              try? await serve(line, isAdmitted: isAdmitted)
              if isAdmitted { await count.leave() }
            }
          }
        }
      }
    }
  }

  private func serve(_ line: Line, isAdmitted: Bool) async throws {
    try await line.executeThenClose { inbound, outbound in
      guard isAdmitted else {
        return try await outbound.answer(
          "too many connections; close one of the \(PlotsOverTCP.limit)")
      }
      var pieces = inbound.makeAsyncIterator()
      guard let rest = try await admit(&pieces) else {
        outside.logger.warning("Key refused", metadata: ["source": "\(source.id)"])
        return try await outbound.answer(
          "the first line must be {\"key\":\"tcs_…\"} with the key of the source '\(source.id)' "
            + "('tocsin keys add \(source.id) --role source'); nothing was taken")
      }
      var feed = PlotFeed(source: source, outside: outside)
      try await outbound.answer(await feed.take(rest))
      while let piece = try await pieces.next() {
        try await outbound.answer(await feed.take(Array(piece.readableBytesView)))
      }
      try await outbound.answer(await feed.finish())
    }
  }

  /// The bytes after a first line with the right key; `nil` without one.
  private func admit(
    _ pieces: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  ) async throws -> [UInt8]? {
    var bytes: [UInt8] = []
    while !bytes.contains(UInt8(ascii: "\n")), bytes.count < 1024 {
      guard let piece = try await pieces.next() else { return nil }
      bytes += piece.readableBytesView
    }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end < 1024,
      let said = try? JSONDecoder().decode(KeyLine.self, from: Data(bytes[..<end])),
      let key = try? outside.keys.ring().verify(said.key), key.role == .source,
      key.name == source.id
    else { return nil }
    return Array(bytes[(end + 1)...])
  }

  private struct KeyLine: Decodable { var key: String }
}

/// How many connections are open.
private actor Counter {
  private var count = 0

  func enter(upTo limit: Int) -> Bool {
    guard count < limit else { return false }
    count += 1
    return true
  }

  func leave() { count -= 1 }
}

extension NIOAsyncChannelOutboundWriter<ByteBuffer> {
  fileprivate func answer(_ words: String) async throws {
    try await answer([PlotFault(line: 0, field: "", error: words)])
  }

  fileprivate func answer(_ faults: [PlotFault]) async throws {
    guard !faults.isEmpty else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var answer = ByteBuffer()
    for fault in faults {
      answer.writeBytes(try encoder.encode(fault))
      answer.writeString("\n")
    }
    try await write(answer)
  }
}
