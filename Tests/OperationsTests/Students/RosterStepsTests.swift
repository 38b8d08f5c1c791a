import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing

/// An import step by step, as the pages lead through it.
struct `A class list step by step` {
  /// Headers nobody knows, and the last row without a name.
  private static let odd = [
    "가,나,다,라,마", "1,2,26001,김다온,2018-03-02", "1,2,26002,이가람,2018-05-09", "1,2,26003,,2018-05-09",
  ].joined(separator: "\r\n")

  private func manager(in world: RosterWorld) async throws -> Asker {
    let role = Assignment(
      school: world.own.id, role: .caseManager, from: Day(inKoreaAt: RosterWorld.now).adding(days: -1))
    let id = try await AddStaff(world.office)("강예담", signInName: "yedam", assignments: [role], by: nil).id
    return Asker(
      staff: Staff(id: id, name: "강예담", assignments: [role]), address: "192.0.2.7", route: "/rosters")
  }

  private func received(_ world: RosterWorld, by asker: Asker) async throws -> ID<RosterImport> {
    let bytes = Array(Self.odd.utf8)
    let id = try await world.importing.receive(
      bytes, name: "a.csv", in: world.own.id, year: RosterWorld.year, by: asker)
    try await world.importing.correct(
      id, fields: [0: .grade, 1: .className, 2: .number, 3: .name, 4: .birthDay], in: world.own.id, by: asker)
    return id
  }

  @Test(arguments: Engine.available)
  func `columns nobody knows are chosen by hand, then counted, then imported`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let asker = try await manager(in: world)
    let unmapped = try await world.importing.receive(
      Array(Self.odd.utf8), name: "a.csv", in: world.own.id, year: RosterWorld.year, by: asker)
    let raw = try await world.importing.preview(of: unmapped, in: world.own.id, by: asker)
    #expect(!raw.mappingProblems.isEmpty)
    #expect(raw.cells.first?.first == "가")
    await #expect(throws: Refusal.self) {
      try await world.importing.start(unmapped, in: world.own.id, .goodRowsOnly, by: asker)
    }

    let id = try await received(world, by: asker)
    let preview = try await world.importing.preview(of: id, in: world.own.id, by: asker)
    // The row of unknown headers counts as a row, and cannot be taken.
    #expect(preview.total == 4)
    #expect(preview.counts == .init(new: 2))
    #expect(preview.problems.map(\.row) == [1, 4])

    await #expect(throws: Refusal.invalid([Problem("choice", "roster-has-problems", "2")])) {
      try await world.importing.start(id, in: world.own.id, .allOrNothing, by: asker)
    }
    #expect(try await world.count("SELECT COUNT(*) FROM student") == 0)
    try await world.importing.start(id, in: world.own.id, .goodRowsOnly, by: asker)
    await #expect(throws: Refusal.conflict(.alreadyAnswered)) {
      try await world.importing.start(id, in: world.own.id, .goodRowsOnly, by: asker)
    }
    #expect(try await RunRosters(world.office, holder: "one")())
    #expect(try await !RunRosters(world.office, holder: "one")())
    let report = try await world.importing.report(id, in: world.own.id, by: asker)
    #expect(report.progress.status == .done)
    #expect(report.progress.added == 2)
    #expect(report.problems.map(\.row) == [1, 4])

    let again = try await world.importing.preview(
      of: try await received(world, by: asker), in: world.own.id, by: asker)
    #expect(again.counts == .init(unchanged: 2))
  }

  @Test(arguments: Engine.available)
  func `while one program holds the lease another runs nothing`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let asker = try await manager(in: world)
    for _ in 0..<2 {
      let id = try await received(world, by: asker)
      try await world.importing.start(id, in: world.own.id, .goodRowsOnly, by: asker)
    }
    #expect(try await RunRosters(world.office, holder: "one")())
    #expect(try await !RunRosters(world.office, holder: "two")())
    #expect(try await RunRosters(world.office, holder: "one")())
  }

  @Test(arguments: Engine.available)
  func `a list that was given up runs no more, and its rows are forgotten`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let asker = try await manager(in: world)
    let id = try await received(world, by: asker)
    try await world.importing.start(id, in: world.own.id, .goodRowsOnly, by: asker)
    try await world.importing.cancel(id, in: world.own.id, by: asker)
    #expect(try await !RunRosters(world.office, holder: "one")())
    #expect(try await world.count("SELECT COUNT(*) FROM student") == 0)
    #expect(try await world.count("SELECT COUNT(*) FROM roster_import WHERE sealed IS NOT NULL") == 0)
    let report = try await world.importing.report(id, in: world.own.id, by: asker)
    #expect(report.progress.status == .cancelled)
  }

  @Test(arguments: Engine.available)
  func `who lost the right meanwhile imports nothing`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let asker = try await manager(in: world)
    let id = try await received(world, by: asker)
    try await world.importing.start(id, in: world.own.id, .goodRowsOnly, by: asker)
    let administrator = Assignment(
      school: world.own.id, role: .administrator, from: Day(inKoreaAt: RosterWorld.now).adding(days: -1))
    let other = try await AddStaff(world.office)(
      "설아람", signInName: "aram", assignments: [administrator], by: nil)
    try await EndStaff(world.office)(
      asker.staff.id, by: Staff(id: other.id, name: "설아람", assignments: [administrator]))
    #expect(try await RunRosters(world.office, holder: "one")())
    #expect(
      try await world.importing.report(id, in: world.own.id, by: world.manager).progress.status == .failed)
    #expect(try await world.count("SELECT COUNT(*) FROM student") == 0)
  }
}
