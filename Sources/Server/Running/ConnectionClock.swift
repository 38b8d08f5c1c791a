import NIOCore
import NIOHTTPTypes

/// A sender that took too long: what came of the request is not all of it.
struct SenderTooSlow: Error {}

/// Closes a connection that keeps the program waiting: for a head, for the rest of a body, for its answer to be taken,
/// or for another request.
///
/// Of Hummingbird's own idle time every byte of a body makes a new one, so that a byte now and then would hold a
/// connection for ever; here each part of a request has one deadline.
final class ConnectionClock: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let bounds: ConnectionBounds
  private var deadline: Scheduled<Void>?
  private var isReading = false
  /// Requests that were read, at least in part, and are not answered yet.
  private var underWay = 0

  init(_ bounds: ConnectionBounds) {
    self.bounds = bounds
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expect(within: bounds.head, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    expect(within: bounds.head, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isReading = true
      underWay += 1
      expect(within: bounds.body, context)
    case .body: break
    case .end:
      isReading = false
      stop()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head:
      if !isReading { expect(within: bounds.answer, context) }
      context.write(data, promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      // Only once the last byte has left does the wait for another request begin.
      let sent = promise ?? context.eventLoop.makePromise()
      sent.futureResult.assumeIsolated().whenSuccess { [self] in answered(context) }
      context.write(data, promise: sent)
    }
  }

  private func answered(_ context: ChannelHandlerContext) {
    underWay -= 1
    if !isReading { stop() }
    if underWay == 0 { expect(within: bounds.idle, context) }
  }

  private func expect(within seconds: Int, _ context: ChannelHandlerContext) {
    stop()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) { [self] in
      // Whoever waits for the rest of the body must not take what has come for all of it.
      if isReading { context.fireErrorCaught(SenderTooSlow()) }
      context.close(promise: nil)
    }
  }

  private func stop() {
    deadline?.cancel()
    deadline = nil
  }
}
