import NIOCore
import NIOPosix
import TocsinConfiguration

/// One conversation with a device: a connection, some requests one after the other, and the end.
///
/// A connection for each call, so that there is none that looks open and is dead. Task cancellation does not
/// interrupt it: a relay must be switched off while everything else is being stopped.
struct ModbusCall: Sendable {
  let address: NetworkAddress
  let unit: UInt8
  /// For the connection, and again for each answer.
  let patience: Duration

  /// - Returns: what each request read.
  func perform(_ requests: [ModbusRequest]) async throws(ModbusFault) -> [[Bool]] {
    do {
      let channel = try await connected()
      do {
        var answers: [[Bool]] = []
        for (index, request) in requests.enumerated() {
          answers.append(try await ask(request, UInt16(index + 1), on: channel))
        }
        try? await channel.close()
        return answers
      } catch {
        try? await channel.close()
        throw error
      }
    } catch let fault as ModbusFault {
      throw fault
    } catch {
      throw .unreachable("\(error)")
    }
  }

  private func connected() async throws -> any NIOCore::Channel {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.nanoseconds(patience.nanosecondsForNIO))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ModbusAnswers())
        }
      }
      .connect(host: address.host, port: address.port).get()
  }

  private func ask(
    _ request: ModbusRequest, _ transaction: UInt16, on channel: any NIOCore::Channel
  ) async throws -> [Bool] {
    let promise = channel.eventLoop.makePromise(of: ModbusFrame.self)
    let question = ModbusQuestion(
      bytes: request.frame(transaction: transaction, unit: unit), transaction: transaction,
      answer: promise)
    let alarm = channel.eventLoop.scheduleTask(in: .nanoseconds(patience.nanosecondsForNIO)) {
      promise.fail(ModbusFault.silent("\(patience)"))
    }
    channel.writeAndFlush(question, promise: nil)
    defer { alarm.cancel() }
    return try request.coils(in: try await promise.futureResult.get())
  }
}

extension Duration {
  fileprivate var nanosecondsForNIO: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}

private struct ModbusQuestion: Sendable {
  let bytes: [UInt8]
  let transaction: UInt16
  let answer: EventLoopPromise<ModbusFrame>
}

/// Sends questions and hands each its answer.
private final class ModbusAnswers: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ModbusQuestion
  typealias OutboundOut = ByteBuffer

  private var buffer = ByteBuffer()
  private var open: ModbusQuestion?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let question = unwrapOutboundIn(data)
    open = question
    context.write(wrapOutboundOut(ByteBuffer(bytes: question.bytes)), promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var piece = unwrapInboundIn(data)
    buffer.writeBuffer(&piece)
    do {
      while let (frame, length) = try ModbusFrame.first(of: buffer.readableBytesView) {
        buffer.moveReaderIndex(forwardBy: length)
        // An answer to an earlier question, which was given up, is let go.
        if let question = open, question.transaction == frame.transaction {
          open = nil
          question.answer.succeed(frame)
        }
      }
    } catch {
      fail(error)
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(ModbusFault.unreachable("it closed the connection"))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    fail(ModbusFault.unreachable("\(error)"))
    context.close(promise: nil)
  }

  private func fail(_ fault: any Error) {
    open?.answer.fail(fault)
    open = nil
  }
}
