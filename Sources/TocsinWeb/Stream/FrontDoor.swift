import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Looks at the head of each request: a stream of events is taken over here, all else goes on to the routes.
///
/// The handlers of the routes are made when the first request is not a stream, so that a quiet reader
/// costs neither their memory nor a waiting task.
final class FrontDoor: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  static let firstHead: TimeAmount = .seconds(10)

  private let stream: StreamDoor
  private let logger: Logger
  private let opened: EventLoopPromise<WebChannel.Routed?>
  private var isRouted = false
  private var isTaken = false
  private var deadline: Scheduled<Void>?

  init(stream: StreamDoor, logger: Logger, opened: EventLoopPromise<WebChannel.Routed?>) {
    self.stream = stream
    self.logger = logger
    self.opened = opened
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: Self.firstHead) { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data), !isTaken {
      deadline?.cancel()
      if stream.wants(head) { return take(head, context) }
      if !isRouted { route(context) }
    }
    if !isTaken { context.fireChannelRead(data) }
  }

  private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    switch stream.admit(head, from: context.channel.remoteAddress?.ipAddress ?? "") {
    case .refuse(let status, let body):
      isTaken = true
      refuse(status, body, context)
    case .admit(let join):
      isTaken = true
      do {
        // An idle stream is no idle connection.
        let pipeline = context.pipeline.syncOperations
        _ = pipeline.removeHandler(
          context: try pipeline.context(handlerType: HTTPConnectionStateHandler.self))
      } catch {
        // Not routed yet: there is none.
      }
      do {
        try join(context.channel)
      } catch {
        context.close(promise: nil)
      }
    }
    if !isRouted { opened.succeed(nil) }
  }

  private func refuse(
    _ status: HTTPResponseStatus, _ body: ByteBuffer, _ context: ChannelHandlerContext
  ) {
    let headers: HTTPHeaders = [
      "content-type": "application/json", "content-length": String(body.readableBytes),
      "cache-control": "no-store", "connection": "close",
    ]
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      channel.close(promise: nil)
    }
  }

  private func route(_ context: ChannelHandlerContext) {
    isRouted = true
    do {
      let pipeline = context.pipeline.syncOperations
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      try pipeline.addHandler(
        HTTPConnectionStateHandler(idleTimeout: .seconds(60), logger: logger))
      opened.succeed(
        try WebChannel.Routed(
          wrappingChannelSynchronously: context.channel,
          configuration: .init(isOutboundHalfClosureEnabled: true)))
    } catch {
      opened.fail(error)
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    if !isRouted && !isTaken { opened.succeed(nil) }
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent, !isRouted { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if isRouted { context.fireErrorCaught(error) } else { context.close(promise: nil) }
  }
}
