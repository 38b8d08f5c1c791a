import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct `Access rows` {
  @Test(arguments: Engine.available)
  func `many readers at once share few transactions, and each row is there when its reader goes on`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    let counted = CountingDatabase(world.office.database)
    let trail = Trail(counted)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<300 {
        group.addTask {
          let row = world.row(number)
          try await trail.record(row)
          #expect(try await world.count("SELECT COUNT(*) FROM access_row WHERE id = \(row.id)") == 1)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await world.count("SELECT COUNT(*) FROM access_row") == 300)
    #expect(try await world.count("SELECT COUNT(*) FROM chain_pending WHERE row_kind = 'access'") == 300)
    #expect(counted.statements.count < 300)
  }

  @Test(arguments: Engine.available)
  func `when the store fails, every reader of the group hears of it and the next is served`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    let trail = Trail(world.office.database)
    let row = world.row(0)
    try await trail.record(row)
    let failures = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            try await trail.record(row)
            return false
          } catch {
            return true
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(failures == 20)
    try await trail.record(world.row(1))
    #expect(try await world.count("SELECT COUNT(*) FROM access_row") == 2)
  }

  @Test(arguments: Engine.available)
  func `a reader who leaves takes nobody's row along`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let trail = Trail(world.office.database)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<20 { group.addTask { try? await trail.record(world.row(number)) } }
      group.cancelAll()
    }
    #expect(try await world.count("SELECT COUNT(*) FROM access_row") == 20)
  }

  @Test(arguments: Engine.available)
  func `the privacy officer reads the log, others do not, everybody reads their own`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    try await world.office.recordAccess(by: world.manager, work: "read-case", school: world.school.id)
    let rows = try await ReadAccessLog(world.office)(of: world.school.id, by: world.officer)
    #expect(rows.map(\.staffName) == ["강예담"])
    #expect(rows.first?.row.address == "192.0.2.7")
    await #expect(throws: Refusal.notAllowed) {
      try await ReadAccessLog(world.office)(of: world.school.id, by: world.manager)
    }
    let again = try await ReadAccessLog(world.office)(of: world.school.id, by: world.officer)
    #expect(again.map(\.row.work).sorted() == ["read-access-log", "read-case"])
    #expect(try await ReadOwnTrail(world.office)(of: world.manager.staff).map(\.work) == ["read-case"])
    #expect(try await !ReadEvents(world.office)(of: world.school.id, by: world.officer).isEmpty)
  }
}

