import CaseWork
import Operations
import TestSupport
import Testing

/// A case that comes round again: no gate is opened by what opened it the last time.
@Suite struct LoopTests {
  @Test(arguments: Engine.available)
  func `after a reassessment the case is monitored anew before it is reassessed or evaluated again`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    world.watch.turn(to: world.today.adding(days: 30))
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0], adjustments: ["AJ6"]), in: file.id, by: manager)
    #expect(try await world.missing("reassessed-to-service", in: file) == ["reassessment-finished"])
    let back = try await Reassess(world.office)(
      Filled.reassessment(world.today), in: file.id, by: manager
    ).file
    #expect(back.stage == .service)

    // Same day, same records: nothing of the last round counts.
    #expect(try await world.missing("to-monitoring", in: file) == ["monitoring"])
    #expect(try await world.missing("to-reassessment", in: file) == ["monitoring"])
    #expect(try await world.missing("to-evaluation", in: file) == ["monitoring"])
    await #expect(throws: Refusal.notYet([Missing("monitoring", at: "monitoring#ratings")])) {
      try await TakeStep(world.office)("to-monitoring", in: file.id, by: manager)
    }

    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0], adjustments: ["AJ6"]), in: file.id, by: manager)
    #expect(try await world.missing("reassessed-to-service", in: file) == ["reassessment-finished"])
    #expect(try await world.missing("reassessed-to-planning", in: file) == ["reassessment-finished"])
    #expect(try await world.missing("reassessed-to-evaluation", in: file) == ["reassessment-finished"])
    let ending = try await Reassess(world.office)(
      Filled.reassessment(world.today, decision: "close"), in: file.id, by: manager
    ).file
    #expect(ending.stage == .evaluation)
  }

  @Test(arguments: Engine.available)
  func `a changed plan is a new version with its own goals and agreement`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    for _ in 0..<2 {
      try await RecordContact(world.office)(
        Filled.contact(world.today, notice: true), in: file.id, by: manager)
    }
    world.watch.turn(to: world.today.adding(days: 30))
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0], adjustments: ["AJ6"]), in: file.id, by: manager)
    let planning = try await Reassess(world.office)(
      Filled.reassessment(world.today, decision: "change-plan"), in: file.id, by: manager
    ).file
    #expect(planning.stage == .planning)
    #expect(
      try await world.missing("to-service", in: file) == [
        "goals", "ladders", "actions", "agree-student", "agree-guardian",
      ])
    await #expect(throws: Refusal.self) {
      try await TakeStep(world.office)("to-service", in: file.id, by: world.asker(.principal))
    }
    let plan = try await WriteRecord(world.office)(
      .plan, Filled.plan(world.today), in: file.id, finishing: true, by: manager)
    #expect(plan.series == 2)
    let served = try await ApprovePlan(world.office)(
      plan.id, from: plan.version, in: file.id, by: world.asker(.principal))
    #expect(served.stage == .service)
    #expect(try await world.missing("to-monitoring", in: file) == ["monitoring"])

    // Finishing an evaluation brings the case there; an end announced under the old plan is announced anew.
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0]), in: file.id, by: manager)
    let evaluated = try await Evaluate(world.office)(
      Filled.evaluation(world.today, [1, 1]), in: file.id, by: manager)
    #expect(evaluated.file.stage == .evaluation)
    #expect(try await world.missing("to-closure", in: file) == ["closure-notice"])
  }

  @Test(arguments: Engine.available)
  func `ratings stay with the plan they were made by, also when they are corrected later`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    world.watch.turn(to: world.today.adding(days: 30))
    let old = try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [1, -1], adjustments: ["AJ6"]), in: file.id, by: manager)
    let oldDay = world.today
    try await Reassess(world.office)(
      Filled.reassessment(world.today, decision: "change-plan"), in: file.id, by: manager)
    // The second version has one goal: what was goal 2, unchanged.
    var answers = try await BeginRecord(world.office)(.plan, in: file.id, for: manager).answers
    answers = answers.replacing("goals", with: [answers.rows("goals")[1]])
    answers["change-why"] = "아침은 이제 먹는다."
    for party in ["student", "guardian"] {
      answers["agree-\(party)"] = "yes"
      answers["agree-\(party)-day"] = "\(world.today)"
      answers["agree-\(party)-method"] = "paper"
    }
    let plan = try await WriteRecord(world.office)(
      .plan, answers, in: file.id, finishing: true, by: manager)
    try await ApprovePlan(world.office)(
      plan.id, from: plan.version, in: file.id, by: world.asker(.principal))
    world.watch.turn(to: world.today.adding(days: 30))
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0]), in: file.id, by: manager)
    var course = try await ReadCase(world.office)(file.id, for: manager).plan?.courses
    #expect(course?.map { $0.points.map(\.rating) } == [[-1, 0]])
    #expect(course?.map(\.since) == [1])

    // A slip of the pen in the first monitoring is mended: both goals of its own plan may be rated.
    try await WriteRecord(world.office)(
      correcting: old.id, Filled.monitoring(oldDay, [1, -2], adjustments: ["AJ6"]), from: 1, in: file.id,
      by: manager)
    course = try await ReadCase(world.office)(file.id, for: manager).plan?.courses
    #expect(course?.map { $0.points.map(\.rating) } == [[-2, 0]])
    let page = try await ReadEvaluation(world.office)(file.id, for: manager)
    #expect(page.goals.map { $0.course.points.map(\.rating) } == [[-2, 0]])
    #expect(page.planVersion == 2)
    await #expect(throws: Refusal.invalid([Problem("ratings.1.goal", "no-such-goal", "2")])) {
      try await RecordMonitoring(world.office)(
        Filled.monitoring(world.today, [0, 0]), in: file.id, by: manager)
    }
  }
}

extension World {
  /// What a step of the case's page still lacks.
  fileprivate func missing(_ step: String, in file: CaseFile) async throws -> [String] {
    let page = try await ReadCase(office)(file.id, for: asker(.caseManager))
    let gate = try #require(page.gates.first { $0.step.id == step })
    return gate.lines.filter { !$0.isDone }.map(\.code)
  }
}
