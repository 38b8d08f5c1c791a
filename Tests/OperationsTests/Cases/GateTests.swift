import CaseWork
import Operations
import Repositories
import TestSupport
import Testing

@Suite struct GateTests {
  @Test func `without intake and consent there is no assessment, and each missing thing is named`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    let file = try await world.openCase(.harin)
    let missing = await missing {
      try await TakeStep(world.office)("to-assessment", in: file.id, by: world.asker(.caseManager))
    }
    #expect(missing.map(\.code).contains("intake"))
    #expect(missing.map(\.code).contains("participation-guardian"))
    #expect(missing.map(\.code).contains("participation-student"))
    // Nine years old: the legal guardian answers for the data, the student does not.
    #expect(missing.map(\.code).contains("collection-guardian"))
    #expect(!missing.map(\.code).contains("collection-student"))
  }

  @Test func `one strength is not enough for the selection`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.assessableCase(.harin)
    try await WriteRecord(world.office)(
      .assessment, Filled.assessment(world.today, strengths: 1), in: file.id, finishing: true, by: manager)
    let minutes = try await WriteRecord(world.office)(
      .conference, Filled.conference(world.today), in: file.id, by: manager)
    let missing = await missing {
      try await SelectCase(world.office)(minutes.id, from: 1, in: file.id, by: world.asker(.vicePrincipal))
    }
    #expect(missing.map(\.code) == ["strengths"])
    #expect(missing.first?.have == 1)
    #expect(missing.first?.need == 2)
  }

  @Test func `the vice principal must be at the selection`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.assessableCase(.harin)
    try await WriteRecord(world.office)(
      .assessment, Filled.assessment(world.today), in: file.id, finishing: true, by: manager)
    let minutes = try await WriteRecord(world.office)(
      .conference, Filled.conference(world.today, parts: ["homeroom"]), in: file.id, by: manager)
    let missing = await missing {
      try await SelectCase(world.office)(minutes.id, from: 1, in: file.id, by: manager)
    }
    #expect(missing.map(\.code) == ["vice-principal"])
  }

  @Test func `a plan that nobody agreed to is not approved, nor one that was not handed in`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let principal = world.asker(.principal)
    let file = try await world.plannableCase(.harin)
    let plan = try await WriteRecord(world.office)(
      .plan, Filled.plan(world.today, agreed: false), in: file.id, by: manager)
    #expect(
      await missing { try await ApprovePlan(world.office)(plan.id, from: 1, in: file.id, by: principal) }
        .map(\.code) == ["plan-handed-in"])
    try await ApproveRecord(world.office)(plan.id, from: 1, in: file.id, by: manager)
    #expect(
      await missing { try await ApprovePlan(world.office)(plan.id, from: 1, in: file.id, by: principal) }
        .map(\.code) == ["agree-student", "agree-guardian"])
  }

  @Test func `goals are reached only where they were evaluated, and the end is announced twice`() async throws
  {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    #expect(
      await missing {
        try await CloseCase(world.office)(Filled.closure(world.today), in: file.id, by: manager)
      }.map(\.code) == ["evaluation"])

    world.watch.turn(to: world.today.adding(days: 30))
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0], adjustments: ["AJ7"]), in: file.id, by: manager)
    try await Evaluate(world.office)(Filled.evaluation(world.today, [0, 0]), in: file.id, by: manager)
    #expect(
      await missing {
        try await CloseCase(world.office)(Filled.closure(world.today), in: file.id, by: manager)
      }.map(\.code) == ["closure-notice"])
    let closed = try await CloseCase(world.office)(
      Filled.closure(world.today), in: file.id, overriding: "전화로 두 번 이야기했다.", by: manager)
    #expect(closed.file.standing == .closed)
  }

  @Test func `who moves away may leave early, with the reason`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.assessableCase(.garam)
    let closed = try await CloseCase(world.office)(
      Filled.closure(world.today, reason: "TR-03"), in: file.id, by: world.asker(.caseManager))
    #expect(closed.file.closure?.reason == "TR-03")
  }

  @Test func `an intake that decides against a case ends it with a reason and a reply`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.openCase(.harin)
    let intake = try await WriteRecord(world.office)(
      .intake, Filled.intake(world.today, decision: "not-selected"), in: file.id,
      by: world.asker(.caseManager))
    let ended = try await DecideIntake(world.office)(
      intake.id, from: 1, in: file.id, by: world.asker(.caseManager))
    #expect(ended.standing == .notSelected)
    let mine = try await MyReferrals(world.office)(for: world.asker(.teacher))
    #expect(mine.first?.status == .notSelected)
    #expect(mine.first?.replies.last?.text == "여러 가지를 함께 도와야 한다.")
    await #expect(throws: Refusal.conflict(.alreadyClosed)) {
      try await RecordContact(world.office)(
        Filled.contact(world.today), in: file.id, by: world.asker(.caseManager))
    }
  }

  /// What a refused step says is missing.
  private func missing(_ body: () async throws -> some Any) async -> [Missing] {
    do {
      _ = try await body()
    } catch Refusal.notYet(let missing) {
      return missing
    } catch {
      Issue.record(error)
    }
    return []
  }
}