@Suite struct `The chain` {
  @Test(arguments: Engine.available)
  func `an untouched trail is whole and says how far it reaches`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    try await world.office.trail.record(world.row(99))
    let report = try await VerifyTrail(world.office)(by: world.officer.staff)
    #expect(report.isWhole)
    let chain = try #require(report.schools.first { $0.school == world.school.id })
    #expect(chain.links >= 12)
    #expect(chain.waiting == 1)
    #expect(chain.reaches == world.time.now)
    #expect(report.schools.contains { $0.school == nil })
    await #expect(throws: Refusal.notAllowed) { try await VerifyTrail(world.office)(by: world.manager.staff) }
  }

  @Test(arguments: Engine.available)
  func `a changed row is found`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let link = try await world.link(8)
    try await world.forge("UPDATE access_row SET work = 'nothing' WHERE id = \(link)")
    #expect(try await world.findings() == [.init(.changed, 8)])
  }

  @Test(arguments: Engine.available)
  func `a removed row is found`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let link = try await world.link(8)
    try await world.forge("DELETE FROM access_row WHERE id = \(link)")
    #expect(try await world.findings() == [.init(.removed, 8)])
  }

  @Test(arguments: Engine.available)
  func `a row removed with its link is found`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let link = try await world.link(8)
    try await world.forge("DELETE FROM access_row WHERE id = \(link)")
    try await world.forge("DELETE FROM chain_link WHERE row_id = \(link)")
    #expect(try await world.findings().first == .init(.removed, 8))
  }

  @Test(arguments: Engine.available)
  func `a row removed before it was linked is found`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let row = world.row(50)
    try await world.office.trail.record(row)
    try await world.forge("DELETE FROM access_row WHERE id = \(row.id)")
    #expect(try await world.findings() == [.init(.removed, nil)])
    try await LinkTrail(world.office, holder: "a")()
    #expect(try await world.findings().map(\.kind) == [.removed])
  }

  @Test(arguments: Engine.available)
  func `an inserted row is found`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let row = world.row(50)
    try await world.office.trail.record(row)
    try await world.forge("DELETE FROM chain_pending WHERE row_id = \(row.id)")
    #expect(try await world.findings() == [.init(.inserted, nil)])
  }

  @Test(arguments: Engine.available)
  func `rows that changed places are found`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let (a, b) = (try await world.link(8), try await world.link(10))
    try await world.forge("UPDATE chain_link SET row_id = 'x' WHERE row_id = \(a)")
    try await world.forge("UPDATE chain_link SET row_id = \(a) WHERE row_id = \(b)")
    try await world.forge("UPDATE chain_link SET row_id = \(b) WHERE row_id = 'x'")
    #expect(try await world.findings() == [.init(.reordered, 8), .init(.reordered, 10)])
  }

  @Test(arguments: Engine.available)
  func `a cut tail is found, even with a head made up for it`(_ engine: Engine) async throws {
    let world = try await linked(engine)
    let last = try await world.count("SELECT number FROM chain_head WHERE school_id = \(world.school.id)")
    let row = try await world.link(last)
    try await world.forge("DELETE FROM access_row WHERE id = \(row)")
    try await world.forge("DELETE FROM chain_link WHERE row_id = \(row)")
    #expect(try await world.findings() == [.init(.cutTail, last)])
    try await world.forge(
      """
      UPDATE chain_head
      SET number = \(last - 1), hash = (
        SELECT hash FROM chain_link l WHERE l.school_id = chain_head.school_id AND l.number = \(last - 1)
      )
      WHERE school_id = \(world.school.id)
      """)
    #expect(try await world.findings() == [.init(.cutTail, last - 1)])
  }

  @Test(arguments: Engine.available)
  func `several notaries at once link every row once`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<100 { group.addTask { try await world.office.trail.record(world.row(number)) } }
      for holder in ["a", "b", "c"] {
        group.addTask {
          for _ in 0..<5 { try await LinkTrail(world.office, holder: holder)(atMost: 30) }
        }
      }
      try await group.waitForAll()
    }
    world.time.pass(minutes: 1)
    while try await LinkTrail(world.office, holder: "d")() > 0 {}
    #expect(try await world.count("SELECT COUNT(*) FROM chain_pending") == 0)
    #expect(try await VerifyTrail(world.office)(by: nil).isWhole)
  }

  @Test(arguments: Engine.available)
  func `while one holds the lease, another links nothing`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    #expect(try await LinkTrail(world.office, holder: "a")(atMost: 1) == 1)
    #expect(try await LinkTrail(world.office, holder: "b")() == 0)
    world.time.pass(seconds: 11)
    #expect(try await LinkTrail(world.office, holder: "b")() > 0)
  }

  private func linked(_ engine: Engine) async throws -> DoorWorld {
    let world = try await DoorWorld(engine)
    for number in 0..<10 {
      world.time.pass(seconds: 1)
      try await world.office.trail.record(world.row(number))
    }
    while try await LinkTrail(world.office, holder: "a")() > 0 {}
    return world
  }
}

/// What was found, in short.
private struct Found: Equatable {
  let kind: TrailReport.Finding.Kind
  let number: Int?

  init(_ kind: TrailReport.Finding.Kind, _ number: Int?) {
    self.kind = kind
    self.number = number
  }
}

extension DoorWorld {
  fileprivate func row(_ number: Int) -> AccessRow {
    AccessRow(
      id: office.id(at: time.now), school: school.id, staff: manager.staff.id, at: time.now,
      address: "192.0.2.7",
      student: nil, work: "read-case", route: "/cases/{id}", subjects: number)
  }

  /// The row that a link of the school's chain stands for.
  fileprivate func link(_ number: Int) async throws -> String {
    let school = school.id
    return try await office.database.read { session in
      try session.row("SELECT row_id FROM chain_link WHERE school_id = \(school) AND number = \(number)") {
        try $0.get(0)
      } ?? ""
    }
  }

  /// Changes the store past the program.
  fileprivate func forge(_ sql: SQL) async throws {
    let changed = try await office.database.write { try $0.execute(sql) }
    #expect(changed == 1)
  }

  fileprivate func findings() async throws -> [Found] {
    try await VerifyTrail(office)(by: nil).schools.flatMap(\.findings).map { Found($0.kind, $0.number) }
  }
}
