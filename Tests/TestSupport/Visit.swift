import Foundation
import Glibc

/// Somebody at a browser, as far as a test of the running program needs one: a kept connection, a session, forms that
/// carry their token. Blocks its thread, which must be the test's own.
public final class Visit {
  public struct Answer: Sendable {
    public let status: Int
    public let headers: [String: String]
    public let body: String

    public var location: String? { headers["location"] }
  }

  /// The connection went away before the whole answer was there.
  public struct Cut: Error {}

  /// Sent with every request: what a proxy adds, or where a page says it comes from.
  public var extraHeaders: [(name: String, value: String)] = []
  public private(set) var cookies: [String: String] = [:]
  private var port: Int
  private var socket: Int32 = -1
  private var unread: [UInt8] = []
  private var token = ""

  public init(port: Int) {
    self.port = port
  }

  deinit {
    hangUp()
  }

  /// The same person goes on at a program that was started again.
  public func move(to port: Int) {
    hangUp()
    self.port = port
  }

  public func signIn(_ name: String, _ password: String) throws {
    let door = try get("/sign-in")
    guard door.status == 200 else { throw ProgramFailed(program: "sign-in", output: door.body) }
    let answer = try post("/sign-in", [("name", name), ("password", password)])
    guard answer.status == 303 else { throw ProgramFailed(program: "sign-in", output: answer.body) }
    _ = try get("/account/sessions")
  }

  public func get(_ path: String) throws -> Answer {
    let answer = try exchange("GET \(path) HTTP/1.1\r\n\(head)\r\n")
    // The token is the session's, so that of any page will do for all its forms.
    if let start = answer.body.range(of: "name=\"_token\" value=\"") {
      token = String(answer.body[start.upperBound...].prefix { $0 != "\"" })
    }
    return answer
  }

  public func post(_ path: String, _ fields: [(String, String)]) throws -> Answer {
    let (head, body) = form(path, fields)
    return try exchange(head + body)
  }

  /// Begins to post a form and sends its body only in part, for a test of what becomes of requests under way.
  public func beginPost(_ path: String, _ fields: [(String, String)]) throws -> String {
    let (head, body) = form(path, fields)
    try send(head + body.prefix(body.count / 2))
    return String(body.dropFirst(body.count / 2))
  }

  public func finishPost(_ rest: String) throws -> Answer {
    try send(rest)
    return try answer()
  }

  private var head: String {
    let cookie = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
    let extra = extraHeaders.map { "\($0.name): \($0.value)\r\n" }.joined()
    return "Host: 127.0.0.1:\(port)\r\nCookie: \(cookie)\r\n\(extra)"
  }

  private func form(_ path: String, _ fields: [(String, String)]) -> (head: String, body: String) {
    let body = (fields + [("_token", token)]).map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
    let kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
    return ("POST \(path) HTTP/1.1\r\n\(head)\(kind)\r\n", body)
  }

  private func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  private func exchange(_ request: String) throws -> Answer {
    do {
      try send(request)
      return try answer()
    } catch {
      hangUp()
      throw error
    }
  }

  private func send(_ text: String) throws {
    if socket < 0 { try dial() }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { throw Cut() }
      bytes = bytes.dropFirst(sent)
    }
  }

  private func answer() throws -> Answer {
    var bytes: [UInt8] = unread
    let end: [UInt8] = Array("\r\n\r\n".utf8)
    var headEnd = bytes.firstRange(of: end)
    while headEnd == nil {
      try receive(into: &bytes)
      headEnd = bytes.firstRange(of: end)
    }
    guard let headEnd else { throw Cut() }
    let lines = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let (name, value) = (line[..<colon].lowercased(), line[line.index(after: colon)...].drop { $0 == " " })
      if name == "set-cookie" { keep(String(value)) } else { headers[name] = String(value) }
    }
    let length = Int(headers["content-length"] ?? "") ?? 0
    while bytes.count < headEnd.upperBound + length { try receive(into: &bytes) }
    unread = Array(bytes[(headEnd.upperBound + length)...])
    if headers["connection"]?.lowercased() == "close" { hangUp() }
    let body = String(decoding: bytes[headEnd.upperBound..<(headEnd.upperBound + length)], as: UTF8.self)
    return Answer(status: status, headers: headers, body: body)
  }

  private func receive(into bytes: inout [UInt8]) throws {
    var part = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &part, part.count, 0)
    guard count > 0 else { throw Cut() }
    bytes += part[..<count]
  }

  private func keep(_ cookie: String) {
    let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
    guard let name = pair.first else { return }
    cookies[name] = pair.count > 1 && !pair[1].isEmpty ? pair[1] : nil
  }

  private func dial() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var wait = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = UInt16(port).bigEndian
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      hangUp()
      throw Cut()
    }
  }

  private func hangUp() {
    if socket >= 0 { Glibc.close(socket) }
    socket = -1
    unread = []
  }
}
