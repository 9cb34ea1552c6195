import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import TocsinConfiguration
import TocsinEngine
import TocsinModel

/// Listens for datagrams and takes what they say.
///
/// Back-pressure: nothing more is read from the socket while what was read is not yet decided and written down.
/// What does not fit into the system's receive buffer meanwhile (4 MiB asked for) is lost, as UDP loses.
struct AsterixPort: Service {
  typealias Datagram = AddressedEnvelope<ByteBuffer>
  typealias Line = NIOAsyncChannel<[Datagram], Never>

  /// Datagrams in one batch.
  static let batch = 64
  /// Between two reports of what was not used.
  static let reporting = Duration.seconds(60)

  let kind: AsterixOverUDP
  let source: Source
  let outside: SourceOutside
  let clock: any EngineClock
  /// Hears the port once it is listened on.
  var onListening: @Sendable (Int) -> Void = { _ in }

  func run() async throws {
    let line = try await open()
    onListening(line.channel.localAddress?.port ?? 0)
    try? await cancelWhenGracefulShutdown {
      try await line.executeThenClose { batches, _ in try await take(batches) }
    }
  }

  private func open() async throws -> Line {
    let bootstrap = DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.socketOption(.so_reuseaddr), value: 1)
      .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
      .channelOption(.maxMessagesPerRead, value: UInt(Self.batch))
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_536))
    // Bound to the group's address, so that what is sent to others on the same port stays outside.
    let line = try await bootstrap.bind(
      host: kind.group ?? kind.listen.host, port: kind.listen.port
    ) {
      channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(DatagramBatches())
        return try Line(wrappingChannelSynchronously: channel)
      }
    }
    if let group = kind.group { try await join(group, line) }
    return line
  }

  private func join(_ group: String, _ line: Line) async throws {
    guard let member = line.channel as? any MulticastChannel else { return }
    let host = kind.listen.host
    let device = try System.enumerateDevices().first { $0.address?.ipAddress == host }
    do {
      let address = try SocketAddress(ipAddress: group, port: kind.listen.port)
      if device == nil, !["0.0.0.0", "::"].contains(host) {
        throw UnjoinedGroup(group: group, host: host, reason: "no interface has that address")
      }
      try await member.joinGroup(address, device: device).get()
    } catch {
      throw error as? UnjoinedGroup
        ?? UnjoinedGroup(group: group, host: host, reason: "\(error)")
    }
  }

  private func take(_ batches: NIOAsyncChannelInboundStream<[Datagram]>) async throws {
    var reader = AsterixPlotReader(kind.systems, radars: outside.plan.radars)
    var nextReport = clock.read().now + .seconds(1)
    for try await batch in batches {
      let now = clock.read().now
      var lines: [PlotLine] = []
      for datagram in batch {
        if kind.senders.contains(datagram.remoteAddress.ipAddress ?? "") {
          lines += reader.read(Array(datagram.data.readableBytesView), received: now)
        } else {
          reader.countStranger()
        }
      }
      let refusals = await outside.inbox.put(PlotIntake(lines))
      tell(refusals)
      if now >= nextReport {
        tell(reader.report())
        nextReport = now + Self.reporting
      }
    }
  }

  private func tell(_ texts: [String]) {
    for text in texts {
      outside.logger.warning(
        "ASTERIX not taken", metadata: ["source": "\(source.id)", "fault": "\(text)"])
    }
  }
}

/// Why a multicast group could not be joined.
struct UnjoinedGroup: Error, CustomStringConvertible {
  var group: String
  var host: String
  var reason: String

  var description: String {
    "The multicast group \(group) cannot be joined on the interface with the address \(host): "
      + "\(reason). Give in 'listen' the address of an interface that carries multicast."
  }
}

/// Gathers the datagrams of one turn of reading into one batch.
private final class DatagramBatches: ChannelInboundHandler {
  typealias InboundIn = AsterixPort.Datagram
  typealias InboundOut = [AsterixPort.Datagram]

  private var batch: [AsterixPort.Datagram] = []

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    batch.append(unwrapInboundIn(data))
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if !batch.isEmpty {
      context.fireChannelRead(wrapInboundOut(batch))
      batch = []
    }
    context.fireChannelReadComplete()
  }
}
