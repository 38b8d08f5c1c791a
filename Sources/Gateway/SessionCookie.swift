public import Hummingbird

/// The cookies: the session's secret, and before sign-in one that ties a form to its browser.
public struct SessionCookie: Sendable {
  public enum Name: String, Sendable {
    case session = "gyeot"
    case door = "gyeot-door"
    /// That the code of an agency's link was typed.
    case agency = "gyeot-agency"
  }

  public static func name(_ name: Name, isSecure: Bool) -> String { bound(name.rawValue, isSecure: isSecure) }

  /// Over TLS the name binds a cookie to this host, this path and TLS (RFC 6265bis `__Host-`).
  static func bound(_ name: String, isSecure: Bool) -> String { isSecure ? "__Host-\(name)" : name }

  public static func value(_ name: Name, of request: Request, isSecure: Bool) -> String? {
    request.cookies[self.name(name, isSecure: isSecure)]?.value
  }

  /// A cookie that lives as long as the browser is open; the server ends the session itself.
  public static func cookie(_ name: Name, _ value: String, isSecure: Bool) -> Cookie {
    Cookie(
      name: self.name(name, isSecure: isSecure), value: value, path: "/", secure: isSecure, httpOnly: true,
      sameSite: .lax)
  }

  public static func expired(_ name: Name, isSecure: Bool) -> Cookie {
    Cookie(
      name: self.name(name, isSecure: isSecure), value: "", maxAge: 0, path: "/", secure: isSecure,
      httpOnly: true,
      sameSite: .lax)
  }
}
