import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct GapTests {
  @Test(arguments: Engine.available)
  func `what is missing is noted in a case and gathers in the report, until it is found`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let file = try await world.servedCase(.narae)
    let manager = world.asker(.caseManager)
    try await PlaceSchool(world.office)(SchoolPlace(area: "가상시 다솜구"), of: world.school.id, by: nil)
    let noted = try await RecordUnmetNeed(world.office)(
      "N06", because: "hours", text: "야간 부모상담", in: file.id, by: manager)
    #expect(noted.area == "가상시 다솜구" && noted.grade != nil)
    let page = try await ReadMatches(world.office)(file.id, for: "N06", by: manager)
    #expect(page.unmet.map(\.words) == ["야간 부모상담"] && page.mayLink)
    let gaps = try await ReadGaps(world.office)(by: manager)
    #expect(gaps.report.lines.map(\.need) == ["N06"])
    #expect(gaps.report.lines[0].events[.unmet] == .number(1))
    // Whoever does not lead cases sees that there is something, not how little.
    let principal = try await ReadGaps(world.office)(by: world.asker(.principal))
    #expect(principal.report.lines[0].students == .few && !principal.mayDevelop)
    // Another school has no part in it.
    #expect(try await ReadGaps(world.office)(by: world.asker(.stranger)).report.lines.isEmpty)
    for person in [World.Person.teacher, .privacyOfficer, .administrator] {
      await #expect(throws: Refusal.notFound) { try await ReadGaps(world.office)(by: world.asker(person)) }
    }
    try await RecordUnmetNeed(world.office).meet(noted.id, from: 1, in: file.id, by: manager)
    #expect(try await ReadMatches(world.office)(file.id, for: "N06", by: manager).unmet.isEmpty)
    // It was missing all the same.
    #expect(try await ReadGaps(world.office)(by: manager).report.lines.count == 1)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await RecordUnmetNeed(world.office).meet(noted.id, from: 1, in: file.id, by: manager)
    }
  }

  @Test func `what cannot be noted names its field, and is another's case not there`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.narae)
    let act = RecordUnmetNeed(world.office)
    await #expect(
      throws: Refusal.invalid([Problem("need", "unknown-code"), Problem("reason", "choose")])
    ) { try await act("N99", because: "x", text: nil, in: file.id, by: world.asker(.caseManager)) }
    await #expect(throws: Refusal.invalid([Problem("text", "national-id")])) {
      try await act(
        "N06", because: "none", text: "900101-1234567", in: file.id, by: world.asker(.caseManager))
    }
    await #expect(throws: Refusal.notFound) {
      try await act("N06", because: "none", text: nil, in: file.id, by: world.asker(.stranger))
    }
    await #expect(throws: Refusal.notFound) {
      try await ReadMatches(world.office)(file.id, by: world.asker(.stranger))
    }
  }

  @Test(arguments: Engine.available)
  func `links that were declined count among what is missing, and as experience with the agency`(
    _ engine: Engine
  ) async throws {
    let linked = try await LinkageWorld(engine)
    let world = linked.world
    let instant = world.office.clock()
    // As the loop leaves them behind: five asked, four accepted after six days, three of four say it helped.
    let days = [6, 6, 6, 40].map { Day(inKoreaAt: instant).adding(days: $0) }
    try await world.database.write { session in
      for number in 0..<5 {
        let id: ID<Linkage> = world.office.id(at: instant)
        let accepted = number < 4 ? days[number] : nil
        try session.execute(
          """
          INSERT INTO linkage (
            school_id, id, case_id, number, by_id, made_at, resource_id, kind, is_joint, needs, items, state,
            state_since, ground, consents, sent_at, reminders, is_partial, accepted_on, help, help_score, help_at,
            sealed, version)
          VALUES (
            \(world.school.id), \(id), \(linked.file.id), \(100 + number), \(world.id(.caseManager)), \(instant),
            \(linked.agency), 'agency', 0, 'N04', '', \(accepted == nil ? "rejected" : "accepted"), \(instant),
            'consent', '', \(instant), 0, 0, \(accepted), \(number < 3 ? "yes" : nil), \(number < 3 ? 8 : nil),
            \(number < 3 ? instant : nil), \([UInt8](repeating: 0, count: 4)), 1)
          """)
      }
    }
    let known = try await world.database.read {
      try $0.gaps.experience(with: [linked.agency, linked.other], since: Date(timeIntervalSince1970: 0))
    }
    #expect(
      known == [
        linked.agency: ResourceExperience(asked: 5, accepted: 4, medianWait: 6, answered: 3, helped: 3)
      ])
    try await PlaceSchool(world.office)(SchoolPlace(area: "가상시 다솜구"), of: world.school.id, by: nil)
    let report = try await ReadGaps(world.office)(by: linked.manager).report
    #expect(report.lines.map(\.need) == ["N04"])
    #expect(report.lines[0].bands.map(\.band) == [.lower])
    #expect(report.lines[0].areas.map(\.area) == ["가상시 다솜구"])
    #expect(report.lines[0].events == [.unmet: .number(0), .declined: .number(1), .waited: .number(1)])
  }

  @Test(arguments: Engine.available)
  func `a development is talked about and ends with a resource`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (act, manager) = (Develop(world.office), world.asker(.caseManager))
    let begun = try await act.begin("야간 부모상담", for: "N06", until: world.today.adding(days: 60), by: manager)
    try await act.note(
      .init(who: "다솜복지관 길라임", text: "목요일 밤에 두 자리"), on: world.today, of: begun.id, by: manager)
    let page = try await act.read(begun.id, by: world.asker(.colleague))
    #expect(page.development.state == .talking && page.talks.map(\.contact.who) == ["다솜복지관 길라임"])
    let resource = try await KeepResource(world.office)(
      Resource(
        id: world.office.id(at: world.office.clock()), name: "다솜복지관", kind: "ORG-04", formality: "formal",
        place: "community", description: "밤 상담"), by: manager)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await act.end(begun.id, .agreed, with: resource.id, from: begun.version, by: manager)
    }
    try await act.end(begun.id, .agreed, with: resource.id, from: page.development.version, by: manager)
    let ended = try await act.read(begun.id, by: manager)
    #expect(ended.development.state == .agreed && ended.resource == "다솜복지관")
    await #expect(throws: Refusal.conflict(.alreadyClosed)) {
      try await act.note(.init(who: "가", text: "나"), on: world.today, of: begun.id, by: manager)
    }
    await #expect(throws: Refusal.notFound) { try await act.read(begun.id, by: world.asker(.teacher)) }
    #expect(try await ReadGaps(world.office)(by: manager).developments.map(\.title) == ["야간 부모상담"])
    // Whom was spoken to lies sealed.
    let sealed = try await world.database.read { session in
      try session.rows("SELECT sealed FROM development_contact") { try $0.get(0, as: [UInt8].self) }
    }
    #expect(sealed.count == 1 && !String(decoding: sealed[0], as: UTF8.self).contains("길라임"))
  }
}
