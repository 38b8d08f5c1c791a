import CaseWork
import Operations
import Repositories
import TestSupport
import Testing

/// Somebody asks to read the record (개인정보 보호법 제35조).
@Suite struct AccessRequestTests {
  private func asked(_ day: Day) -> Answers {
    Filled.answers([
      "day": "\(day)", "asker": "legal-guardian", "identity": "signature", "asked": "상담기록을 모두 보고 싶다.",
    ])
  }

  private func answered(_ day: Day, _ asked: Answers) -> Answers {
    var answers = asked
    let answer = [
      "answered": "\(day)", "decision": "part", "decided-by": "학교장", "student-opinion": "제가 한 말은 빼 주세요.",
      "told-method": "paper", "objection-told": "yes", "withheld.0.what": "contact",
      "withheld.0.ground": "harm", "withheld.0.why": "비밀로 한 이야기가 있다.", "withheld.1.what": "student-words",
      "withheld.1.ground": "harm", "withheld.1.why": "학생이 원하지 않는다.", "withheld.2.what": "third-parties",
      "withheld.2.ground": "harm", "withheld.2.why": "이모의 이야기이다.",
    ]
    for (path, text) in answer { answers[path] = text }
    answers[all: "shown"] = ["plan", "evaluation", "monitoring"]
    return answers
  }

  @Test(arguments: Engine.available)
  func `a request is due in ten days also after the end, and the copy leaves out what is withheld`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    try await EditHousehold(world.office).add(
      Relative(id: world.office.id(at: world.watch.now()), relation: "RS13", name: "한이모"),
      to: world.student(.harin), by: manager.staff)
    let file = try await world.servedCase(.harin)
    try await RecordContact(world.office)(
      Filled.contact(world.today, facts: "비밀로 해 달라고 했다."), in: file.id, by: manager)
    var monitoring = Filled.monitoring(world.today, [0, 0], adjustments: ["AJ7"])
    monitoring["changes"] = "한이모 집에서 지낸다."
    try await RecordMonitoring(world.office)(monitoring, in: file.id, by: manager)
    try await Evaluate(world.office)(Filled.evaluation(world.today, [1, 0]), in: file.id, by: manager)
    try await CloseCase(world.office)(
      Filled.closure(world.today), in: file.id, overriding: "전화로 알렸다.", by: manager)

    world.watch.turn(to: .on("2026-10-12"))
    let request = try await ReceiveAccessRequest(world.office)(
      asked(world.today), in: file.id, by: manager)
    let due = try await ReadCase(world.office)(file.id, for: manager).dues.first {
      $0.kind == "access-request"
    }
    #expect(due == Due(kind: "access-request", day: .on("2026-10-22"), calendar: .civil))
    let news = try await ReadToday(world.office)(for: world.asker(.principal)).entries(in: .news)
    #expect(
      news.contains {
        if case .notice(let notice) = $0.kind { notice.kind == .accessAsked } else { false }
      })

    let answers = answered(.on("2026-10-21"), asked(world.today))
    var bare = answers
    bare["student-opinion"] = nil
    bare = bare.replacing("withheld", with: [])
    await #expect(
      throws: Refusal.invalid([Problem("student-opinion", "required"), Problem("withheld", "required")])
    ) {
      try await AnswerAccessRequest(world.office)(
        request.id, bare, from: request.version, in: file.id, by: manager)
    }
    let saved = try await AnswerAccessRequest(world.office)(
      request.id, answers, from: request.version, in: file.id, by: manager)
    #expect(saved.isApproved)
    #expect(
      try await !ReadCase(world.office)(file.id, for: manager).dues.contains { $0.kind == "access-request" })

    let copy = try await ReadAccessCopy(world.office)(request.id, in: file.id, for: manager)
    #expect(Set(copy.records.map(\.kind)) == [.plan, .monitoring, .evaluation])
    let said = copy.records.flatMap { record in
      record.answers.paths.flatMap { record.answers[all: $0] }
    }.joined(separator: "\n")
    #expect(said.contains("○○○ 집에서 지낸다."))
    for hidden in ["한이모", "비밀", "이제 배가 안 고파요.", "아침을 먹고 들어가고 싶어요."] {
      #expect(!said.contains(hidden), "\(hidden)")
    }
    #expect(copy.withheld.map(\.ground) == ["harm", "harm", "harm"])
  }

  @Test func `whose answer it is not neither writes nor copies, and most do not know of it`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.servedCase(.harin)
    let request = try await ReceiveAccessRequest(world.office)(
      asked(world.today), in: file.id, by: world.asker(.caseManager))
    #expect(
      try await ReadRecord(world.office)(request.id, in: file.id, for: world.asker(.principal)).record
        .answers["asked"] != nil)
    await #expect(throws: Refusal.notAllowed) {
      try await ReadAccessCopy(world.office)(request.id, in: file.id, for: world.asker(.principal))
    }
    for person in [World.Person.vicePrincipal, .teacher, .stranger, .privacyOfficer, .administrator] {
      await #expect(throws: Refusal.notFound) {
        try await ReadRecord(world.office)(request.id, in: file.id, for: world.asker(person))
      }
      await #expect(throws: Refusal.notFound) {
        try await ReadAccessCopy(world.office)(request.id, in: file.id, for: world.asker(person))
      }
    }
    await #expect(throws: Refusal.conflict(.alreadyExists)) {
      try await ReceiveAccessRequest(world.office)(
        asked(world.today), in: file.id, by: world.asker(.caseManager))
    }
  }
}
