import CaseWork
import Operations
import Repositories
import TestSupport
import Testing

/// One case the whole way, as the people of the school would lead it.
@Suite struct JourneyTests {
  @Test(arguments: Engine.available)
  func `a case goes from the referral to the second follow-up, and begins again as a new episode`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let closed = try await world.closedCase(.harin)
    #expect(closed.standing == .closed)
    #expect(closed.stage == .followUp)
    #expect(closed.number == "26-001")
    #expect(closed.closure?.reason == "TR-01")

    var page = try await ReadCase(world.office)(closed.id, for: manager)
    #expect(page.followUps.count == 3)
    #expect(page.dues.map(\.kind) == ["follow-up", "follow-up", "follow-up"])
    #expect(
      page.stages.filter { $0.progress == .done }.map(\.stage) == [
        .intake, .assessment, .planning, .service, .monitoring, .evaluation,
      ])
    #expect(page.plan?.scoreBefore?.tenths != page.plan?.scoreNow?.tenths)
    #expect(page.plan?.courses.map(\.last) == [1, 0])
    #expect(page.referral == .closed)

    world.watch.turn(to: page.followUps[0].due)
    let first = try await RecordFollowUp(world.office)(
      Filled.followUp(world.today), in: closed.id, by: manager)
    #expect(first.file.standing == .closed)
    world.watch.turn(to: page.followUps[1].due)
    let second = try await RecordFollowUp(world.office)(
      Filled.followUp(world.today, action: "end"), in: closed.id, by: manager)
    #expect(second.file.standing == .ended)

    let again = try await ReopenCase(world.office)(closed.id, by: manager)
    #expect(again.episode == 2)
    #expect(again.previous == closed.id)
    #expect(again.number == "26-002")
    #expect(again.stage == .intake)

    let start = try await BeginRecord(world.office)(.intake, in: again.id, for: manager)
    #expect(start.answers.isEmpty)
    page = try await ReadCase(world.office)(again.id, for: manager)
    #expect(page.consents.allSatisfy { !$0.isGiven })
    let old = try await ReadCase(world.office)(closed.id, for: manager)
    #expect(old.file.standing == .ended)
    #expect(old.counts[.contact] == 2)
  }

  @Test func `a second episode is offered the strengths of the first, unconfirmed, and nothing else`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let closed = try await world.closedCase(.harin)
    let again = try await ReopenCase(world.office)(closed.id, by: manager)
    let intake = try await WriteRecord(world.office)(
      .intake, Filled.intake(world.today), in: again.id, by: manager)
    try await DecideIntake(world.office)(intake.id, from: 1, in: again.id, by: manager)
    try await AnswerConsent(world.office)(world.agreement(), in: again.id, by: manager)
    try await TakeStep(world.office)("to-assessment", in: again.id, by: manager)
    let start = try await BeginRecord(world.office)(.assessment, in: again.id, for: manager)
    #expect(start.answers.rows("strengths").map { $0["what"] } == ["그림을 잘 그린다", "외할머니와 정이 깊다"])
    #expect(start.answers.rows("needs").isEmpty)
    #expect(Set(start.unconfirmed) == Set(start.answers.paths))
  }

  @Test func `what is referred of a student with an open case goes on there, and nobody opens a second one`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    let open = try await world.openCase(.harin)
    let (joining, unseen) = (try await world.refer(.harin), try await world.refer(.harin))
    let receive = ReceiveReferral(world.office)
    #expect(try await receive(joining, by: world.asker(.caseManager)).id == open.id)
    // Whoever does not see that case learns no more than that there is one.
    await #expect(throws: Refusal.conflict(.alreadyExists)) {
      try await receive(unseen, by: world.asker(.colleague))
    }
  }

  @Test func `a suspended case waits with its clocks and goes on where it stood`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    let waiting = try await SuspendCase(world.office)(file.id, because: "vacation", by: manager)
    #expect(waiting.standing == .suspended)
    var page = try await ReadCase(world.office)(file.id, for: manager)
    #expect(page.dues.isEmpty)
    await #expect(throws: Refusal.conflict(.held)) {
      try await RecordMonitoring(world.office)(
        Filled.monitoring(world.today, [0, 0]), in: file.id, by: manager)
    }
    world.watch.turn(to: world.today.adding(days: 20))
    try await ResumeCase(world.office)(file.id, by: manager)
    page = try await ReadCase(world.office)(file.id, for: manager)
    #expect(page.file.stage == .service)
    #expect(page.dues.contains { $0.kind == "monitoring" })
  }
}
