import CaseWork
import Operations
import TestSupport
import Testing

/// Counselling or treatment without the guardian's consent (초·중등교육법 제18조의5).
@Suite struct EmergencySupportTests {
  private func support(
    _ day: Day, experts: [String], danger: Bool = false, committee: String? = "2026-4차"
  ) -> Answers {
    var fields = ["day": "\(day)", "problem": "결석이 이어지고 무기력하다.", "support": "병원 진료"]
    for (index, profession) in experts.enumerated() {
      fields["experts.\(index).name"] = "전문가 \(index)"
      fields["experts.\(index).profession"] = profession
    }
    if danger {
      fields["life-in-danger"] = "yes"
      fields["danger-why"] = "자해가 있었다."
    }
    fields["committee"] = committee
    return Filled.answers(fields)
  }

  private func recommend(
    _ times: Int, _ outcome: String = "not-followed", in file: CaseFile, _ world: World
  )
    async throws
  {
    for _ in 0..<times {
      try await Recommend(world.office)(
        Filled.answers(["day": "\(world.today)", "expert": "Wee센터", "outcome": outcome]), in: file.id,
        by: world.asker(.caseManager))
    }
  }

  @Test(arguments: Engine.available)
  func `while consent is refused three recommendations, three experts and the committee allow it`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (manager, principal) = (world.asker(.caseManager), world.asker(.principal))
    let opened = try await world.openCase(.narae)
    let file = try await AnswerConsent(world.office)(
      world.agreement([.participation], parties: [.guardian], .no), in: opened.id, by: manager)
    #expect(file.standing == .refused)
    let experts = ["psychiatrist", "mental-health", "clinical-psychologist"]
    let begin = BeginEmergencySupport(world.office)

    try await recommend(1, "reason", in: file, world)
    try await recommend(2, in: file, world)
    await #expect(
      throws: Refusal.notYet([
        Missing("recommendations", at: "recommendation", have: 2, need: 3),
        Missing("experts", at: "emergency-support#experts", have: 1, need: 3),
        Missing("psychiatrist", at: "emergency-support#experts", have: 0, need: 1),
        Missing("committee", at: "emergency-support#committee"),
      ])
    ) {
      try await begin(
        support(world.today, experts: ["mental-health"], committee: nil), in: file.id, by: principal)
    }
    try await recommend(1, in: file, world)
    await #expect(throws: Refusal.notAllowed) {
      try await begin(support(world.today, experts: experts), in: file.id, by: manager)
    }
    await #expect(throws: Refusal.notFound) {
      try await begin(support(world.today, experts: experts), in: file.id, by: world.asker(.teacher))
    }
    let begun = try await begin(support(world.today, experts: experts), in: file.id, by: principal)
    #expect(begun.file.standing == .refused)

    // It ends only with word to the guardian, and what was decided at the beginning stays.
    var end = Filled.answers(["ended": "\(world.today)", "problem": "다른 말"])
    await #expect(
      throws: Refusal.invalid([
        Problem("told-guardian", "required"), Problem("told-method", "required"),
      ])
    ) {
      try await EndEmergencySupport(world.office)(
        begun.id, end, from: begun.version, in: file.id, by: manager)
    }
    end["told-guardian"] = "\(world.today)"
    end["told-method"] = "phone"
    let ended = try await EndEmergencySupport(world.office)(
      begun.id, end, from: begun.version, in: file.id, by: manager)
    #expect(ended.isApproved)
    let page = try await ReadRecord(world.office)(begun.id, in: file.id, for: principal)
    #expect(page.record.answers["problem"] == "결석이 이어지고 무기력하다.")
  }

  @Test func `where life is in danger one recommendation is enough, if it is said why`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.openCase(.narae)
    try await recommend(1, in: file, world)
    let experts = ["psychiatrist", "physician", "mental-health"]
    var answers = support(world.today, experts: experts, danger: true)
    answers["danger-why"] = nil
    await #expect(
      throws: Refusal.notYet([Missing("recommendations", at: "recommendation", have: 1, need: 3)])
    ) {
      try await BeginEmergencySupport(world.office)(answers, in: file.id, by: world.asker(.principal))
    }
    try await BeginEmergencySupport(world.office)(
      support(world.today, experts: experts, danger: true), in: file.id, by: world.asker(.principal))
  }
}
