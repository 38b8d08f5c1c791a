import CaseWork
import Operations
import Practice
import Store
import TestSupport
import Testing

@Suite struct EvaluationTests {
  @Test(arguments: Engine.available)
  func `the evaluation counts goals, services and scores before and after`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    for (days, total) in [(7, "12"), (14, "6")] {
      world.watch.turn(to: world.today.adding(days: days))
      try await RecordContact(world.office)(
        Filled.contact(world.today, notice: true), in: file.id, by: manager)
      try await WriteRecord(world.office)(
        .score,
        Filled.answers([
          "day": "\(world.today)", "instrument": "psc-17", "respondent": "guardian", "total": total,
        ]), in: file.id, by: manager)
    }
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, -1], adjustments: ["AJ7"]), in: file.id, by: manager)

    let open = try await ReadEvaluation(world.office)(file.id, for: manager)
    #expect(open.record == nil)
    #expect(open.mayWrite)
    #expect(open.goals.map(\.course.last) == [0, -1])
    #expect(open.goals.map(\.textNow) == ["수준 2", "수준 1"])
    #expect(open.scores?.map(\.change) == [-6])
    #expect(open.summary.total.count == 2)
    #expect(open.summary.total.minutes == 40)

    try await Evaluate(world.office)(
      Filled.evaluation(world.today, [1, 0]), in: file.id, finishing: false, by: manager)
    let half = try await ReadEvaluation(world.office)(file.id, for: manager)
    #expect(half.goals.map { $0.course.points.map(\.rating) } == [[0, 1], [-1, 0]])
    #expect(half.summary.reached == 2)
    #expect(half.planVersion == 1)

    let head = try await ReadEvaluation(world.office)(file.id, for: world.asker(.principal))
    #expect(head.scores == nil)
    #expect(!head.mayWrite)
    await #expect(throws: Refusal.notFound) {
      try await ReadEvaluation(world.office)(file.id, for: world.asker(.specialist))
    }
    await #expect(throws: Refusal.notFound) {
      try await ReadEvaluation(world.office)(file.id, for: world.asker(.teacher))
    }
  }

  @Test(arguments: Engine.available)
  func `the closing report is written by rule, says what is missing, and stays`(_ engine: Engine) async throws
  {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    let early = try await ReadClosing(world.office)(file.id, for: manager)
    #expect(early.missing.isEmpty)
    #expect(!early.report.lines.map(\.key).contains("closing.reason"))
    #expect(early.followUps.map(\.due).first == world.today.adding(months: 1))

    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0], adjustments: ["AJ7"]), in: file.id, by: manager)
    let ready = try await ReadClosing(world.office)(file.id, because: "TR-01", for: manager)
    #expect(ready.missing.map(\.code) == ["closure-notice", "evaluation"])
    #expect(ready.isOverridable)
    #expect(ready.mayClose)
    let lists = world.office.practice.codes
    let text = ready.report.lines.map { $0.text(world.office.practice.wordings, lists, .korean) }
    #expect(text.contains { $0.contains("아침을 먹는다") && $0.contains("수준 2") })
    #expect(text.allSatisfy { !$0.contains("{") && !$0.contains("[") }, "\(text)")

    let closed = try await world.closedCase(.garam)
    let page = try await ReadClosing(world.office)(closed.id, for: world.asker(.vicePrincipal))
    #expect(page.record?.approval != nil)
    #expect(!page.mayClose)
    #expect(page.missing.isEmpty)
    #expect(page.followUps.count == 3)
    #expect(page.retention.recordsUntil == closed.closure?.day.adding(months: 60))
    #expect(page.retention.selectionUntil == Day("2037-02-28"))
    await #expect(throws: Refusal.notFound) {
      try await ReadClosing(world.office)(closed.id, for: world.asker(.stranger))
    }
  }

  @Test(arguments: Engine.available)
  func `a reassessment begins with the last answers and shows before and after`(_ engine: Engine) async throws
  {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    let begun = try await ReadReassessment(world.office)(file.id, for: manager)
    #expect(begun.record == nil)
    #expect(begun.before?.kind == .assessment)
    #expect(begun.answers["risk-living"] == "3")
    #expect(begun.answers["day"] == nil)
    #expect(begun.comparison.needs.allSatisfy { $0.change == 0 })
    #expect(begun.missing.map(\.code) == ["monitoring"])

    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0], adjustments: ["AJ6"]), in: file.id, by: manager)
    var answers = Filled.reassessment(world.today)
    answers["needs.0.severity"] = "1"
    answers["risk-living"] = "1"
    let saved = try await Reassess(world.office)(answers, in: file.id, finishing: false, by: manager)
    let half = try await ReadReassessment(world.office)(file.id, for: manager)
    #expect(half.record?.id == saved.id)
    #expect(half.comparison.needs.first { $0.area == "N07" }?.change == -2)
    #expect((half.comparison.riskBefore, half.comparison.riskAfter) == (11, 9))
    try await ApproveRecord(world.office)(saved.id, from: saved.version, in: file.id, by: manager)

    let next = try await ReadReassessment(world.office)(file.id, for: manager)
    #expect(next.record == nil)
    #expect(next.before?.id == saved.id)
    #expect(next.answers["changes"] == nil)
    let past = try await ReadReassessment(world.office)(file.id, record: saved.id, for: manager)
    #expect(past.before?.kind == .assessment)
    #expect(!past.mayWrite)
    await #expect(throws: Refusal.notFound) {
      try await ReadReassessment(world.office)(file.id, for: world.asker(.principal))
    }
  }

  @Test(arguments: Engine.available)
  func `evaluation, closing and reassessment need as many statements for a long case as for a short one`(
    _ engine: Engine
  ) async throws {
    let plain = try await World.make(on: engine)
    let counting = CountingDatabase(plain.database)
    let world = plain.through(counting)
    let manager = world.asker(.caseManager)
    let file = try await plain.servedCase(.harin)
    try await RecordContact(plain.office)(Filled.contact(plain.today), in: file.id, by: manager)
    try await RecordMonitoring(plain.office)(
      Filled.monitoring(plain.today, [0, 0]), in: file.id, by: manager)

    func statements() async throws -> [Int] {
      var counts: [Int] = []
      for read in [
        { _ = try await ReadEvaluation(world.office)(file.id, for: manager) },
        { _ = try await ReadClosing(world.office)(file.id, for: manager) },
        { _ = try await ReadReassessment(world.office)(file.id, for: manager) },
      ] {
        try await read()
        counting.statements.removeAll()
        try await read()
        counts.append(counting.statements.count)
      }
      return counts
    }
    let few = try await statements()
    for _ in 0..<6 {
      plain.watch.turn(to: plain.today.adding(days: 7))
      try await RecordContact(plain.office)(Filled.contact(plain.today), in: file.id, by: manager)
      try await RecordMonitoring(plain.office)(
        Filled.monitoring(plain.today, [1, 0]), in: file.id, by: manager)
    }
    #expect(try await statements() == few)
  }
}
