import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

/// An agency refers a student to the school by an address and a code.
@Suite struct `A referral of an agency` {
  @Test(arguments: Engine.available)
  func `comes by a link, finds its student, and goes on like any other`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let door = AgencyDoor(office)
    let asked = try await world.askedAgency()
    let token = asked.key.token
    #expect(try await door.open(token, proof: nil, from: "192.0.2.60") == .code(failuresLeft: 5))
    let proof = try await door.confirm(asked.key.code, at: token, from: "192.0.2.60").text
    guard case .referral(let form) = try await door.open(token, proof: proof, from: "192.0.2.60") else {
      throw Unexpected()
    }
    #expect(form.agency == "한솔복지관(가상)" && form.sender == "강예담")

    // Every field that is needed is named, and nothing is used up.
    let send = SendAgencyReferral(office)
    await #expect(throws: Refusal.self) { try await send(Answers(), at: token, proof: proof, from: "") }
    var answers = Filled.agencyReferral
    answers["facts"] = "번호는 160511-3000000이다."
    await #expect(throws: Refusal.invalid([Problem("facts", "national-id")])) {
      try await send(answers, at: token, proof: proof, from: "")
    }
    await #expect(throws: Refusal.notAllowed) {
      try await send(Filled.agencyReferral, at: token, proof: nil, from: "")
    }
    let status = try await send(Filled.agencyReferral, at: token, proof: proof, from: "192.0.2.60")
    #expect(status.state == .sent)
    #expect(status.receipt.wholeMatch(of: /[0-9]{6}/) != nil)

    // Once only; the address then shows how far it has come, after the code, and no more.
    await #expect(throws: ClosedLink.used) {
      try await send(Filled.agencyReferral, at: token, proof: proof, from: "")
    }
    #expect(try await door.open(token, proof: nil, from: "192.0.2.61") == .code(failuresLeft: 5))
    #expect(try await door.open(token, proof: proof, from: "192.0.2.60") == .status(status))

    let arrived = try await ReadToday(office)(for: manager).entries(in: .today)
    #expect(
      arrived.contains {
        $0.kind == .agencyReferral(asked.referral.id, isUrgent: false, agency: "한솔복지관(가상)")
      })
    #expect(try await ReferralInbox(office)(for: manager).isEmpty)
    let read = ReadAgencyReferrals(office)
    let page = try await read(asked.referral.id, for: manager)
    #expect(page.answers?["facts"] == "저녁마다 동생과 둘이 있습니다.")
    #expect(page.line.referral.receipt == status.receipt)
    #expect(page.openings.map(\.outcome).contains(.answered))
    let version = page.line.referral.version

    await #expect(throws: Refusal.notFound) {
      try await TakeAgencyReferral(office)(
        asked.referral.id, from: version, for: world.student(.sora), by: manager)
    }
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await TakeAgencyReferral(office)(
        asked.referral.id, from: version - 1, for: world.student(.harin), by: manager)
    }
    world.watch.step(seconds: 7200)
    let referral = try await TakeAgencyReferral(office)(
      asked.referral.id, from: version, for: world.student(.harin), by: manager)
    await #expect(throws: Refusal.conflict(.alreadyAnswered)) {
      try await DeclineAgencyReferral(office)(asked.referral.id, from: version, by: manager)
    }
    let inbox = try await ReferralInbox(office)(for: manager)
    #expect(inbox.map(\.sender) == ["한솔복지관(가상)"])
    #expect(inbox.map(\.student.name) == ["박하린"])
    let one = try await ReferralInbox(office)(referral, for: manager)
    #expect(one.referral.answers["contact"] == "정가온 02-000-0000")
    #expect(one.referral.route == "RR20" && one.referral.isJoint)
    // The clock runs from when it was sent, not from when the student was found.
    #expect(one.referral.at == page.line.referral.sentAt)
    // What came in is nowhere but under the student's key.
    #expect(try await read(asked.referral.id, for: manager).answers == nil)
    // Who found the student did not refer.
    #expect(try await MyReferrals(office)(for: manager).isEmpty)

    let file = try await ReceiveReferral(office)(referral, by: manager)
    #expect(try await ReadCase(office)(file.id, for: manager).joint == ["한솔복지관(가상)"])
    await #expect(throws: Refusal.notAllowed) {
      try await ReplyToReferral(office)(referral, text: "학생을 만났어요.", by: manager)
    }
    world.watch.step(seconds: 60)
    let again = try await door.confirm(asked.key.code, at: token, from: "192.0.2.60").text
    guard case .status(let known) = try await door.open(token, proof: again, from: "192.0.2.60") else {
      throw Unexpected()
    }
    #expect(known.state == .taken && known.receipt == status.receipt)
    world.watch.turn(to: world.today.adding(days: 31))
    await #expect(throws: ClosedLink.expired) { try await door.open(token, proof: again, from: "192.0.2.60") }
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `locks after five guesses, runs out, is closed, and waits where too much is tried`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let door = AgencyDoor(office)
    let asked = try await world.askedAgency()
    let wrong = asked.key.code == "000000" ? "000001" : "000000"
    for left in [4, 3, 2, 1, 0] {
      await #expect(throws: Refusal.invalid([Problem("code", "wrong-code", String(left))])) {
        try await door.confirm(wrong, at: asked.key.token, from: "192.0.2.60")
      }
    }
    await #expect(throws: ClosedLink.locked) {
      try await door.confirm(asked.key.code, at: asked.key.token, from: "192.0.2.60")
    }
    let second = try await world.askedAgency()
    // The code of one is none of another.
    if second.key.code != asked.key.code {
      await #expect(throws: Refusal.self) {
        try await door.confirm(asked.key.code, at: second.key.token, from: "192.0.2.60")
      }
    }
    let proof = try await door.confirm(second.key.code, at: second.key.token, from: "192.0.2.60").text
    try await RevokeAgencyReferral(office)(second.referral.id, by: manager)
    await #expect(throws: ClosedLink.revoked) {
      try await SendAgencyReferral(office)(
        Filled.agencyReferral, at: second.key.token, proof: proof, from: "192.0.2.60")
    }
    let third = try await world.askedAgency()
    // A school's key that is changed meanwhile changes nothing.
    _ = try await ChangeSchoolKey(office)(of: world.school.id, by: nil)
    _ = try await door.confirm(third.key.code, at: third.key.token, from: "192.0.2.60")
    world.watch.turn(to: world.today.adding(days: 31))
    await #expect(throws: ClosedLink.expired) {
      try await door.open(third.key.token, proof: nil, from: "192.0.2.60")
    }
    for _ in 0..<30 {
      _ = try? await door.open(String(repeating: "0", count: 64), proof: nil, from: "192.0.2.62")
    }
    await #expect(throws: TooManyAttempts.self) {
      try await door.open(third.key.token, proof: nil, from: "192.0.2.62")
    }
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `is not there for another school, nor for whoever receives none`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let office = world.office
    let asked = try await world.sentByAgency()
    for person in [World.Person.stranger, .teacher, .homeroom, .principal, .administrator, .privacyOfficer] {
      let asker = world.asker(person)
      await #expect(throws: Refusal.notFound) {
        try await ReadAgencyReferrals(office)(asked.referral.id, for: asker)
      }
      await #expect(throws: Refusal.notFound) {
        try await TakeAgencyReferral(office)(
          asked.referral.id, from: 2, for: world.student(.harin), by: asker)
      }
      await #expect(throws: Refusal.notFound) {
        try await DeclineAgencyReferral(office)(asked.referral.id, from: 2, by: asker)
      }
      await #expect(throws: Refusal.notFound) {
        try await RevokeAgencyReferral(office)(asked.referral.id, by: asker)
      }
    }
    await #expect(throws: Refusal.notFound) {
      try await AskAgency(office)(asked.agency.id, by: world.asker(.teacher))
    }
    await #expect(throws: Refusal.notFound) {
      try await AskAgency(office)(asked.agency.id, to: world.otherSchool.id, by: world.asker(.caseManager))
    }
    await #expect(throws: Refusal.invalid([Problem("agency", "choose")])) {
      try await AskAgency(office)(nil, by: world.asker(.caseManager))
    }
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `tells an agency the same whether the student has a case, and joins the one that is open`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let file = try await world.openCase(.harin)
    let asked = try await world.sentByAgency()
    let door = AgencyDoor(office)
    let proof = try await door.confirm(asked.key.code, at: asked.key.token, from: "192.0.2.60").text
    let before = try await door.open(asked.key.token, proof: proof, from: "192.0.2.60")
    guard case .status(let sent) = before else { throw Unexpected() }
    #expect(sent.state == .sent)
    let referral = try await TakeAgencyReferral(office)(
      asked.referral.id, from: 2, for: world.student(.harin), by: manager)
    guard case .status(let taken) = try await door.open(asked.key.token, proof: proof, from: "192.0.2.60")
    else { throw Unexpected() }
    #expect(taken.receipt == sent.receipt && taken.state == .taken)
    #expect(try await ReferralInbox(office)(referral, for: manager).openCase == file.id)
    #expect(try await ReceiveReferral(office)(referral, by: manager).id == file.id)
    #expect(try await ReadCase(office)(file.id, for: manager).joint == ["한솔복지관(가상)"])
    #expect(try await ReferralInbox(office)(referral, for: manager).referral.status == .received)
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `leaves nothing behind where it is not taken up`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let office = world.office
    let asked = try await world.sentByAgency()
    let sealed = try await Self.stored(asked, in: world)
    #expect(sealed.bytes != nil)
    try await DeclineAgencyReferral(office)(asked.referral.id, from: 2, by: world.asker(.caseManager))
    #expect(try await Self.stored(asked, in: world).bytes == nil)
    // Not even what an old copy of the store still holds can be opened.
    let isOpened = try await world.database.read { session in
      (try? session.keys(office.vault).open(
        sealed.bytes ?? [], of: .student(asked.referral.id.as(Student.self), world.school.id),
        at: Binding(table: "agency_referral", record: asked.referral.id.description, version: 1))) != nil
    }
    #expect(!isOpened)
    let proof = try await AgencyDoor(office).confirm(asked.key.code, at: asked.key.token, from: "").text
    guard
      case .status(let status) = try await AgencyDoor(office).open(asked.key.token, proof: proof, from: "")
    else { throw Unexpected() }
    #expect(status.state == .declined)
    try await world.database.close()
  }

  @Test func `leaves nothing to be read in the store`() async throws {
    let world = try await World.make(on: .sqlite)
    let asked = try await world.sentByAgency()
    _ = try await TakeAgencyReferral(world.office)(
      asked.referral.id, from: 2, for: world.student(.harin), by: world.asker(.caseManager))
    let found = try await world.database.read { session in
      var texts: [String] = []
      for table in ["agency_referral", "referral_link", "referral_link_opening", "referral", "event"] {
        for column in try TableDump(session).columns(of: table) {
          try session.forEach("SELECT \(SQL(stringLiteral: column)) FROM \(SQL(stringLiteral: table))") {
            row in
            switch try row.get(0, as: Value.self) {
            case .text(let text): texts.append(text)
            case .bytes(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
            case .integer, .null: break
            }
          }
        }
      }
      return texts.joined(separator: "\n")
    }
    for secret in [asked.key.token, asked.key.code, "하린", "정가온", "동생", "아버지"] {
      #expect(!found.contains(secret), "\(secret)")
    }
  }

  @Test(arguments: Engine.available)
  func `keeps every look with its kind, and of very many one a day`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let door = AgencyDoor(world.office)
    let asked = try await world.askedAgency()
    func looks() async throws -> [AgencyLink.Opening.Outcome] {
      try await ReadAgencyReferrals(world.office)(asked.referral.id, for: world.asker(.caseManager))
        .openings.map(\.outcome).reversed()
    }
    for _ in 0..<2 { _ = try await door.open(asked.key.token, proof: nil, from: "192.0.2.60") }
    let wrong = asked.key.code == "000000" ? "000001" : "000000"
    _ = try? await door.confirm(wrong, at: asked.key.token, from: "192.0.2.60")
    let proof = try await door.confirm(asked.key.code, at: asked.key.token, from: "192.0.2.60").text
    _ = try await door.open(asked.key.token, proof: proof, from: "192.0.2.61")
    #expect(try await looks() == [.asked, .asked, .wrongCode, .opened])
    // However often somebody looks, there is an end to it, and once a day it is kept all the same.
    for _ in 0..<230 { _ = try await door.open(asked.key.token, proof: nil, from: "192.0.2.60") }
    func count() async throws -> Int {
      try await world.database.read {
        try $0.row("SELECT count(*) FROM referral_link_opening WHERE outcome = 'asked'") { try $0.get(0) }
          ?? 0
      }
    }
    #expect(try await count() == AgencyLink.Opening.many)
    world.watch.step(seconds: 86_400)
    for _ in 0..<2 { _ = try await door.open(asked.key.token, proof: nil, from: "192.0.2.60") }
    #expect(try await count() == AgencyLink.Opening.many + 1)
    try await world.database.close()
  }

  private static func stored(
    _ asked: AskedAgency, in world: World
  ) async throws -> (bytes: [UInt8]?, id: String) {
    let id = asked.referral.id
    let bytes = try await world.database.read { session in
      try session.row("SELECT sealed FROM agency_referral WHERE id = \(id)") {
        try $0.optional(0, as: [UInt8].self)
      } ?? nil
    }
    return (bytes, id.description)
  }
}

private struct Unexpected: Error {}
