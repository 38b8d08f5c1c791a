import CaseWork
import Foundation
import Operations
import Repositories
import TestSupport
import Testing

@Suite struct MonthTests {
  @Test(arguments: Engine.available)
  func `what was written in a month is its report, and a day of another month is not`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let empty = try await ReadMonth(world.office)(by: manager)
    #expect(empty.report.byLevel.isEmpty && empty.report.services.isEmpty)

    let file = try await world.servedCase(.harin)
    let begun = Month(of: world.today)
    world.watch.turn(to: begun.adding(1).days.lowerBound)
    let month = Month(of: world.today)
    for day in [world.today, world.today.adding(days: 1)] {
      world.watch.turn(to: day)
      var contact = Filled.contact(day)
      contact["service"] = "D01"
      contact["method"] = "M05"
      contact["minutes"] = "45"
      try await RecordContact(world.office)(contact, in: file.id, by: manager)
    }
    let last = world.today
    world.watch.turn(to: month.adding(1).days.lowerBound)
    try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: manager)

    let page = try await ReadMonth(world.office)(month, by: manager)
    #expect(page.month == month && page.now == month.adding(1) && page.school == world.school)
    #expect(Month(of: last) == month)
    #expect(page.report.cases.carried == .number(1) && page.report.cases.opened == .number(0))
    let sum = try #require(page.report.services.last?.figure)
    #expect((sum.count, sum.students, sum.people, sum.minutes) == (2, 1, 2, 90))
    #expect(page.report.talks.compactMap { $0.figure?.count } == [2, 0, 0, 0, 2])
    #expect(page.report.records.contains { $0.kind == .contact && $0.count == .number(2) })
    let first = try await ReadMonth(world.office)(begun, by: manager)
    #expect(first.report.cases.opened == .number(1) && first.report.referred == .number(1))
    // What is still to come is the month it is.
    #expect(try await ReadMonth(world.office)(month.adding(12), by: manager).month == month.adding(1))
  }

  @Test func `another school, and whoever leads nothing, finds nothing; small numbers stay with the school`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    _ = try await world.servedCase(.harin)
    let read = ReadMonth(world.office)
    #expect(try await read(by: world.asker(.principal)).report.cases.active == .number(1))
    #expect(try await read(by: world.asker(.supervisor)).report.cases.active == .few)
    #expect(try await read(by: world.asker(.stranger)).report.byLevel.isEmpty)
    await #expect(throws: Refusal.notFound) {
      try await read(of: world.school.id, by: world.asker(.stranger))
    }
    await #expect(throws: Refusal.notFound) {
      try await read(of: ID(UUID()), by: world.asker(.caseManager))
    }
    for person in [World.Person.teacher, .specialist, .privacyOfficer, .administrator] {
      await #expect(throws: Refusal.notFound) { try await read(by: world.asker(person)) }
    }
  }

  @Test(arguments: Engine.available)
  func `links by the kind of institution and programmes by their name are in it`(
    _ engine: Engine
  ) async throws {
    let linked = try await LinkageWorld(engine)
    _ = try await linked.sent(to: linked.agency)
    let world = linked.world
    let programme = try await world.programme(places: 8)
    let files = try await world.participants(1..<3)
    let seats = try await EnrolInProgramme(world.office)(
      files.map(\.id), in: programme.id, by: world.asker(.caseManager))
    for number in 1...2 {
      _ = try await HoldSession(world.office)(
        programme.id, number: number, topic: "차례", world.session,
        for: seats.enumerated().map { .init($1.id, $0 == 0 || number == 1 ? .present : .absent) },
        by: world.asker(.caseManager))
    }
    let report = try await ReadMonth(world.office)(by: world.asker(.caseManager)).report
    #expect(report.linkages.map(\.kind) == ["ORG-01", nil])
    #expect(report.linkages.map(\.sent) == [.number(1), .number(1)])
    let line = try #require(report.programmes.first)
    #expect(line.held.name == programme.name && (line.held.sessions, line.held.minutes) == (2, 80))
    #expect(line.students == .number(2) && line.visits == .number(3))
    // Each of them wrote its services to the cases, one for everybody who was there.
    #expect(report.talks.map { $0.figure?.people }[1] == 3)
  }
}
