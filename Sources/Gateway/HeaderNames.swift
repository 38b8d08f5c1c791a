import HTTPTypes

extension HTTPField.Name {
  static let forwardedFor = named("X-Forwarded-For")
  static let forwardedProtocol = named("X-Forwarded-Proto")
  static let fetchSite = named("Sec-Fetch-Site")
  static let contentSecurityPolicy = named("Content-Security-Policy")
  static let frameOptions = named("X-Frame-Options")
  static let contentTypeOptions = named("X-Content-Type-Options")
  static let openerPolicy = named("Cross-Origin-Opener-Policy")
  static let resourcePolicy = named("Cross-Origin-Resource-Policy")
  static let referrerPolicy = named("Referrer-Policy")
  static let robots = named("X-Robots-Tag")
  static let permissionsPolicy = named("Permissions-Policy")
  static let transportSecurity = named("Strict-Transport-Security")

  /// The names above are tokens of RFC 9110, so none of them falls back.
  private static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .trailer }
}
