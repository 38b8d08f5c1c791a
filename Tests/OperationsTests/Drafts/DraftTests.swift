import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

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
  func `a long note comes back byte for byte, on whichever device it is asked for`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    // Composed and decomposed syllables, joined emoji, tabs, line breaks at both ends, spaces that are not plain.
    let line = "가각 \u{1100}\u{1161}\u{11A8} 👩🏽‍🏫👨‍👩‍👧‍👦🇰🇷 “말” & <b>\t\u{00A0}\u{3000}끝 "
    let text = "\n\n" + (0..<120).map { "\($0). \(line)" }.joined(separator: "\n") + "\r\n \n"
    try await SaveDraft(world.office)(Answers(["facts": [text]]), at: "contact/1", by: world.manager.staff)
    // As another program on the same store reads it.
    let device = Office(
      database: world.office.database, vault: world.office.vault, practice: world.office.practice,
      clock: world.office.clock, random: { UUID() })
    let found = try await ReadDrafts(device)(at: "contact/1", of: world.manager.staff)
    #expect(found.map { Array(($0.answers["facts"] ?? "").utf8) } == Array(text.utf8))
    #expect(text.utf8.count > 8000)
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

  @Test(arguments: Engine.available)
  func `a draft about a student lies under the student's key and goes with it`(_ engine: Engine) async throws
  {
    let world = try await World.make(on: engine)
    let staff = world.member(.caseManager)
    let file = try await world.openCase(.harin)
    let (save, read) = (SaveDraft(world.office), ReadDrafts(world.office))
    let student = world.student(.harin)
    let places = [
      "contact/\(file.id)", "referral/\(student)", "abuse-report/\(student)", "emergency/student/\(student)",
    ]
    for place in places + ["referral/new"] {
      try await save(Answers(["facts": ["말"]]), at: place, by: staff)
      #expect(try await read(at: place, of: staff)?.answers["facts"] == "말")
    }
    let rows = try await world.database.read { session in
      try session.rows("SELECT place FROM draft WHERE student_id = \(student) ORDER BY place") {
        try $0.get(0, as: String.self)
      }
    }
    #expect(rows == places.sorted())
    let compartments = try await world.database.read { session in
      try session.rows("SELECT place FROM draft WHERE is_compartment = 1") { try $0.get(0, as: String.self) }
    }
    #expect(compartments == ["abuse-report/\(student)"])
    // Somebody else's student of another school is nobody here: the office's key, and nothing is learnt.
    let stranger = world.member(.stranger)
    try await save(Answers(["facts": ["남"]]), at: "contact/\(file.id)", by: stranger)
    #expect(try await read(at: "contact/\(file.id)", of: stranger)?.answers["facts"] == "남")

    let (vault, school) = (world.office.vault, world.school.id)
    try await world.database.write {
      try $0.keys(vault).shred(student, in: school, at: world.watch.now())
    }
    for place in places { #expect(try await read(at: place, of: staff) == nil) }
    #expect(try await read(at: "referral/new", of: staff)?.answers["facts"] == "말")
    await #expect(throws: Refusal.notFound) {
      try await save(Answers(["facts": ["다시"]]), at: "referral/\(student)", by: staff)
    }
  }
}
