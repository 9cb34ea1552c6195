import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// One connection: routes and event streams on the same port.
struct WebChannel: ServerChildChannel, HTTPChannelHandler {
  typealias Routed = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  struct Value: ServerChildChannelValue {
    let channel: any Channel
    /// What the routes talk through; `nil` for a stream, which needs nobody.
    let opened: EventLoopFuture<Routed?>
  }

  let responder: HTTPChannelHandler.Responder
  let stream: StreamDoor

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let opened = channel.eventLoop.makePromise(of: Routed?.self)
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false,
        withOutboundHeaderValidation: false)
      try pipeline.addHandler(FrontDoor(stream: stream, logger: logger, opened: opened))
      return Value(channel: channel, opened: opened.futureResult)
    }
  }

  func handle(value: Value, logger: Logger) async {
    guard let routed = try? await value.opened.get() else { return }
    await handleHTTP(asyncChannel: routed, logger: logger)
  }
}
