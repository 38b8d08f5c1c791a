import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

/// The end of retention: what was told of a student is destroyed, what is counted stays.
@Suite struct ShredTests {
  private func end(_ file: CaseFile, _ world: World) async throws {
    try await RecordFollowUp(world.office)(
      Filled.followUp(world.today, action: "end"), in: file.id, by: world.asker(.caseManager))
  }

  @Test(arguments: Engine.available)
  func `after it no page shows anything of the student, counts stay and chains verify`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let served = try await world.servedCase(.harin)
    var told = InformalResource.Told()
    (told.name, told.kind, told.needs, told.gives) = ("최말순", "neighbour", ["N03"], "아침에 깨운다.")
    let person = try await KeepInformalResource(world.office)(
      InformalResource(id: world.office.id(at: world.office.clock()), told), in: served.id, by: manager)
    let file = try await world.closed(served)
    let kept = try await world.servedCase(.garam)
    try await SaveDraft(world.office)(
      Filled.contact(world.today, facts: "쓰다 만 말"), at: "follow-up/\(file.id)", by: manager.staff)
    try await end(file, world)
    let shred = ShredStudent(world.office)
    let student = world.student(.harin)

    // Second grade in 2026: upper secondary education ends with February 2037.
    world.watch.turn(to: .on("2036-06-01"))
    await #expect(throws: Refusal.notYet([Missing("retention", at: "closure#retention-from")])) {
      try await shred(student, in: world.school.id, because: "보존 기간이 끝났다.", by: world.later(.privacyOfficer))
    }
    world.watch.turn(to: .on("2037-03-02"))
    let destruction = try await shred(
      student, in: world.school.id, because: "보존 기간이 끝났다.", by: world.later(.privacyOfficer))
    #expect(destruction.cases == 1)

    let staff = world.later(.caseManager)
    await #expect(throws: Refusal.notFound) { try await ReadCase(world.office)(file.id, for: staff) }
    await #expect(throws: Refusal.notFound) { try await ReadStudent(world.office)(student, by: staff) }
    await #expect(throws: Refusal.notFound) { try await ReadHousehold(world.office)(student, by: staff) }
    #expect(try await FindStudents(world.office)("하린", by: staff).hits.isEmpty)
    #expect(try await ReadDrafts(world.office).places(of: staff.staff).isEmpty)
    let all = CaseFilter(standings: Set(Standing.allCases))
    let list = try await ReadCaseload(world.office)(all, for: staff)
    #expect(list.rows.map(\.file.id) == [kept.id])
    // Two cases were led, and two are counted.
    #expect(list.counts.total == 2)
    #expect(try await MyReferrals(world.office)(for: world.later(.teacher)).map(\.student.name) == ["문가람"])
    _ = try await ReferralInbox(world.office)(for: staff)
    for person in [World.Person.caseManager, .homeroom, .principal] {
      let today = try await ReadToday(world.office)(for: world.later(person))
      #expect(!today.entries.contains { $0.student?.name == "박하린" })
    }
    let services = try await world.database.read { session in
      try session.row("SELECT COUNT(*) FROM service_given WHERE student_id = \(student)") {
        try $0.get(0, as: Int.self)
      }
    }
    #expect(services == 2)

    // Not one sealed value of the student opens again; those of others do.
    let sealed = try await world.database.read { session in
      try session.row("SELECT profile FROM student WHERE id = \(student)") { try $0.get(0, as: [UInt8].self) }
    }
    let (vault, school) = (world.office.vault, world.school.id)
    await #expect(throws: VaultProblem.shredded(.student(student, school))) {
      try await world.database.read { session in
        try session.keys(vault).open(
          try #require(sealed), of: .student(student, school),
          at: Binding(table: "student", record: student.description, version: 1))
      }
    }
    let around = try await world.database.read { session in
      try session.row("SELECT sealed FROM informal_resource WHERE id = \(person.id)") {
        try $0.get(0, as: [UInt8].self)
      }
    }
    await #expect(throws: VaultProblem.shredded(.student(student, school))) {
      try await world.database.read { session in
        try session.keys(vault).open(
          try #require(around), of: .student(student, school),
          at: Binding(table: "informal_resource", record: person.id.description, version: 1))
      }
    }
    await #expect(throws: Refusal.notFound) {
      try await ReadInformalResources(world.office)(file.id, by: staff)
    }
    #expect(try await ReadCase(world.office)(kept.id, for: staff).student.name == "문가람")

    let register = try await ReadDestructions(world.office)(of: school, for: world.later(.privacyOfficer))
    #expect(register.map(\.reason) == ["보존 기간이 끝났다."])
    #expect(register.map(\.by) == ["진서리"])
    _ = try await LinkTrail(world.office, holder: "test")()
    #expect(try await VerifyTrail(world.office)(by: nil).isWhole)
    // It is done once.
    await #expect(throws: Refusal.notFound) {
      try await shred(student, in: school, because: "다시", by: world.later(.privacyOfficer))
    }
  }

  @Test func `nobody else may, and not while a case is under way`() async throws {
    let world = try await World.make(on: .sqlite)
    _ = try await world.openCase(.harin)
    let shred = ShredStudent(world.office)
    let student = world.student(.harin)
    for person in [World.Person.caseManager, .principal, .administrator, .teacher] {
      await #expect(throws: Refusal.notAllowed) {
        try await shred(student, in: world.school.id, because: "끝", by: world.asker(person))
      }
    }
    await #expect(throws: Refusal.notFound) {
      try await shred(student, in: world.school.id, because: "끝", by: world.asker(.stranger))
    }
    await #expect(throws: Refusal.notYet([Missing("open-case", at: "closure")])) {
      try await shred(student, in: world.school.id, because: "끝", by: world.asker(.privacyOfficer))
    }
    await #expect(throws: Refusal.invalid([Problem("reason", "required")])) {
      try await shred(student, in: world.school.id, because: " ", by: world.asker(.privacyOfficer))
    }
    await #expect(throws: Refusal.notYet([Missing("still-enrolled", at: "student")])) {
      try await shred(
        world.student(.noeul), in: world.school.id, because: "끝", by: world.asker(.privacyOfficer))
    }
  }
}

extension World {
  fileprivate func later(_ person: Person) -> Asker { asker(person) }
}
