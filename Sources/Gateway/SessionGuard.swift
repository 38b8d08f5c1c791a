import CaseWork
import HTTPTypes
public import Hummingbird
import Operations

/// Finds who asks, by the secret in the session cookie, and what they chose for the screen.
public struct SessionGuard: RouterMiddleware {
  public typealias Context = PageContext
  /// Who a secret belongs to now, seen from an address; nobody, where the session has ended.
  public typealias Find = @Sendable (_ secret: String, _ address: String) async throws -> Visitor?

  private let find: Find

  public init(find: @escaping Find) {
    self.find = find
  }

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let isSecure = context.isSecure
    context.preferences = Preferences(of: request, isSecure: isSecure)
    if let secret = SessionCookie.value(.session, of: request, isSecure: isSecure) {
      context.secret = secret
      do {
        context.visitor = try await find(secret, context.address)
        if context.visitor == nil { context.formerToken = FormToken.token(for: secret) }
      } catch  where request.method == .post && StoreAway(error) != nil {
        // Whose form it is can still be told by its token, and the page can give back what was typed.
        context.doorToken = FormToken.token(for: secret)
        context.outage = error
        return try await next(request, context)
      }
    }
    guard context.visitor == nil else { return try await next(request, context) }
    let known = SessionCookie.value(.door, of: request, isSecure: isSecure)
    let secret = known ?? FormToken.randomSecret()
    context.doorToken = FormToken.token(for: secret)
    var response = try await next(request, context)
    if known == nil { response.setCookie(SessionCookie.cookie(.door, secret, isSecure: isSecure)) }
    return response
  }
}

extension Preferences {
  init(of request: Request, isSecure: Bool) {
    let cookies = request.cookies
    func chosen(_ name: String) -> String? { cookies[SessionCookie.bound(name, isSecure: isSecure)]?.value }
    self.init(
      language: chosen("language").flatMap { Language(rawValue: $0) } ?? .korean,
      theme: chosen("theme").flatMap { Theme(rawValue: $0) } ?? .auto,
      letterKeys: chosen("keys") != "off")
  }

  /// The cookies that keep a choice for a year; nothing in them tells who somebody is.
  public static func cookie(_ name: String, _ value: String, isSecure: Bool) -> Cookie {
    Cookie(
      name: SessionCookie.bound(name, isSecure: isSecure), value: value, maxAge: 31_536_000, path: "/",
      secure: isSecure, httpOnly: true,
      sameSite: .lax)
  }
}
