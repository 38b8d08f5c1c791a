import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

/// Edge case E3: a report of abuse is there for two people and for nobody else.
@Suite struct CompartmentTests {
  @Test(arguments: Engine.available)
  func `a report needs no consent and is seen by its author and the principal only`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let file = try await world.openCase(.harin)
    let before = try await CountCaseload(world.office)(for: world.asker(.vicePrincipal))
    let report = try await ReportAbuse(world.office)(
      answers(world.today), about: world.student(.harin), in: world.school.id, by: world.asker(.caseManager))
    for person in World.Person.allCases {
      let asker = world.asker(person)
      let seen = try await ReadAbuseReports(world.office)(for: asker).map(\.id)
      if person == .caseManager || person == .principal {
        #expect(seen == [report])
        let page = try await ReadAbuseReports(world.office)(report, for: asker)
        #expect(page.answers["words"] == "팔이 아파요.")
      } else {
        #expect(seen.isEmpty, "\(person)")
        await #expect(throws: Refusal.notFound, "\(person)") {
          try await ReadAbuseReports(world.office)(report, for: asker)
        }
      }
    }

    // Nothing in the case, the counts or the trail tells of it.
    let page = try await ReadCase(world.office)(file.id, for: world.asker(.caseManager))
    #expect(page.counts.isEmpty)
    #expect(page.timeline.entries.count == 1)
    #expect(try await CountCaseload(world.office)(for: world.asker(.vicePrincipal)) == before)
    let events = try await world.database.read { [school = world.school.id] in try $0.events.of(school) }
    let trace = try #require(events.first { $0.act == "compartment" })
    #expect(trace.caseFile == nil)
    #expect(trace.detail.isEmpty)
    let rows = try await world.database.read { [school = world.school.id] in
      try $0.accessRows.of(file.student, in: school)
    }
    #expect(!rows.contains { $0.work == "compartment" })
  }

  @Test func `its author completes it, and only from the version that was read`() async throws {
    let world = try await World.make(on: .sqlite)
    let report = try await ReportAbuse(world.office)(
      answers(world.today), about: world.student(.harin), in: world.school.id, by: world.asker(.caseManager))
    var more = answers(world.today)
    more["response-at"] = "10:30"
    try await ReportAbuse(world.office)(completing: report, more, from: 1, by: world.asker(.caseManager))
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await ReportAbuse(world.office)(completing: report, more, from: 1, by: world.asker(.caseManager))
    }
    await #expect(throws: Refusal.notAllowed) {
      try await ReportAbuse(world.office)(completing: report, more, from: 2, by: world.asker(.principal))
    }
    #expect(
      try await ReadAbuseReports(world.office)(report, for: world.asker(.principal)).answers["response-at"]
        == "10:30")
  }

  private func answers(_ day: Day) -> Answers {
    Filled.answers([
      "day": "\(day)", "noticed-at": "09:10", "reported-at": "09:40", "reported-to": "112",
      "words": "팔이 아파요.",
    ])
  }
}
