import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct `Drafts` {
  @Test(arguments: Engine.available)
  func `a draft is read back by its writer alone, and lies sealed`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let answers = Answers(["facts": ["아침을 못 먹고 온다고 함"], "goals": ["1", "2"]])
    try await SaveDraft(world.office)(answers, at: "contact/1", by: world.manager.staff)
    let read = ReadDrafts(world.office)
    #expect(try await read(at: "contact/1", of: world.manager.staff)?.answers == answers)
    #expect(try await read(at: "contact/1", of: world.officer.staff) == nil)
    let sealed = try await world.office.database.read {
      try $0.row("SELECT sealed FROM draft") { try $0.get(0, as: [UInt8].self) }
    }
    #expect(!String(decoding: try #require(sealed), as: UTF8.self).contains("아침"))
  }

  @Test(arguments: Engine.available)
  func `the last writer counts`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let save = SaveDraft(world.office)
    try await save(Answers(["facts": ["하나"]]), at: "referral/new", by: world.manager.staff)
    let second = try await save(Answers(["facts": ["둘"]]), at: "referral/new", by: world.manager.staff)
    #expect(second?.version == 2)
    #expect(try await ReadDrafts(world.office)(at: "referral/new", of: world.manager.staff) == second)
  }

  @Test(arguments: Engine.available)
  func `an emptied, discarded or forgotten draft is gone`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (save, staff) = (SaveDraft(world.office), world.manager.staff)
    for place in ["a", "b", "c"] { try await save(Answers(["facts": ["말"]]), at: place, by: staff) }
    try await save(Answers(), at: "a", by: staff)
    try await DiscardDraft(world.office)(at: "b", of: staff)
    #expect(try await ReadDrafts(world.office).places(of: staff).map(\.place) == ["c"])
    world.time.pass(minutes: 31 * 24 * 60)
    #expect(try await DiscardDraft(world.office).untouched(forDays: 30) == 1)
  }
}
