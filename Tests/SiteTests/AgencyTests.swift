import CaseWork
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Operations
import Practice
import Repositories
import TestSupport
import Testing
import Vault

@testable import Gateway
@testable import Site

/// The pages an agency sees, without an account.
@Suite struct `An agency at its address` {
  @Test func `sees nothing before the code, answers once, and leaves no trace elsewhere`() async throws {
    let asked = try await Asked()
    try await asked.application.test(.router) { client in
      let browser = Browser(client)
      let door = try await browser.get(asked.path)
      #expect(door.status == .ok)
      #expect(door.headers[.referrer] == "no-referrer")
      #expect(door.headers[.cacheControl] == "no-store")
      #expect(door.headers[.robots]?.contains("noindex") ?? false)
      for secret in ["임나래", "임○래", "들어줬으면", "다솜", "도와주세요", "달무리"] {
        #expect(!door.text.contains(secret), "\(secret)")
      }
      // A file is not even read before the code.
      let early = try await browser.upload(asked.path + "/answer", [("choice", "wrong")], file: 3 << 20)
      #expect(early.status == .contentTooLarge)

      let wrong = try await browser.post(asked.path + "/code", [("code", asked.wrongCode)])
      #expect(wrong.status == .unprocessableContent)
      #expect(wrong.text.contains("4번 더"))
      let right = try await browser.post(asked.path + "/code", [("code", asked.sent.key.code)])
      #expect(right.status == .seeOther)
      let form = try await browser.get(asked.path)
      #expect(form.text.contains("들어줬으면") && form.text.contains("임○래"))
      #expect(!form.text.contains("임나래"))
      // Nothing of the case but what was ticked.
      for secret in ["박하린", "조식 간편식", "N07", "26-"] {
        #expect(!form.text.contains(secret), "\(secret)")
      }

      let bare = try await browser.upload(asked.path + "/answer", [("words", "잘 받았습니다.")], file: nil)
      #expect(bare.status == .unprocessableContent)
      #expect(bare.text.contains("잘 받았습니다."))
      let large = try await browser.upload(
        asked.path + "/answer", [("choice", "accept"), ("contact", "김가온")], file: 6 << 20)
      #expect(large.status == .unprocessableContent)
      #expect(large.text.contains("5MB보다 커요"))
      let receipt = try await browser.upload(
        asked.path + "/answer", [("choice", "accept"), ("contact", "김가온")], file: 4 << 20)
      #expect(receipt.status == .ok)
      #expect(receipt.text.contains("임나래"))
      let next = try #require(receipt.text.firstMatch(of: /(\/l\/[0-9a-f]{64})</).map { String($0.output.1) })
      #expect(next != asked.path)

      for again in [
        try await browser.get(asked.path),
        try await browser.post(asked.path + "/code", [("code", asked.sent.key.code)]),
        try await browser.post(asked.path + "/answer", [("choice", "decline"), ("reason", "cost")]),
      ] {
        #expect(again.status == .gone)
        #expect(again.text.contains("이미 쓴 주소예요"))
        #expect(!again.text.contains("나래"))
      }
      // The proof of the first does not open the next.
      let outcome = try await browser.get(next)
      #expect(outcome.status == .ok && !outcome.text.contains("임나래"))
    }
  }

  @Test func `finds one short page where it leads nowhere, and is held back when it guesses`() async throws {
    let asked = try await Asked()
    try await asked.application.test(.router) { client in
      let browser = Browser(client)
      for path in [
        "/l/x", "/l/\(String(repeating: "a", count: 64))", "/l/\(asked.sent.key.token.uppercased())0",
      ] {
        let answer = try await browser.get(path)
        #expect(answer.status == .notFound)
        #expect(answer.text.contains("없는 주소예요"))
      }
      // The token of a page of elsewhere, or none at all, is not enough to send anything.
      let forged = try await browser.post(
        asked.path + "/code", [("code", asked.sent.key.code)], token: "forged")
      #expect(forged.status == .forbidden)
      _ = try await browser.get(asked.path)
      for _ in 0..<5 { _ = try await browser.post(asked.path + "/code", [("code", asked.wrongCode)]) }
      let locked = try await browser.post(asked.path + "/code", [("code", asked.sent.key.code)])
      #expect(locked.status == .gone)
      #expect(locked.text.contains("잠긴 주소예요"))
    }
  }

