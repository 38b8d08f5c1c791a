import HTTPTypes
public import Hummingbird

/// The headers every answer carries: nothing from elsewhere, nothing inline, no frame, nothing kept on the way.
public struct SecurityHeaders: RouterMiddleware {
  public typealias Context = PageContext

  /// Script, style, images, fonts and requests of this site only; forms go here only.
  public static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'
    """

  public init() {}

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers[.contentSecurityPolicy] = SecurityHeaders.policy
    response.headers[.frameOptions] = "DENY"
    response.headers[.contentTypeOptions] = "nosniff"
    response.headers[.openerPolicy] = "same-origin"
    response.headers[.resourcePolicy] = "same-origin"
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    response.headers[.referrerPolicy] = context.isUnnamed ? "no-referrer" : "same-origin"
    if context.isUnnamed { response.headers[.robots] = "noindex, nofollow, noarchive" }
    response.headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    if context.isSecure { response.headers[.transportSecurity] = "max-age=31536000; includeSubDomains" }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}
