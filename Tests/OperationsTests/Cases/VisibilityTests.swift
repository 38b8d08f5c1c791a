import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct VisibilityTests {
  @Test(arguments: Engine.available)
  func `a case is there for those who lead it, head the school or take part, and for nobody else`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let file = try await world.servedCase(.harin)
    let seeing: Set<World.Person> = [.caseManager, .vicePrincipal, .principal]
    for person in World.Person.allCases {
      let asker = world.asker(person)
      let listed = try await ReadCaseload(world.office)(for: asker).rows.map(\.file.id)
      if seeing.contains(person) {
        #expect(try await ReadCase(world.office)(file.id, for: asker).file.id == file.id)
        #expect(listed == [file.id], "\(person)")
      } else {
        await #expect(throws: Refusal.notFound, "\(person)") {
          try await ReadCase(world.office)(file.id, for: asker)
        }
        await #expect(throws: Refusal.notFound, "\(person)") {
          try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: asker)
        }
        await #expect(throws: Refusal.notFound, "\(person)") {
          try await ReadTimeline(world.office)(file.id, for: asker)
        }
        #expect(listed.isEmpty, "\(person)")
        #expect(try await CountCaseload(world.office)(for: asker).total == 0, "\(person)")
        #expect(try await ReadCaseload(world.office)(search: "박하린", for: asker).rows.isEmpty, "\(person)")
        let today = try await ReadToday(world.office)(for: asker)
        #expect(today.entries.allSatisfy { $0.about == nil }, "\(person)")
      }
    }
  }

  @Test func `a participant sees the case from the first to the last day`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.harin)
    let specialist = world.asker(.specialist)
    try await AddParticipant(world.office)(
      world.id(.specialist), as: .specialist, until: world.today.adding(days: 3), in: file.id,
      by: world.asker(.caseManager))
    let page = try await ReadCase(world.office)(file.id, for: specialist)
    #expect(page.readable == [.conference, .plan, .monitoring])
    #expect(page.strengths == nil)
    world.watch.turn(to: world.today.adding(days: 4))
    await #expect(throws: Refusal.notFound) { try await ReadCase(world.office)(file.id, for: specialist) }
  }

  @Test func `a participant must hold the role, and is out at once when ended`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.harin)
    let manager = world.asker(.caseManager)
    await #expect(throws: Refusal.invalid([Problem("staff", "wrong-role", "supervisor")])) {
      try await AddParticipant(world.office)(world.id(.teacher), as: .supervisor, in: file.id, by: manager)
    }
    try await AddParticipant(world.office)(world.id(.supervisor), as: .supervisor, in: file.id, by: manager)
    _ = try await ReadCase(world.office)(file.id, for: world.asker(.supervisor))
    try await AddParticipant(world.office)(ending: world.id(.supervisor), in: file.id, by: manager)
    await #expect(throws: Refusal.notFound) {
      try await ReadCase(world.office)(file.id, for: world.asker(.supervisor))
    }
  }

  @Test func `the heads of the school read plan and minutes, not what was said in confidence`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.harin)
    try await RecordContact(world.office)(
      Filled.contact(world.today, facts: "비밀로 해 달라고 했다."), in: file.id, by: world.asker(.caseManager))
    for head in [World.Person.vicePrincipal, .principal] {
      let page = try await ReadCase(world.office)(file.id, for: world.asker(head))
      let cards = page.timeline.entries.compactMap { entry -> Timeline.RecordCard? in
        if case .record(let card) = entry.what { card } else { nil }
      }
      #expect(cards.filter { $0.kind == .contact }.map(\.answers) == [nil])
      #expect(cards.filter { $0.kind == .plan }.allSatisfy { $0.answers != nil })
      #expect(page.strengths == nil)
      let contact = try #require(cards.first { $0.kind == .contact })
      await #expect(throws: Refusal.notFound) {
        try await ReadRecord(world.office)(contact.id, in: file.id, for: world.asker(head))
      }
      await #expect(throws: Refusal.notAllowed) {
        try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: world.asker(head))
      }
    }
  }

  @Test func `who hands a case over does not see it any more`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.harin)
    try await AssignManager(world.office)(file.id, to: world.id(.colleague), by: world.asker(.vicePrincipal))
    await #expect(throws: Refusal.notFound) {
      try await ReadCase(world.office)(file.id, for: world.asker(.caseManager))
    }
    #expect(
      try await ReadCaseload(world.office)(for: world.asker(.colleague)).rows.map(\.file.id) == [file.id])
    let today = try await ReadToday(world.office)(for: world.asker(.colleague))
    #expect(today.entries(in: .news).count == 1)
    await #expect(throws: Refusal.invalid([Problem("manager", "not-case-manager")])) {
      try await AssignManager(world.office)(file.id, to: world.id(.teacher), by: world.asker(.vicePrincipal))
    }
  }

  @Test func `every reading of a case leaves a row that names student, reader and address`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.openCase(.harin)
    _ = try await ReadCase(world.office)(file.id, for: world.asker(.principal, "/cases/{id}"))
    let rows = try await world.database.read { [school = world.school.id] in
      try $0.accessRows.of(file.student, in: school)
    }
    let row = try #require(rows.first)
    #expect(row.staff == world.id(.principal))
    #expect(row.address == "192.0.2.7")
    #expect(row.route == "/cases/{id}")
    #expect(row.work == "read-case")
  }
}
