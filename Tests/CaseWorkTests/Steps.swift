import CaseWork
import Testing

@Suite struct Steps {
  private static let toAssessment = Workflow.Step(
    id: "to-assessment", from: [.intake], to: .assessment, act: .assess,
    needs: [
      .init(
        rule: .mark(.intake, "risk-screened", atLeast: 1), missing: "risk-screening",
        place: "intake#risk-screened"),
      .init(
        rule: .any([.consent(.participation), .record(.emergency, approved: false, atLeast: 1)]),
        missing: "consent-participation", place: "consent"),
    ], isOverridable: false, isMain: true)
  private static let toClosure = Workflow.Step(
    id: "to-evaluation", from: [.monitoring], to: .evaluation, act: .evaluate,
    needs: [
      .init(
        rule: .total(.contact, "closure-notice", atLeast: 2), missing: "closure-notices", place: "contact")
    ],
    isOverridable: true, isMain: true)
  private static let workflow = Workflow(steps: [toAssessment, toClosure])
  private let day = World.day("2026-04-06")

  @Test func `a gate shows what is there and what is missing, party by party`() {
    let facts = World.facts(consents: [World.consent(.participation, .student, .yes, on: "2026-04-06")])
    let lines = Self.workflow.gate(of: Self.toAssessment, facts, on: day)
    #expect(
      lines.map { "\($0.code) \($0.isDone)" } == [
        "risk-screening false", "consent-participation-student true", "consent-participation-guardian false",
      ])
    #expect(
      Self.workflow.missing(for: Self.toAssessment, facts, on: day).map(\.place) == [
        "intake#risk-screened", "consent",
      ])
    #expect(Self.workflow.nextSteps(facts).map(\.id) == ["to-assessment"])
  }

  @Test func `an emergency goes on before consent`() throws {
    let facts = World.facts(
      World.file,
      [.intake: World.fact("2026-04-03", ["risk-screened": 1]), .emergency: World.fact("2026-04-03")])
    let missing = Self.workflow.missing(for: Self.toAssessment, facts, on: day)
    #expect(missing.isEmpty)
    let change = try World.file.taking(Self.toAssessment, missing: missing, World.doing("2026-04-06"))
    #expect(change.file.stage == .assessment)
    #expect(change.transition.reason == "gate-passed")
  }

  @Test func `a gate that is not passed refuses, unless it may be passed over with a reason`() throws {
    let facts = World.facts(tallies: [
      .init(record: World.fact("2026-04-03").id, kind: .contact, mark: "closure-notice", count: 1)
    ])
    let missing = Self.workflow.missing(for: Self.toClosure, facts, on: day)
    #expect(missing == [Missing("closure-notices", at: "contact", have: 1, need: 2)])
    var file = World.file
    file.stage = .monitoring
    #expect(throws: Refusal.notYet(missing)) {
      try file.taking(Self.toClosure, missing: missing, World.doing("2026-04-06"))
    }
    let change = try file.taking(
      Self.toClosure, missing: missing, overriding: "전출이 내일이에요", World.doing("2026-04-06"))
    #expect(change.transition.reason == "override")
    let fixed = [Missing("risk-screening", at: "intake")]
    #expect(throws: Refusal.notYet(fixed)) {
      try World.file.taking(Self.toAssessment, missing: fixed, overriding: "급해요", World.doing("2026-04-06"))
    }
    #expect(throws: Refusal.self) {
      try World.file.taking(Self.toClosure, missing: [], World.doing("2026-04-06"))
    }
  }

  @Test func `an intake that does not lead to case management ends with a reason`() throws {
    #expect(throws: Refusal.invalid([Problem("decision-reason", "required")])) {
      try World.file.deciding(.information, reason: nil, World.doing("2026-04-03"))
    }
    let ended = try World.file.deciding(.simpleLinkage, reason: "급식카드만 필요", World.doing("2026-04-03")).file
    #expect(ended.standing == .notSelected)
    #expect(throws: Refusal.conflict(.alreadyClosed)) {
      try ended.changing(to: .general, World.doing("2026-04-04"))
    }
    #expect(
      try World.file.deciding(.caseManagement, reason: nil, World.doing("2026-04-03")).file.standing == .open)
  }

  @Test func `a closed case stays as it is, is followed up, ends, and comes back as a new episode`() throws {
    let closed = try World.file.closed(because: "TR-01", and: ["TR-04"], World.doing("2026-09-18")).file
    #expect(closed.standing == .closed)
    #expect(closed.stage == .followUp)
    #expect(throws: Refusal.conflict(.alreadyClosed)) {
      try closed.closed(because: "TR-02", World.doing("2026-09-19"))
    }
    #expect(throws: Refusal.self) {
      try World.file.closed(because: "TR-01", and: ["TR-02", "TR-03", "TR-04"], World.doing("2026-09-18"))
    }
    var followUps = World.policy.followUps(after: World.day("2026-09-18"))
    #expect(followUps.map(\.due.description) == ["2026-10-18", "2026-11-18", "2026-12-18"])
    let dues = Clocks.dues(
      World.facts(closed, followUps: followUps), policy: World.policy, calendar: SchoolCalendar(), on: day)
    #expect(dues.map(\.number) == [1, 2, 3])
    #expect(throws: Refusal.self) { try closed.ended(followUps, World.doing("2026-12-18")) }
    followUps = followUps.map { .init(number: $0.number, due: $0.due, doneOn: $0.due) }
    let ended = try closed.ended(followUps, World.doing("2026-12-18")).file
    #expect(ended.standing == .ended)
    let change = try ended.reopened(
      as: ID(World.uuid(60)), number: "26-031", referral: nil, manager: World.manager,
      World.doing("2027-01-20"))
    #expect(change.file.episode == 2)
    #expect(change.file.previous == World.file.id)
    #expect(change.file.stage == .intake)
    #expect(change.file.closure == nil)
    #expect(throws: Refusal.conflict(.alreadyExists)) {
      try World.file.reopened(
        as: ID(World.uuid(60)), number: "26-031", referral: nil, manager: World.manager,
        World.doing("2027-01-20"))
    }
  }

  @Test func `a suspended case waits and goes on`() throws {
    let waiting = try World.file.suspended(because: "vacation", World.doing("2026-07-20")).file
    #expect(waiting.heldSince == World.day("2026-07-20"))
    #expect(throws: Refusal.conflict(.held)) { try waiting.changing(to: .general, World.doing("2026-07-21")) }
    #expect(try waiting.resumed(World.doing("2026-08-20")).file.standing == .open)
  }

  @Test func `what opened a gate the last time round does not open it again`() {
    let reassessed = Workflow.Step(
      id: "on", from: [.reassessment], to: .service, act: .reassess,
      needs: [
        .init(
          rule: .record(.reassessment, approved: true, atLeast: 1, since: .stage), missing: "reassessment",
          place: "reassessment"),
        .init(rule: .mark(.plan, "goals", atLeast: 1, since: .stage), missing: "goals", place: "plan"),
        .init(
          rule: .total(.contact, "closure-notice", atLeast: 1, since: .approval(of: .plan)),
          missing: "notice", place: "contact"),
      ], isOverridable: false, isMain: true)
    func missing(_ recorded: String, since: String) -> [String] {
      let facts = World.facts(
        World.file,
        [
          .reassessment: World.fact(recorded), .plan: World.fact("2026-05-01", ["goals": 2]),
        ],
        tallies: [
          .init(record: World.fact(recorded).id, kind: .contact, mark: "closure-notice", count: 1)
        ], since: since)
      return Workflow(steps: []).missing(for: reassessed, facts, on: day).map(\.code)
    }
    #expect(missing("2026-05-01", since: "2026-05-01").isEmpty)
    #expect(missing("2026-06-01", since: "2026-06-01") == ["goals"])
    #expect(missing("2026-04-30", since: "2026-05-01") == ["reassessment", "notice"])
  }
}
