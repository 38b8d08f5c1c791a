import Foundation
import HTTPTypes
public import Hummingbird
import NIOCore
import Operations

/// Reads the form of a request that changes something, and lets it pass only when it is one of ours.
///
/// Two checks, each enough alone: the browser says the page that sent it was ours (`Sec-Fetch-Site`, or `Origin`
/// where it is not sent), and the form carries the token of this session.
public struct FormGuard: RouterMiddleware {
  public typealias Context = PageContext

  private let limits: FormBody.Limits
  private let origin: String?
  private let admits: Admits

  /// How large a form of somebody who is not signed in may be, by the head of the request; `nil` for no more than others.
  public typealias Admits = @Sendable (Request, PageContext) async throws -> Int?

  /// - Parameters:
  ///   - limits: how large a form may be.
  ///   - origin: as people type it, such as `https://gyeot.example`; without it, whatever host was asked.
  ///   - admits: who may send a file without being signed in.
  public init(
    limits: FormBody.Limits = .init(), origin: String? = nil, admits: @escaping Admits = { _, _ in nil }
  ) {
    self.admits = admits
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
    guard
      FormGuard.isOurs(request.headers, authority: request.head.authority, public: origin)
        // Where the address is not told, browsers without `Sec-Fetch-Site` send this; the token is checked below.
        || context.isUnnamed && request.headers[.fetchSite] == nil && request.headers[.origin] == "null"
    else {
      throw Mishap.Kind.forged
    }
    var (request, context) = (request, context)
    let isKnown = context.visitor.map { $0.duty == nil } ?? false
    let limit = isKnown ? limits.uploadBytes : try await admits(request, context) ?? limits.bytes
    context.form = try await read(&request, uploadsUpTo: limit)
    let token = context.form[FormToken.field] ?? ""
    if let former = context.formerToken, FormToken.matches(token, former) {
      context.outage = Mishap.Kind.ended
    } else if !FormToken.matches(token, context.formToken) {
      throw Mishap.Kind.forged
    }
    context.sent = context.form[FormToken.once].flatMap { UUID(uuidString: $0) }
      .map { SentForm(id: $0, request: context.id) }
    for name in [FormToken.field, FormToken.once] { context.form.values[name] = nil }
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

  /// Only whoever is signed in, or has proven another right, may send files, so that nobody else makes the program hold so
  /// much.
  private func read(_ request: inout Request, uploadsUpTo upload: Int) async throws -> FormBody {
    let type = request.headers[.contentType] ?? ""
    let isMultipart = type.lowercased().hasPrefix("multipart/form-data")
    guard isMultipart || type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
      throw Mishap.Kind.unreadable
    }
    let bytes = try await body(
      of: &request, upTo: isMultipart ? upload : limits.bytes)
    do {
      guard isMultipart else { return try FormBody(urlEncoded: bytes, fields: limits.fields) }
      return try FormBody(
        multipart: Array(bytes), boundary: FormBody.parameter("boundary", of: type[...]) ?? "",
        fields: limits.fields)
    } catch is UnreadableForm {
      throw Mishap.Kind.unreadable
    }
  }

  /// The whole body and nothing less: a form cut off on the way could read like a shorter one, so its length must be
  /// told first, as every browser does.
  private func body(of request: inout Request, upTo limit: Int) async throws -> ByteBufferView {
    guard request.headers[.transferEncoding] == nil else { throw Mishap.Kind.unreadable }
    let length = request.headers[.contentLength].flatMap { Int($0) }
    if let length, length > limit { throw Mishap.Kind.tooLarge }
    let buffer: ByteBuffer
    do {
      buffer = try await request.collectBody(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw Mishap.Kind.tooLarge
    } catch {
      throw Mishap.Kind.unreadable
    }
    if let length, length != buffer.readableBytes { throw Mishap.Kind.unreadable }
    return buffer.readableBytesView
  }
}
