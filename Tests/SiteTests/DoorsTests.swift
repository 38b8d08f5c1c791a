import CaseWork
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Operations
import Store
import TestSupport
import Testing
import Vault

@testable import Gateway
@testable import Site

/// Every route, every role, every record: what answers, and that what one may not see looks like what is not there.
@Suite(.serialized) struct `Who comes in where` {
  /// The table is the same on both engines; on PostgreSQL it is walked through in the long form only.
  private static let engines = isLong ? Engine.available : [.sqlite]
  private static let isLong = ProcessInfo.processInfo.environment["GYEOT_TEST_LONG"] != nil

  @Test(arguments: engines)
  func `stands in the table, and a refusal tells nothing`(_ engine: Engine) async throws {
    let doors = try await DoorsWorld(engine)
    let copy = try await StoreCopy(of: doors.world.database)
    let router = try Site(doors.world.office).router(
      logger: Logger(label: "doors") { _ in SwiftLogNoOpLogHandler() })
    let routes = router.routes.filter { $0.method != .head }.map { Door($0.method, $0.path.description) }
    #expect(Set(Doors.table.keys) == Set(routes.map(\.name)), "a new route must stand in the table")

    try await Application(router: router).test(.router) { client in
      let people = try await Comers(client: client, world: doors.world)
      let start = try await StoreCopy(of: doors.world.database)
      var answers: Answers = [:]
      for door in routes.sorted(by: { $0.name < $1.name }) {
        var told: [String] = []
        for whose in door.isAboutRecords ? Whose.allCases : [.absent] {
          let address = doors.address(door.pattern, whose)
          for comer in Comer.all {
            let answer = try await people.ask(door, address, as: comer)
            answers[door.name, default: [:]][comer, default: [:]][whose] = answer
            // What somebody has done must not show to the next.
            // A wrong code at an agency's link is counted as well.
            if door.method == .post, answer.status.code < 400 || door.about == "l" {
              try await start.putBack(into: doors.world.database)
            }
          }
          told.append(Comer.all.map { answers[door.name]?[$0]?[whose]?.letter ?? "?" }.joined())
        }
        let line = told.joined(separator: " ")
        #expect(Doors.table[door.name] == line, "\"\(door.name)\": \"\(line)\",")
      }
      for door in routes where door.isAboutRecords { check(door, answers) }
    }
    try await copy.putBack(into: doors.world.database)
    try await doors.world.database.close()
  }

  private typealias Answers = [String: [Comer: [Whose: Answered]]]

  /// Whoever cannot open the page of a record gets, wherever they ask for it, what they get for one that is not there: byte
  /// for byte, but for the address that was asked for.
  private func check(_ door: Door, _ answers: Answers) {
    for comer in Comer.all {
      guard let absent = answers[door.name]?[comer]?[.absent] else { continue }
      for whose in [Whose.own, .another, .far] {
        guard let answer = answers[door.name]?[comer]?[whose], answer.status.code >= 300 else { continue }
        let isKnown = (Doors.pages[door.about] ?? []).contains {
          answers[$0]?[comer]?[whose]?.status == .ok
        }
        if answer.status == absent.status || !isKnown && !answer.isDone {
          #expect(answer == absent, "\(comer.name) at \(door.name), \(whose)")
        }
      }
    }
  }
}

/// A method and a pattern.
private struct Door {
  let method: HTTPRequest.Method
  let pattern: String

  init(_ method: HTTPRequest.Method, _ path: String) {
    self.method = method
    let parts = path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
    pattern = "/" + parts.joined(separator: "/")
  }

  var name: String { "\(method.rawValue) \(pattern)" }
  var isAboutRecords: Bool { pattern.contains("{") }
  /// `cases` of `/cases/{id}`.
  var about: String { pattern.split(separator: "/").first.map(String.init) ?? "" }
}

/// Somebody who comes to a door: one in each role, and one whom nobody knows.
private struct Comer: Hashable {
  let person: World.Person?

  static let all = Doors.people.map { Comer(person: $0) }
  var name: String { person?.rawValue ?? "nobody" }
}

private struct Answered: Equatable {
  let status: HTTPResponse.Status
  let body: String
  let headers: Set<String>
  let isDoor: Bool

  var isDone: Bool { status == .seeOther && !isDoor }

  /// One letter in the table.
  var letter: String {
    switch status.code {
    case 200: "o"
    case 303: isDoor ? "s" : ">"
    case 400: "b"
    case 403: "x"
    case 404: "."
    case 409: "c"
    case 422: "u"
    default: "?"
    }
  }
}

/// Those who come, each with a session of their own.
private struct Comers {
  private let client: any TestClientProtocol
  private let cookies: [Comer: String]
  private let tokens: [Comer: String]

  init(client: any TestClientProtocol, world: World) async throws {
    self.client = client
    var (cookies, tokens): ([Comer: String], [Comer: String]) = ([:], [:])
    for comer in Comer.all {
      var headers: HTTPFields = [:]
      if let person = comer.person {
        let (name, password) = World.signIn(of: person)
        let token = try await SignIn(world.office)(
          name, password: password, from: "192.0.2.7", on: "doors"
        ).token
        cookies[comer] = "gyeot=\(token.text)"
        headers[.cookie] = cookies[comer]
      }
      let page = try await client.execute(
        uri: comer.person == nil ? "/sign-in" : "/account/sessions", method: .get, headers: headers)
      if comer.person == nil {
        cookies[comer] = page.headers[.setCookie]?.split(separator: ";").first.map(String.init)
      }
      tokens[comer] = String(buffer: page.body).firstMatch(of: /name="_token" value="([^"]+)"/)
        .map { String($0.output.1) }
    }
    self.cookies = cookies
    self.tokens = tokens
  }

  /// Sends nothing but what every form of the site carries.
  func ask(_ door: Door, _ address: String, as comer: Comer) async throws -> Answered {
    var headers: HTTPFields = [:]
    headers[.cookie] = cookies[comer]
    var body = ByteBuffer()
    if door.method == .post {
      headers[.contentType] = "application/x-www-form-urlencoded"
      body = ByteBuffer(string: "_token=\(tokens[comer] ?? "")")
    }
    let answer = try await client.execute(uri: address, method: door.method, headers: headers, body: body)
    // The token is the session's, and its letters may stand in an address as they are.
    let text = String(buffer: answer.body).replacing(address, with: "ADDRESS")
      .replacing(/name="_(token|once)" value="[^"]*"/, with: "")
      .replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "ID")
    return Answered(
      status: answer.status, body: text, headers: Set(answer.headers.map(\.name.canonicalName)),
      isDoor: answer.headers[.location]?.hasPrefix("/sign-in") ?? false)
  }
}
