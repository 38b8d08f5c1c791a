import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing

/// Friends, kin, neighbours and volunteers of one student.
@Suite struct InformalTests {
  private func told(_ name: String = "최말순", needs: [String] = ["N11"]) -> InformalResource.Told {
    var told = InformalResource.Told()
    told.name = name
    told.kind = "neighbour"
    told.relation = "같은 층 어르신"
    told.reach = "010-0000-0701"
    told.needs = needs
    told.gives = "저녁을 함께 먹는다."
    told.often = "주 2회"
    told.agreed = "yes"
    return told
  }

  private func keep(
    _ told: InformalResource.Told, in file: CaseFile, _ world: World
  ) async throws -> InformalResource {
    try await KeepInformalResource(world.office)(
      InformalResource(id: world.office.id(at: world.office.clock()), told), in: file.id,
      by: world.asker(.caseManager))
  }

  @Test(arguments: Engine.available)
  func `are noted, changed and ended, and what was told before stays`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (file, manager) = (try await world.servedCase(.narae), world.asker(.caseManager))
    var person = try await keep(told(), in: file, world)
    #expect(person.version == 1)
    person.told.gives = "주말에 함께 걷는다."
    let stale = person
    person = try await KeepInformalResource(world.office)(person, in: file.id, by: manager)
    #expect(person.version == 2)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await KeepInformalResource(world.office)(stale, in: file.id, by: manager)
    }
    let end = EndInformalResource(world.office)
    await #expect(throws: Refusal.invalid([Problem("reason", "choose")])) {
      try await end(person.id, from: 2, because: "whim", in: file.id, by: manager)
    }
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await end(person.id, from: 1, because: "moved", in: file.id, by: manager)
    }
    try await end(person.id, from: 2, because: "moved", words: "멀리 이사했다.", in: file.id, by: manager)
    let page = try await ReadInformalResources(world.office)(file.id, by: manager)
    let versions = try #require(page.histories.first).versions
    #expect(versions.map(\.resource.told.gives) == ["저녁을 함께 먹는다.", "주말에 함께 걷는다.", "주말에 함께 걷는다."])
    #expect(versions.last?.resource.told.ended?.reason == "moved")
    #expect(versions.allSatisfy { $0.by == manager.staff.id })
    // Whoever has ended is changed no more.
    person.version = 3
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await KeepInformalResource(world.office)(person, in: file.id, by: manager)
    }
  }

  @Test(arguments: Engine.available)
  func `are there only for whoever may read what was assessed in the case`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let file = try await world.servedCase(.narae)
    let person = try await keep(told(), in: file, world)
    for asker in [World.Person.stranger, .colleague, .teacher, .principal, .privacyOfficer, .administrator] {
      await #expect(throws: Refusal.notFound, "\(asker)") {
        try await ReadInformalResources(world.office)(file.id, by: world.asker(asker))
      }
      await #expect(throws: Refusal.notFound, "\(asker)") {
        try await EndInformalResource(world.office)(
          person.id, from: 1, because: "moved", in: file.id, by: world.asker(asker))
      }
    }
    // Of another case of the same manager it is not there either.
    let other = try await world.servedCase(.garam)
    let manager = world.asker(.caseManager)
    #expect(try await ReadInformalResources(world.office)(other.id, by: manager).histories.isEmpty)
    #expect(try await ReadMatches(world.office)(other.id, for: "N11", by: manager).people.isEmpty)
    await #expect(throws: Refusal.notFound) {
      try await KeepInformalResource(world.office)(person, in: other.id, by: manager)
    }
  }

  @Test(arguments: Engine.available)
  func `stand nowhere in the clear, in no search and in no directory that goes out`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (file, manager) = (try await world.servedCase(.narae), world.asker(.caseManager))
    let person = try await keep(told(), in: file, world)
    var wish = OfferWish()
    wish.text = "최말순"
    #expect(try await FindOffers(world.office)(wish, by: manager).lines.isEmpty)
    #expect(try await FindStudents(world.office)("최말순", by: manager).hits.isEmpty)
    let json = try await ExportDirectory(world.office)(.json, by: manager)
    #expect(!String(decoding: json, as: UTF8.self).contains("최말순"))
    let told = try await world.database.read { session in
      try session.rows("SELECT act, subject_kind, subject_id, detail FROM event WHERE case_id = \(file.id)") {
        [try $0.get(0, as: String.self), try $0.get(1, as: String.self), try $0.get(3, as: String.self)]
      }.flatMap(\.self).joined(separator: "\n")
    }
    #expect(told.contains("add-informal"))
    #expect(!told.contains("최말순") && !told.contains("neighbour"))
    let sealed = try await world.database.read { session in
      try session.row("SELECT sealed FROM informal_resource WHERE id = \(person.id)") {
        try $0.get(0, as: [UInt8].self)
      }
    }
    #expect(String(decoding: try #require(sealed), as: UTF8.self).contains("최말순") == false)
  }

  @Test(arguments: Engine.available)
  func `stand beside what the directory offers, and with the plan`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (file, manager) = (try await world.plannableCase(.narae), world.asker(.caseManager))
    let first = try await keep(told(), in: file, world)
    var minded = told("서누리")
    minded.agreed = "no"
    _ = try await keep(minded, in: file, world)
    _ = try await keep(told("이다온", needs: ["N05"]), in: file, world)
    let people = try await ReadMatches(world.office)(file.id, for: "N11", by: manager).people
    #expect(people.map(\.person.told.name) == ["최말순", "서누리"])
    #expect(people.map(\.isEligible) == [true, false])
    #expect(people[0].reasons.map(\.code) == ["gives", "gives-often", "student-agrees", "never-checked"])

    var plan = Filled.plan(world.today)
    plan["actions.0.person"] = first.id.description
    plan["actions.0.resource"] = nil
    _ = try await WriteRecord(world.office)(.plan, plan, in: file.id, finishing: true, by: manager)
    let page = try await ReadCoordination(world.office)(file.id, for: manager)
    #expect(page.coordination.lines.compactMap { page.person(of: $0)?.told.name } == ["최말순"])
    #expect(page.unplanned(on: world.today).map(\.told.name) == ["서누리", "이다온"])
    let form = try #require(world.office.practice.form(.contact))
    let picks = try await ReadPicks(world.office)(for: form, in: file.id, for: manager)
    #expect(picks.people.count == 3)
    // Whoever reads the plan and not the assessment learns no names.
    let principal = try await ReadCoordination(world.office)(file.id, for: world.asker(.principal))
    #expect(principal.people.isEmpty)
  }

  @Test func `what cannot be told names its field, and whoever must not be contacted is refused`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    let (file, manager) = (try await world.servedCase(.narae), world.asker(.caseManager))
    try await EditHousehold(world.office).add(
      Relative(
        id: world.office.id(at: world.office.clock()), relation: "RS13", name: "한그림", mustNotContact: true),
      to: file.student, by: manager.staff)
    await #expect(throws: Refusal.invalid([Problem("name", "must-not-contact")])) {
      try await keep(told("한그림"), in: file, world)
    }
    var wrong = told()
    wrong.kind = "ghost"
    wrong.gives = ""
    wrong.until = world.today
    wrong.from = world.today.adding(days: 1)
    await #expect(
      throws: Refusal.invalid([
        Problem("gives", "required"), Problem("until", "ends-before-start"), Problem("kind", "choose"),
      ])
    ) { try await keep(wrong, in: file, world) }
  }
}
