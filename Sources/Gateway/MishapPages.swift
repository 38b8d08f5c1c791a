import CaseWork
import Foundation
import HTTPTypes
public import Hummingbird
public import Logging
import Operations

/// The one place that turns a refusal or a fault into an answer.
public struct MishapPages: RouterMiddleware {
  public typealias Context = PageContext
  public typealias Render = @Sendable (Mishap, PageContext) -> Response

  private let logger: Logger
  private let faultID: @Sendable () -> String
  private let render: Render

  /// - Parameters:
  ///   - faultID: makes the id under which a fault is logged and shown.
  ///   - render: makes the page; it must not throw, for there is nobody behind it.
  public init(logger: Logger, faultID: @escaping @Sendable () -> String, render: @escaping Render) {
    self.logger = logger
    self.faultID = faultID
    self.render = render
  }

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    do {
      if let outage = context.outage, !context.form.values.isEmpty { throw outage }
      return try await next(request, context)
    } catch {
      let mishap = mishap(of: error, request, in: context)
      note(mishap, request, in: context)
      var response = render(mishap, context)
      // What is seen first is a way there, which the page itself has set.
      if mishap.status != .seeOther { response.status = mishap.status }
      if case .away = mishap { response.headers[.retryAfter] = "20" }
      // Behind the head of an answer to HEAD a body would be read as the next answer on this connection.
      return request.method == .head ? response.createHeadResponse() : response
    }
  }

  /// Who was refused what: whoever tries doors that are not theirs shows in these lines. Ids and patterns only.
  private func note(_ mishap: Mishap, _ request: Request, in context: PageContext) {
    guard let visitor = context.visitor, let reason = mishap.refusedAccess else { return }
    logger.notice(
      "refused",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "-")",
        "staff": "\(visitor.staff.id)", "status": "\(mishap.status.code)", "what": "\(reason)",
      ])
  }

  private func mishap(of error: any Error, _ request: Request, in context: PageContext) -> Mishap {
    switch error {
    case let refusal as Refusal: return .refused(refusal)
    case is NotSignedIn: return .signInFirst
    case let first as DutyFirst: return .duty(first.duty)
    case let kind as Mishap.Kind: return .kind(kind)
    case is SentBefore: return .kind(.sentBefore)
    case let http as HTTPError where http.status == .notFound || http.status == .methodNotAllowed:
      return .refused(.notFound)
    case let http as HTTPError where http.status.kind == .clientError: return .kind(.unreadable)
    default:
      let id = faultID()
      let (away, full) = (StoreAway(error), StoreFull(error))
      // The type and, of our own faults, the codes: an error's text may quote a value.
      logger.error(
        "fault",
        metadata: [
          "fault": "\(id)", "route": "\(context.endpointPath ?? "-")", "type": "\(type(of: error))",
          "what":
            "\((error as? any LoggableFault)?.logText ?? StoreAway.code(of: error) ?? away?.code ?? "")",
        ])
      if full != nil { return .full(id: id, isUnsaved: request.method == .post) }
      return away == nil ? .fault(id: id) : .away(id: id, isUnsure: request.method == .post)
    }
  }
}

/// A fault that can say what happened without quoting anybody's data.
public protocol LoggableFault: Error {
  var logText: String { get }
}
