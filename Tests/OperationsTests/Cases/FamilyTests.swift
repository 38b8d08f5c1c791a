import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

/// Two students of one household.
@Suite struct FamilyTests {
  private func pay(_ amount: Int, in file: CaseFile, reason: String? = nil, _ world: World) async throws {
    var contact = Filled.contact(world.today)
    contact["amount"] = String(amount)
    contact["fund"] = "safety-net"
    contact["expense-kind"] = "medical"
    contact["over-reason"] = reason
    try await RecordContact(world.office)(contact, in: file.id, by: world.asker(.caseManager))
  }

  @Test(arguments: Engine.available)
  func `what is paid for one counts for the household of both, also across episodes`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let one = try await world.servedCase(.harin)
    let other = try await world.servedCase(.garam)
    try await pay(90_000, in: one, world)
    try await pay(80_000, in: other, world)
    func household(_ file: CaseFile) async throws -> Int? {
      try await ReadBudget(world.office)(file.id, for: manager).first { $0.fund == "safety-net" }?.household
    }
    #expect(try await household(one) == nil)
    let family = try await LinkFamily(world.office)(one.id, with: other.id, by: manager)
    #expect(try await household(one) == 170_000)
    #expect(try await household(other) == 170_000)
    #expect(try await ReadCase(world.office)(one.id, for: manager).file.family == family)
    #expect(try await ReadFamily(world.office)(one.id, for: manager).map(\.student.name) == ["문가람"])
    await #expect(throws: Refusal.conflict(.alreadyExists)) {
      try await LinkFamily(world.office)(other.id, with: one.id, by: manager)
    }

    // A third joins, and the household's limit of 500,000 won is reached together.
    let third = try await world.servedCase(.noeul)
    try await LinkFamily(world.office)(other.id, with: third.id, by: manager)
    try await pay(321_000, in: third, reason: "수술비가 급했다.", world)
    await #expect(
      throws: Refusal.invalid([Problem("over-reason", "over-budget-household", "1")])
    ) {
      try await pay(9_001, in: one, world)
    }
    try await UnlinkFamily(world.office)(third.id, by: manager)
    #expect(try await household(one) == 170_000)
    let events = try await world.database.read { session in
      try session.rows("SELECT act FROM event WHERE act LIKE '%link-family' ORDER BY id") {
        try $0.get(0, as: String.self)
      }
    }
    #expect(events == ["link-family", "link-family", "link-family", "unlink-family"])
  }

  @Test func `only cases that are one's own to link, and never one student with themself`() async throws {
    let world = try await World.make(on: .sqlite)
    let one = try await world.servedCase(.harin)
    let other = try await world.openCase(.garam)
    let link = LinkFamily(world.office)
    for person in [World.Person.teacher, .colleague, .stranger, .privacyOfficer] {
      await #expect(throws: Refusal.notFound) {
        try await link(one.id, with: other.id, by: world.asker(person))
      }
    }
    await #expect(throws: Refusal.notAllowed) {
      try await link(one.id, with: other.id, by: world.asker(.principal))
    }
    await #expect(throws: Refusal.invalid([Problem("case", "same-student")])) {
      try await link(one.id, with: one.id, by: world.asker(.caseManager))
    }
    try await link(one.id, with: other.id, by: world.asker(.caseManager))
    // Somebody who covers the one case learns nothing of the other.
    try await AddParticipant(world.office)(
      world.id(.colleague), as: .cover, in: one.id, by: world.asker(.caseManager))
    #expect(try await ReadFamily(world.office)(one.id, for: world.asker(.colleague)).isEmpty)
  }
}
