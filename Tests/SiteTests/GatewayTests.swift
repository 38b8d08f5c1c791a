import CaseWork
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Gateway

private struct Broken: Error {}

/// A door with nothing behind it but the guards themselves.
private func door(
  proxies: [NetworkRange] = [], visitor: Visitor? = nil,
  logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
) -> Application<RouterResponder<PageContext>> {
  let router = Router(context: PageContext.self)
  let mishaps = MishapPages(logger: logger, faultID: { "F7K2AC" }) { mishap, _ in
    let text =
      switch mishap {
      case .refused(let refusal): "refused \(refusal == .notFound ? "not-found" : "other")"
      case .signInFirst, .duty: "sign in"
      case .kind(let kind): kind.rawValue
      case .away(let id, _): "away \(id)"
      case .full(let id, _): "full \(id)"
      case .fault(let id): "fault \(id)"
      }
    return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: text)))
  }
  router.addMiddleware {
    ClientAddress(trusting: proxies, servesTLS: false)
    SecurityHeaders()
    SessionGuard { secret, _ in secret == "secret" ? visitor : nil }
    mishaps
    FormGuard(limits: .init(bytes: 1000, uploadBytes: 2000, fields: 20))
  }
  router.get("form") { _, context in context.formToken }
  router.post("form") { _, context in
    context.form.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: "|"))" }
      .joined(separator: ";")
      + context.form.files.map { "\($0.key):\($0.value.name):\($0.value.bytes.count)" }.joined()
  }
  router.get("absent") { _, _ -> String in throw Refusal.notFound }
  router.get("forbidden") { _, _ -> String in throw Refusal.notFound }
  router.get("not-allowed") { _, _ -> String in throw Refusal.notAllowed }
  router.get("broken") { _, _ -> String in throw Broken() }
  router.get("held") { _, _ -> String in throw Refusal.conflict(.held) }
  router.get("missing") { _, _ -> String in throw Refusal.notYet([]) }
  return Application(router: router)
}

private let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

@Suite struct `A form is taken only from its own page` {
  private func cookie(_ response: TestResponse) throws -> String {
    try #require(response.headers[.setCookie]?.split(separator: ";").first.map(String.init))
  }

  @Test func `with the token of its session it passes, without or with another it does not`() async throws {
    try await door().test(.router) { client in
      let page = try await client.execute(uri: "/form", method: .get)
      var headers = form
      headers[.cookie] = try cookie(page)
      let token = String(buffer: page.body)
      let passed = try await client.execute(
        uri: "/form", method: .post, headers: headers,
        body: ByteBuffer(string: "_token=\(token)&a=1&a=2&b=%EA%B3%81+x"))
      #expect(passed.status == .ok)
      #expect(String(buffer: passed.body) == "a=1|2;b=곁 x")
      for bad in ["a=1", "_token=&a=1", "_token=\(token.dropLast())0x&a=1"] {
        let refused = try await client.execute(
          uri: "/form", method: .post, headers: headers, body: ByteBuffer(string: bad))
        #expect(refused.status == .forbidden)
        #expect(String(buffer: refused.body) == "forged")
      }
    }
  }

  @Test func `from another site it does not pass even with the token`() async throws {
    try await door().test(.router) { client in
      let page = try await client.execute(uri: "/form", method: .get)
      let body = ByteBuffer(string: "_token=\(String(buffer: page.body))")
      for (name, value) in [
        (HTTPField.Name.fetchSite, "cross-site"), (.fetchSite, "same-site"), (.fetchSite, "none"),
        (.origin, "https://evil.example"), (.origin, "null"),
      ] {
        var headers = form
        headers[.cookie] = try cookie(page)
        headers[name] = value
        let refused = try await client.execute(uri: "/form", method: .post, headers: headers, body: body)
        #expect(refused.status == .forbidden, "\(name): \(value)")
      }
    }
  }

  @Test func `too large, too many, unreadable and foreign kinds are refused`() async throws {
    try await door().test(.router) { client in
      let page = try await client.execute(uri: "/form", method: .get)
      var headers = form
      headers[.cookie] = try cookie(page)
      func status(_ body: String, _ type: String? = nil) async throws -> HTTPResponse.Status {
        var headers = headers
        if let type { headers[.contentType] = type }
        return try await client.execute(
          uri: "/form", method: .post, headers: headers, body: ByteBuffer(string: body)
        ).status
      }
      #expect(try await status(String(repeating: "a", count: 1001)) == .contentTooLarge)
      #expect(try await status(String(repeating: "a=1&", count: 30)) == .badRequest)
      #expect(try await status("a=%E") == .badRequest)
      #expect(try await status("a=%FF") == .badRequest)
      #expect(try await status("{}", "application/json") == .badRequest)
      #expect(try await status("x", "multipart/form-data; boundary=b") == .badRequest)
    }
  }

  @Test func `a file comes with its name and bytes`() throws {
    let body =
      "--b\r\nContent-Disposition: form-data; name=\"roster\"; filename=\"명단.csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n3\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n가\r\n--b--\r\n"
    let form = try FormBody(multipart: Array(body.utf8), boundary: "b")
    #expect(form.files["roster"]?.name == "명단.csv")
    #expect(form.files["roster"].map { String(decoding: $0.bytes, as: UTF8.self) } == "1,2\r\n3")
    #expect(form["a"] == "가")
  }
}

