import CaseWork
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Operations
import Store
import TestSupport
import Testing
import Vault

@testable import Site

@Suite struct `Asking for consent` {
  @Test func `a question that is open with several agencies stands on the page once`() async throws {
    let world = try await World.make(on: .sqlite)
    let (office, asker) = (world.office, world.asker(.caseManager))
    let file = try await world.assessableCase(.narae)
    for name in ["가온 센터(가상)", "나래 센터(가상)"] {
      let resource = try await KeepResource(office)(
        Resource(
          id: office.id(at: office.clock()), name: name, kind: "ORG-01", formality: "formal",
          place: "community", description: "돕는다.", verifiedOn: world.today), by: asker)
      try await AnswerConsent(office)(
        [
          AnswerConsent.Given(
            .share, .student, .no, method: "in-person",
            wording: Consent.WordingVersion(id: "share", version: 1), recipient: resource.id,
            items: ["name"])
        ], in: file.id, by: asker)
    }

    let router = try Site(office).router(logger: Logger(label: "asking") { _ in SwiftLogNoOpLogHandler() })
    let (name, password) = World.signIn(of: .caseManager)
    let token = try await SignIn(office)(name, password: password, from: "192.0.2.7", on: "asking").token
    try await Application(router: router).test(.router) { client in
      let answer = try await client.execute(
        uri: "/cases/\(file.id)/consent/ask?party=student", method: .get,
        headers: [.cookie: "gyeot=\(token.text)"])
      let page = String(buffer: answer.body)
      #expect(answer.status == .ok)
      #expect(page.components(separatedBy: "name=\"_purpose\" value=\"share\"").count == 2)
      #expect(page.components(separatedBy: "id=\"share-t\"").count == 2)
    }
    try await world.database.close()
  }
}
