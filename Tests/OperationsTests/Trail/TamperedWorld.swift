import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

/// Two schools with a case each and a second one in the first, all linked, and a copy of the store to put back after
/// somebody has changed it past the program.
struct TamperedWorld {
  let world: World
  /// At `service`, with a contact that was corrected.
  let file: CaseFile
  let second: CaseFile
  /// Of the other school.
  let far: CaseFile
  let contact: ID<CaseRecord>
  let secondIntake: ID<CaseRecord>
  let farIntake: ID<CaseRecord>
  let report: ID<AbuseReport>
  private let copy: StoreCopy

  var office: Office { world.office }
  var school: ID<School> { world.school.id }

  init(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let office = world.office
    try await SetUpOffice(office)("한빛교육복지센터(가상)")
    let (manager, stranger) = (world.asker(.caseManager), world.asker(.stranger))
    file = try await world.servedCase(.harin)
    second = try await world.assessableCase(.narae)
    let sent = try await SendReferral(office)(
      Filled.referral, for: world.student(.sora), in: world.otherSchool.id, by: stranger)
    far = try await ReceiveReferral(office)(sent, by: stranger)
    farIntake = try await WriteRecord(office)(
      .intake, Filled.intake(world.today), in: far.id, by: stranger
    ).id
    contact = try await RecordContact(office)(
      Filled.contact(world.today, facts: "처음"), in: file.id, by: manager
    ).id
    try await WriteRecord(office)(
      correcting: contact, Filled.contact(world.today, facts: "고침"), from: 1, in: file.id, by: manager)
    try await RecordMonitoring(office)(Filled.monitoring(world.today, [0, 1]), in: file.id, by: manager)
    try await AddParticipant(office)(world.id(.specialist), as: .specialist, in: file.id, by: manager)
    try await AddParticipant(office)(world.id(.colleague), as: .cover, in: file.id, by: manager)
    world.watch.turn(to: world.today.adding(days: 1))
    try await AddParticipant(office)(ending: world.id(.colleague), in: file.id, by: manager)
    report = try await ReportAbuse(office)(
      Filled.answers([
        "day": "\(world.today)", "noticed-at": "09:10", "reported-at": "09:40", "reported-to": "112",
        "words": "팔이 아파요.",
      ]), about: world.student(.noeul), in: world.school.id, by: manager)
    try await EditHousehold(office).add(
      Relative(id: office.id(at: office.clock()), relation: "RS04", name: "박가온"), to: file.student,
      by: world.member(.caseManager))
    try await KeepResource(office)(
      Resource(
        id: office.id(at: office.clock()), name: "곁(가상)", kind: "ORG-01", formality: "formal",
        place: "community", description: "돕는다.", verifiedOn: world.today), by: manager)
    try await EndStaff(office)(world.id(.supervisor), by: world.member(.administrator))
    for person in [World.Person.teacher, .caseManager] {
      let (name, password) = World.signIn(of: person)
      _ = try await SignIn(office)(name, password: password, from: "192.0.2.7", on: "Firefox")
    }
    try await office.recordAccess(
      by: manager, work: "read-case", student: file.student, school: world.school.id)
    while try await LinkTrail(office, holder: "a")() > 0 {}
    self.world = world
    let intakes = try await world.database.read { session in
      try session.rows("SELECT case_id, id FROM case_record WHERE kind = 'intake'") {
        (try $0.get(0, as: ID<CaseFile>.self), try $0.get(1, as: ID<CaseRecord>.self))
      }
    }
    let other = second.id
    secondIntake = try #require(intakes.first { $0.0 == other }?.1)
    copy = try await StoreCopy(of: world.database)
  }

  /// Changes the store past the program; each statement must change something.
  func forge(_ statements: [SQL]) async throws {
    let changed = try await world.database.write { session in try statements.map { try session.execute($0) } }
    #expect(changed.allSatisfy { $0 > 0 }, "\(changed)")
  }

  func putBack() async throws {
    try await copy.putBack(into: world.database)
    office.vault.forgetAll()
  }

  /// `changed case_file`: the kinds of what does not fit, and where.
  func findings() async throws -> Set<String> {
    let report = try await VerifyTrail(office)(by: nil)
    return Set(report.schools.flatMap(\.findings).map { "\($0.kind.rawValue) \($0.rowKind ?? "chain")" })
  }

  func bytes(_ sql: SQL) async throws -> [UInt8] {
    let found = try await world.database.read { session in
      try session.row(sql) { try $0.get(0, as: [UInt8].self) }
    }
    return try #require(found)
  }

  func text(_ sql: SQL) async throws -> String {
    let found = try await world.database.read { session in
      try session.row(sql) { try $0.get(0, as: String.self) }
    }
    return try #require(found)
  }
}