@Suite struct `Every answer carries the headers` {
  @Test(arguments: ["/form", "/absent", "/broken", "/nowhere"])
  func `nothing inline, nothing from elsewhere, no frame, not kept`(_ path: String) async throws {
    try await door().test(.router) { client in
      let headers = try await client.execute(uri: path, method: .get).headers
      let policy = headers.first { $0.name.canonicalName == "content-security-policy" }?.value ?? ""
      #expect(
        !policy.contains("unsafe") && policy.contains("frame-ancestors 'none'")
          && policy.contains("default-src 'none'"))
      #expect(headers[.frameOptions] == "DENY")
      #expect(headers[.contentTypeOptions] == "nosniff")
      #expect(headers[.referrerPolicy] == "same-origin")
      #expect(headers[.openerPolicy] == "same-origin" && headers[.resourcePolicy] == "same-origin")
      #expect(headers[.cacheControl] == "no-store")
      #expect(headers[.transportSecurity] == nil)
    }
  }

  @Test func `over TLS the cookie is bound to the host`() async throws {
    let trusted = try #require(NetworkRange("0.0.0.0/0"))
    #expect(SessionCookie.name(.session, isSecure: true) == "__Host-gyeot")
    let cookie = SessionCookie.cookie(.session, "x", isSecure: true).description
    for piece in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(piece)) }
    #expect(!cookie.contains("Domain"))
    #expect(trusted.contains("10.1.2.3"))
  }
}

@Suite struct `A mishap becomes one answer` {
  @Test func `refusals keep their status and a fault shows only its id`() async throws {
    try await door().test(.router) { client in
      for (path, status) in [
        ("/absent", HTTPResponse.Status.notFound), ("/nowhere", .notFound), ("/not-allowed", .forbidden),
        ("/held", .conflict), ("/missing", .unprocessableContent), ("/broken", .internalServerError),
      ] {
        #expect(try await client.execute(uri: path, method: .get).status == status, "\(path)")
      }
      let fault = try await client.execute(uri: "/broken", method: .get)
      #expect(String(buffer: fault.body) == "fault F7K2AC")
    }
  }

  @Test func `what is absent and what may not be seen look the same`() async throws {
    try await door().test(.router) { client in
      let absent = try await client.execute(uri: "/nowhere", method: .get)
      let hidden = try await client.execute(uri: "/forbidden", method: .get)
      #expect(absent.status == hidden.status)
      #expect(absent.body == hidden.body)
      #expect(Set(absent.headers.map(\.name)) == Set(hidden.headers.map(\.name)))
    }
  }
}

@Suite struct `A refusal leaves a line` {
  @Test func `with who, where and why, and none of whom nobody knows`() async throws {
    let lines = Lines()
    let staff = Staff(id: ID(UUID()), name: "강예담", assignments: [])
    let visitor = Visitor(staff: staff, session: "s", formToken: "t0ken", signedInAt: .now)
    let door = door(visitor: visitor, logger: Logger(label: "test") { _ in Handler(lines: lines) })
    try await door.test(.router) { client in
      for path in ["/absent", "/not-allowed", "/nowhere", "/form", "/held"] {
        _ = try await client.execute(uri: path, method: .get, headers: [.cookie: "gyeot=secret"])
        _ = try await client.execute(uri: path, method: .get)
      }
      var headers = form
      headers[.cookie] = "gyeot=secret"
      _ = try await client.execute(
        uri: "/form", method: .post, headers: headers, body: ByteBuffer(string: "_token=another"))
    }
    let all = lines.all.withLock { $0 }
    #expect(
      all == [
        "GET /absent \(staff.id) 404 not-found", "GET /not-allowed \(staff.id) 403 not-allowed",
        "GET NotFound \(staff.id) 404 not-found", "POST /form \(staff.id) 403 forged",
      ])
  }

  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private struct Handler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let parts = ["method", "route", "staff", "status", "what"].map { "\(event.metadata?[$0] ?? "?")" }
      lines.all.withLock { $0.append(parts.joined(separator: " ")) }
    }
  }
}

@Suite struct `The client's address` {
  @Test func `comes from the peer unless the peer is a trusted proxy`() throws {
    let proxy = try #require(NetworkRange("10.0.0.0/8"))
    let address = ClientAddress(trusting: [proxy], servesTLS: false)
    let headers: HTTPFields = [.forwardedFor: "6.6.6.6, 203.0.113.9, 10.0.0.7"]
    #expect(address.client(behind: "10.0.0.2", headers) == "203.0.113.9")
    #expect(address.client(behind: "10.0.0.2", [.forwardedFor: "nonsense"]) == "10.0.0.2")
    #expect(address.client(behind: "10.0.0.2", [:]) == "10.0.0.2")
  }

  @Test func `ranges hold addresses of their own kind only`() throws {
    let six = try #require(NetworkRange("fd00::/8"))
    #expect(six.contains("fd12:3456::1") && !six.contains("fe80::1") && !six.contains("10.0.0.1"))
    let loopback = try #require(NetworkRange("127.0.0.1"))
    #expect(loopback.contains("::ffff:127.0.0.1"))
    for text in ["", "10.0.0", "10.0.0.1/33", "::1::", "x", "1.2.3.4/-1"] {
      #expect(NetworkRange(text) == nil, "\(text)")
    }
  }
}