  @Test func `is told to delete what is out where the consent is taken back`() async throws {
    let asked = try await Asked()
    let (loop, office) = (asked.loop, asked.loop.world.office)
    let consents = try await ReadConsents(office)(loop.file.id, for: loop.manager)
    let given = try #require(
      consents.given.first { $0.consent.purpose == .share && $0.consent.recipient == loop.agency }?.consent)
    try await WithdrawConsent(office)(given.id, in: loop.file.id, method: "phone", by: loop.manager)
    try await asked.application.test(.router) { client in
      let agency = Browser(client)
      let closed = try await agency.get(asked.path)
      #expect(closed.status == .gone && closed.text.contains("닫힌 주소예요"))
      let manager = Browser(client)
      try await manager.signIn(.caseManager, loop.world)
      let page = try await manager.get("/cases/\(loop.file.id)/linkages/\(asked.sent.linkage.id)")
      #expect(page.text.contains("보내 드린 항목(이름, 학년, 필요한 도움, 학생이 한 말)을 더 쓰지 마시고 지워 주신 뒤"))
      #expect(page.text.contains("그만두었어요"))
      let ledger = try await manager.get("/ledger")
      #expect(ledger.text.contains("동의 철회, 이용 중지와 삭제를 요청"))
    }
  }

  @Test func `What is typed stays where somebody else was faster`() async throws {
    let asked = try await Asked()
    let loop = asked.loop
    try await asked.application.test(.router) { client in
      let manager = Browser(client)
      try await manager.signIn(.caseManager, loop.world)
      let page = "/cases/\(loop.file.id)/linkages/\(asked.sent.linkage.id)"
      _ = try await manager.get(page)
      let late = try await manager.post(
        page + "/acts/remind", [("_version", "1"), ("way", "phone"), ("words", "전화했어요.")])
      #expect(late.status == .conflict)
      #expect(late.text.contains("그사이 다른 사람이 바꾸었어요") && late.text.contains("전화했어요."))
      let kept = try await manager.post(
        page + "/acts/remind", [("_version", "2"), ("way", "phone"), ("words", "전화했어요.")])
      #expect(kept.status == .seeOther)
      let bare = try await manager.post(page + "/acts/move", [("_version", "3"), ("state", "cancelled")])
      #expect(bare.status == .unprocessableContent && bare.text.contains("move-reason"))
    }
  }

  @Test func `The ledger comes as a table that opens elsewhere`() async throws {
    let asked = try await Asked()
    try await asked.application.test(.router) { client in
      let browser = Browser(client)
      try await browser.signIn(.privacyOfficer, asked.loop.world)
      let page = try await browser.get("/ledger")
      #expect(page.status == .ok && page.text.contains("다솜상담센터(가상)"))
      #expect(page.text.contains("개인정보 보호법 제17조 제1항 제1호"))
      let csv = try await browser.get("/ledger.csv")
      #expect(csv.headers[.contentType]?.hasPrefix("text/csv") ?? false)
      #expect(csv.text.split(separator: "\r\n").count == 2)
      #expect(csv.text.contains("이름, 학년, 필요한 도움, 학생이 한 말"))
      let xlsx = try await browser.get("/ledger.xlsx")
      #expect(xlsx.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
      #expect(try await browser.get("/ledger?from=hello").status == .unprocessableContent)
    }
  }
}

/// A linkage that waits for its answer.
private struct Asked {
  let loop: LinkageWorld
  let sent: SentLinkage
  let application: Application<RouterResponder<PageContext>>
  var path: String { "/l/\(sent.key.token)" }
  var wrongCode: String { sent.key.code == "000000" ? "000001" : "000000" }

  init() async throws {
    loop = try await LinkageWorld(.sqlite)
    sent = try await loop.sent(to: loop.agency)
    let router = try Site(loop.world.office).router(
      logger: Logger(label: "agency") { _ in SwiftLogNoOpLogHandler() })
    application = Application(router: router)
  }
}

/// Somebody's browser, as far as forms and cookies go.
private final class Browser {
  struct Answer {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private let client: any TestClientProtocol
  private var cookies: [String: String] = [:]
  private var token = ""

  init(_ client: any TestClientProtocol) {
    self.client = client
  }

  func signIn(_ person: World.Person, _ world: World) async throws {
    let (name, password) = World.signIn(of: person)
    cookies["gyeot"] = try await SignIn(world.office)(name, password: password, from: "", on: "test").token
      .text
  }

  func get(_ path: String) async throws -> Answer { try await ask(path, .get, [:], ByteBuffer()) }

  func post(_ path: String, _ fields: [(String, String)], token: String? = nil) async throws -> Answer {
    let body = (fields + [("_token", token ?? self.token)]).map { "\($0)=\(encoded($1))" }.joined(
      separator: "&")
    return try await ask(
      path, .post, [.contentType: "application/x-www-form-urlencoded"], ByteBuffer(string: body))
  }

  /// As a form with a file is sent; the file is a PDF of so many bytes.
  func upload(_ path: String, _ fields: [(String, String)], file: Int?) async throws -> Answer {
    var body = ""
    for (name, value) in fields + [("_token", token)] {
      body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    body +=
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file == nil ? "" : "a.pdf")\"\r\n\r\n"
    if let file { body += "%PDF-" + String(repeating: "0", count: file) }
    body += "\r\n--b--\r\n"
    let bytes = ByteBuffer(string: body)
    return try await ask(
      path, .post,
      [.contentType: "multipart/form-data; boundary=b", .contentLength: String(bytes.readableBytes)], bytes)
  }

  private func ask(
    _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: ByteBuffer
  ) async throws -> Answer {
    var headers = headers
    headers[.cookie] = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
    let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
    for cookie in response.headers[values: .setCookie] {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2 { cookies[pair[0]] = pair[1] }
    }
    let answer = Answer(
      status: response.status, headers: response.headers, bytes: Array(response.body.readableBytesView))
    if let found = answer.text.firstMatch(of: /name="_token" value="([^"]+)"/) {
      token = String(found.output.1)
    }
    return answer
  }

  private func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

extension HTTPField.Name {
  fileprivate static let referrer = HTTPField.Name("Referrer-Policy") ?? .trailer
  fileprivate static let robots = HTTPField.Name("X-Robots-Tag") ?? .trailer
}
