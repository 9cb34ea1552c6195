import NIOCore

/// One open stream: from here on the connection carries events and nothing else.
///
/// Stands first in the pipeline, so that what it writes reaches the socket without the HTTP encoder.
final class EventReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  let isOperator: Bool
  /// Places the reader has named; they are served first when they are warned.
  let zones: Set<String>
  /// The newest event it has got.
  var newest: Int
  /// Its place in the list of its event loop.
  var index = 0
  private var context: ChannelHandlerContext?
  private let leave: (EventReader) -> Void

  init(isOperator: Bool, zones: Set<String>, newest: Int, leave: @escaping (EventReader) -> Void) {
    self.isOperator = isOperator
    self.zones = zones
    self.newest = newest
    self.leave = leave
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  /// Writes an event; answers `false` if the reader is too slow and was closed. It may resume.
  func send(_ bytes: ByteBuffer) -> Bool {
    guard let context else { return false }
    guard context.channel.isWritable else {
      context.close(promise: nil)
      return false
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    return true
  }

  func close() { context?.close(promise: nil) }

  /// A reader has nothing more to say.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func channelInactive(context: ChannelHandlerContext) {
    gone()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { gone() }

  private func gone() {
    guard context != nil else { return }
    context = nil
    leave(self)
  }
}
