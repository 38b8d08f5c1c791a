import CaseWork
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing

@Suite struct RecordTests {
  @Test(arguments: Engine.available)
  func `of two savers the second gets both texts, and nothing is lost`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    let record = try await RecordContact(world.office)(
      Filled.contact(world.today, facts: "처음"), in: file.id, by: manager)
    try await WriteRecord(world.office)(
      correcting: record.id, Filled.contact(world.today, facts: "첫째가 고침"), from: 1, in: file.id, by: manager)
    let mine = Filled.contact(world.today, facts: "둘째가 고침")
    do {
      try await WriteRecord(world.office)(correcting: record.id, mine, from: 1, in: file.id, by: manager)
      Issue.record("the second save was taken")
    } catch let conflict as EditConflict {
      #expect(conflict.base?["facts"] == "처음")
      #expect(conflict.theirs.answers["facts"] == "첫째가 고침")
      #expect(conflict.theirs.version == 2)
      #expect(conflict.theirAuthor == "강예담")
      #expect(conflict.mine == mine)
    }
    let page = try await ReadRecord(world.office)(record.id, in: file.id, for: manager)
    #expect(page.record.answers["facts"] == "첫째가 고침")
    #expect(page.versions.map { $0.answers["facts"] } == ["처음"])
  }

  @Test func `an approved record never changes again`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.assessableCase(.harin)
    let saved = try await WriteRecord(world.office)(
      .assessment, Filled.assessment(world.today), in: file.id, finishing: true, by: manager)
    #expect(saved.isApproved)
    await #expect(throws: Refusal.conflict(.alreadyApproved)) {
      try await WriteRecord(world.office)(
        correcting: saved.id, Filled.assessment(world.today), from: 1, in: file.id, by: manager)
    }
  }

  @Test func `only the author or the case manager corrects`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.harin)
    let record = try await RecordContact(world.office)(
      Filled.contact(world.today), in: file.id, by: world.asker(.caseManager))
    try await AddParticipant(world.office)(
      world.id(.colleague), as: .cover, in: file.id, by: world.asker(.caseManager))
    await #expect(throws: Refusal.notAllowed) {
      try await WriteRecord(world.office)(
        correcting: record.id, Filled.contact(world.today), from: 1, in: file.id, by: world.asker(.colleague))
    }
    let covered = try await RecordContact(world.office)(
      Filled.contact(world.today), in: file.id, by: world.asker(.colleague))
    try await WriteRecord(world.office)(
      correcting: covered.id, Filled.contact(world.today, facts: "고침"), from: 1, in: file.id,
      by: world.asker(.caseManager))
  }

  @Test func `an unfinished record is saved with gaps and finished without`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.assessableCase(.harin)
    var half = Filled.answers(["day": "\(world.today)"])
    let saved = try await WriteRecord(world.office)(.assessment, half, in: file.id, by: manager)
    #expect(!saved.isApproved)
    do {
      try await ApproveRecord(world.office)(saved.id, from: 1, in: file.id, by: manager)
      Issue.record("it was finished with gaps")
    } catch Refusal.invalid(let problems) {
      #expect(problems.contains(Problem("level", "required")))
      #expect(Set(problems).count == problems.count)
    }
    await #expect(throws: Refusal.conflict(.alreadyExists)) {
      try await WriteRecord(world.office)(.assessment, half, in: file.id, by: manager)
    }
    half = Filled.assessment(world.today)
    let finished = try await WriteRecord(world.office)(
      correcting: saved.id, half, from: 1, in: file.id, finishing: true, by: manager)
    #expect(finished.isApproved)
    #expect(finished.file.level == .general)
  }

  @Test func `a correction counts once`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    var spent = Filled.contact(world.today)
    spent["amount"] = "60000"
    spent["fund"] = "safety-net"
    spent["expense-kind"] = "meal"
    let code = try #require(
      world.office.practice.codes[CodeList.Name(rawValue: "expense-kind")]?.codes.first?.value)
    spent["expense-kind"] = code
    let record = try await RecordContact(world.office)(spent, in: file.id, by: manager)
    spent["amount"] = "70000"
    try await WriteRecord(world.office)(correcting: record.id, spent, from: 1, in: file.id, by: manager)
    let use = try await ReadBudget(world.office)(file.id, for: manager).first { $0.fund == "safety-net" }
    #expect(use?.student == 70000)
    #expect(use?.studentLimit == 100_000)

    // The next one would pass the limit: it needs a reason, and with one it is taken.
    await #expect(throws: Refusal.invalid([Problem("over-reason", "over-budget-student", "40000")])) {
      try await RecordContact(world.office)(spent, in: file.id, by: manager)
    }
    spent["over-reason"] = "겨울옷이 급했다."
    try await RecordContact(world.office)(spent, in: file.id, by: manager)
  }

  @Test func `a monitoring adjusts at once: level, reassessment, evaluation, urgency`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    world.watch.turn(to: world.today.adding(days: 14))
    var changed = Filled.monitoring(world.today, [0, -1], adjustments: ["AJ5"])
    changed["level"] = "3"
    var saved = try await RecordMonitoring(world.office)(changed, in: file.id, by: manager)
    #expect(saved.file.stage == .monitoring)
    #expect(saved.file.level == .intensive)
    saved = try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, -1], adjustments: ["AJ8"]), in: file.id, by: manager)
    #expect(saved.file.level == .urgent)
    #expect(
      try await ReadToday(world.office)(for: world.asker(.principal)).entries(in: .news).contains {
        if case .notice(let notice) = $0.kind { notice.kind == .unsafe } else { false }
      })
    saved = try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, -1], adjustments: ["AJ6"]), in: file.id, by: manager)
    #expect(saved.file.stage == .reassessment)
    let start = try await BeginRecord(world.office)(.reassessment, in: file.id, for: manager)
    #expect(start.answers["basic-learning"] == "not-reached")
    #expect(start.answers["day"] == nil)
    let again = try await Reassess(world.office)(
      Filled.reassessment(world.today, decision: "change-plan"), in: file.id, by: manager)
    #expect(again.file.stage == .planning)

    let next = try await BeginRecord(world.office)(.plan, in: file.id, for: manager)
    #expect(next.answers["long-term"] == "아침을 먹고 들어가고 싶어요.")
    #expect(next.answers["agree-student"] == nil)
    var answers = Filled.plan(world.today)
    answers["change-why"] = "목표를 바꾸었다."
    answers["goals.0.goal"] = "아침을 스스로 챙긴다"
    let plan = try await WriteRecord(world.office)(.plan, answers, in: file.id, finishing: true, by: manager)
    #expect(plan.series == 2)
    let page = try await ReadRecord(world.office)(plan.id, in: file.id, for: manager)
    #expect(page.before?.series == 1)
    #expect(page.difference?.lines.contains { $0.path == "goals.0.goal" } ?? false)
    try await ApprovePlan(world.office)(plan.id, from: 1, in: file.id, by: world.asker(.vicePrincipal))
  }

  @Test func `a group session writes one record a child, without the names of the others`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let first = try await world.servedCase(.harin)
    let second = try await world.servedCase(.garam)
    let third = try await world.servedCase(.noeul)
    let session = Filled.contact(world.today, facts: "함께 김밥을 만들었다.")
    await #expect(throws: Refusal.invalid([Problem("students.0.line", "names-another-student")])) {
      try await RecordGroupSession(world.office)(
        session, for: [.init(first.id, line: "가람이와 짝이 되었다."), .init(second.id)], by: manager)
    }
    let saved = try await RecordGroupSession(world.office)(
      session,
      for: [
        .init(first.id, line: "하린이가 먼저 나섰다."), .init(second.id, line: "조용히 도왔다."),
        .init(third.id, isPresent: false),
      ], by: manager)
    #expect(saved.map(\.file.id) == [first.id, second.id])
    let record = try await ReadRecord(world.office)(saved[1].id, in: second.id, for: manager).record
    #expect(record.answers["facts"] == "함께 김밥을 만들었다.\n조용히 도왔다.")
    // How many were there is told once a record; added up over the cases, each child counts once.
    #expect(record.answers["group"] == "2" && record.answers["people"] == nil)
    let people = try await world.database.read { session in
      try session.row("SELECT sum(people) FROM service_given WHERE school_id = \(world.school.id)") {
        try $0.get(0, as: Int.self)
      }
    }
    #expect(people == 2)
    #expect(try await ReadCase(world.office)(third.id, for: manager).counts[.contact] == nil)
  }

  @Test func `in an emergency a line is enough, and the rest is due in two days`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    var answers = Filled.answers(["day": "\(world.today)", "told-guardian": "no"])
    answers[all: "red-flags"] = ["RF-01"]
    let saved = try await StartEmergency(world.office)(
      answers, for: world.student(.narae), in: world.school.id, by: manager)
    #expect(saved.file.level == .urgent)
    #expect(!saved.isApproved)
    let page = try await ReadCase(world.office)(saved.file.id, for: manager)
    #expect(page.dues.first { $0.kind == "emergency-completion" }?.day == world.today.adding(days: 2))
    let news = try await ReadToday(world.office)(for: world.asker(.principal)).entries(in: .news)
    #expect(news.map(\.about?.student.name) == ["임나래"])
  }

  @Test func `only consented items leave for the next school, and the ledger has a row`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.garam)
    var summary = Filled.answers([
      "day": "\(world.today)", "to": "너른들초(가상)", "summary-learning": "읽기가 늘었다.",
      "summary-emotion": "수업 중 운 적이 있다.",
    ])
    summary[all: "items"] = ["learning", "emotion"]
    do {
      try await TransferOut(world.office)(summary, in: file.id, by: manager)
      Issue.record("it left without consent")
    } catch Refusal.notYet(let missing) {
      #expect(missing.map(\.code) == ["consent-transfer-student", "consent-transfer-guardian"])
    }
    try await AnswerConsent(world.office)(
      world.agreement([.transfer], items: ["learning", "meals"]), in: file.id, by: manager)
    await #expect(throws: Refusal.invalid([Problem("items", "not-consented", "emotion")])) {
      try await TransferOut(world.office)(summary, in: file.id, by: manager)
    }
    summary[all: "items"] = ["learning"]
    let saved = try await TransferOut(world.office)(summary, in: file.id, by: manager)
    let record = try await ReadRecord(world.office)(saved.id, in: file.id, for: manager).record
    #expect(record.answers["summary-learning"] == "읽기가 늘었다.")
    #expect(record.answers["summary-emotion"] == nil)
    let ledger = try await world.database.read { try $0.disclosures(of: file).all().map(\.disclosure) }
    #expect(ledger.map(\.items) == [["learning"]])
    #expect(ledger.first?.consent != nil)
  }
}
