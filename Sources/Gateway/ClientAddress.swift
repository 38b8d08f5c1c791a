import HTTPTypes
public import Hummingbird

/// Finds out where a request really comes from. `X-Forwarded-For` and `-Proto` count only when a configured peer
/// sends them; of the chain, the last address that is not such a peer is the client.
public struct ClientAddress: RouterMiddleware {
  public typealias Context = PageContext

  private let proxies: [NetworkRange]
  private let servesTLS: Bool

  public init(trusting proxies: [NetworkRange], servesTLS: Bool) {
    self.proxies = proxies
    self.servesTLS = servesTLS
  }

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.isSecure = servesTLS
    context.path = request.head.path ?? "/"
    if isTrusted(context.address) {
      context.address = client(behind: context.address, request.headers)
      if request.headers[.forwardedProtocol]?.lowercased() == "https" { context.isSecure = true }
    }
    return try await next(request, context)
  }

  func client(behind peer: String, _ headers: HTTPFields) -> String {
    let chain = headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
      .map { String($0.filter { $0 != " " }) }
    for address in chain.reversed() {
      guard NetworkRange.bytes(of: address) != nil else { return peer }
      if !isTrusted(address) { return address }
    }
    return chain.first ?? peer
  }

  private func isTrusted(_ address: String) -> Bool {
    proxies.contains { $0.contains(address) }
  }
}
