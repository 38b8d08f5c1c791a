import HTTPTypes
public import Hummingbird
public import Logging

/// One line a request: method, route pattern, status, time. Never the address asked for, which may name a person.
public struct RequestLog: RouterMiddleware {
  public typealias Context = PageContext

  private let logger: Logger

  public init(_ logger: Logger) {
    self.logger = logger
  }

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let spent = (ContinuousClock.now - start).components
    let milliseconds = Double(spent.seconds) * 1000 + Double(spent.attoseconds / 1_000_000_000_000) / 1000
    logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "-")",
        "status": "\(response.status.code)", "ms": "\(milliseconds)",
      ])
    return response
  }
}
