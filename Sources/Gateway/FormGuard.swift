import HTTPTypes
public import Hummingbird
import NIOCore

/// Reads the form of a request that changes something, and lets it pass only when it is one of ours.
///
/// Two checks, each enough alone: the browser says the page that sent it was ours (`Sec-Fetch-Site`, or `Origin`
/// where it is not sent), and the form carries the token of this session.
public struct FormGuard: RouterMiddleware {
  public typealias Context = PageContext

  private let limits: FormBody.Limits
  private let origin: String?

  /// - Parameters:
  ///   - limits: how large a form may be.
  ///   - origin: as people type it, such as `https://gyeot.example`; without it, whatever host was asked.
  public init(limits: FormBody.Limits = .init(), origin: String? = nil) {
    self.limits = limits
    self.origin = origin
  }

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    switch request.method {
    case .get, .head, .options: return try await next(request, context)
    case .post: break
    default: throw Mishap.Kind.unreadable
    }
    guard FormGuard.isOurs(request.headers, authority: request.head.authority, public: origin) else {
      throw Mishap.Kind.forged
    }
    var (request, context) = (request, context)
    context.form = try await read(&request)
    guard FormToken.matches(context.form[FormToken.field] ?? "", context.formToken) else {
      throw Mishap.Kind.forged
    }
    context.form.values[FormToken.field] = nil
    return try await next(request, context)
  }

  static func isOurs(_ headers: HTTPFields, authority: String?, public known: String? = nil) -> Bool {
    if let site = headers[.fetchSite] { return site == "same-origin" }
    guard let origin = headers[.origin] else { return true }
    if let known { return origin.lowercased() == known.lowercased() }
    guard let authority, let host = origin.split(separator: "//", maxSplits: 1).last, origin.contains("://")
    else {
      return false
    }
    return host.lowercased() == authority.lowercased()
  }

  private func read(_ request: inout Request) async throws -> FormBody {
    let type = request.headers[.contentType] ?? ""
    let isMultipart = type.lowercased().hasPrefix("multipart/form-data")
    guard isMultipart || type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
      throw Mishap.Kind.unreadable
    }
    let limit = isMultipart ? limits.uploadBytes : limits.bytes
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw Mishap.Kind.tooLarge
    }
    guard let buffer = try? await request.collectBody(upTo: limit) else { throw Mishap.Kind.tooLarge }
    do {
      guard isMultipart else {
        return try FormBody(urlEncoded: buffer.readableBytesView, fields: limits.fields)
      }
      return try FormBody(
        multipart: Array(buffer.readableBytesView),
        boundary: FormBody.parameter("boundary", of: type[...]) ?? "",
        fields: limits.fields)
    } catch is UnreadableForm {
      throw Mishap.Kind.unreadable
    }
  }
}
