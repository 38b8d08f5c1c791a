import CaseWork
import Testing

@Suite struct Counting {
  private func goal(_ row: Int, weight: Int, baseline: Int) -> [String: [String]] {
    var values: [String: [String]] = [
      "goals.\(row).goal": ["목표"], "goals.\(row).weight": ["\(weight)"],
      "goals.\(row).baseline": ["\(baseline)"],
    ]
    for name in Ladder.names { values["goals.\(row).\(name)"] = ["수준 \(name)"] }
    return values
  }

  private var plan: Answers {
    var values = goal(0, weight: 3, baseline: -1)
    values.merge(goal(1, weight: 3, baseline: -2)) { a, _ in a }
    values.merge(goal(2, weight: 2, baseline: -1)) { a, _ in a }
    values["agree-student"] = ["yes"]
    values["agree-guardian"] = ["not-asked"]
    return Answers(values)
  }

  private let evaluation = Answers([
    "ratings.0.goal": ["1"], "ratings.0.rating": ["1"], "ratings.1.goal": ["2"], "ratings.1.rating": ["0"],
    "ratings.2.goal": ["3"], "ratings.2.rating": ["0"], "late-before": ["9"], "late-after": ["2"],
    "satisfaction-student": ["5"],
  ])

  @Test func `a plan counts its goals, ladders and agreements`() {
    let marks = Marks(of: .plan, answers: plan)
    #expect((marks["goals"], marks["ladders"], marks["ladders-all"]) == (3, 3, 1))
    #expect((marks["agree-student"], marks["agree-guardian"]) == (1, 0))
    var signed = plan
    signed["unsigned-why"] = "전화로 두 번 연락했으나 받지 않음"
    #expect(Marks(of: .plan, answers: signed)["agree-guardian"] == 1)
    signed["agree-guardian"] = "no"
    #expect(Marks(of: .plan, answers: signed)["agree-guardian"] == 0)
    #expect(Plan(plan).baselineScore?.description == "31.3")
  }

  @Test func `an assessment counts needs, strengths, voices and the three inputs the law names`() {
    let answers = Answers([
      "needs.0.area": ["N01"], "needs.0.severity": ["3"], "needs.0.voice-student": ["아침이 힘들어요"],
      "needs.1.area": ["N05"],
      "needs.1.severity": ["2"], "needs.2.area": ["N01"], "needs.2.severity": ["1"],
      "strengths.0.what": ["그림"],
      "basic-learning": ["partly"], "teacher-opinion-why": ["담임이 바뀌었어요"], "risk-safety": ["2"],
      "risk-living": ["3"],
      "red-flags": ["RF-01"], "level": ["3"],
    ])
    let marks = Marks(of: .assessment, answers: answers)
    #expect(
      [
        "needs", "severe", "strengths", "risk", "red-flags", "level", "level-suggested", "voice-student",
        "voice-guardian", "basic-learning", "teacher-opinion", "guardian-view",
      ].map { marks[$0] } == [3, 1, 1, 5, 1, 3, 3, 1, 0, 1, 1, 0])
    #expect(NeedSeen.rows(of: answers).map { "\($0.area) \($0.severity)" } == ["N01 3", "N05 2"])
  }

  @Test func `a contact with a service is one row, one without is none`() {
    let answers = Answers([
      "service": ["D01"], "method": ["M05"], "minutes": ["40"], "goals": ["2", "1"], "amount": ["30000"],
      "fund": ["safety-net"],
    ])
    #expect(
      ServiceGiven.rows(of: answers) == [
        ServiceGiven(
          service: "D01", method: "M05", minutes: 40, amount: 30_000, fund: "safety-net", goals: [1, 2])
      ])
    #expect(ServiceGiven.rows(of: Answers(["method": ["M02"]])).isEmpty)
    #expect(
      ServiceGiven.problems(in: Answers(["amount": ["10"]])).map(\.field) == [
        "fund", "service", "expense-kind",
      ])
  }

  @Test func `scores are counted as total and subscales`() {
    let rows = InstrumentScore.rows(
      of: Answers([
        "instrument": ["psc-17"], "respondent": ["guardian"], "total": ["22"], "sub-i": ["3"], "sub-a": ["9"],
      ]))
    #expect(rows.map { "\($0.scale) \($0.score)" } == ["total 22", "a 9", "i 3"])
  }

  @Test func `ratings are taken once, for goals that the plan has`() {
    let twice = Answers([
      "ratings.0.goal": ["1"], "ratings.0.rating": ["1"], "ratings.1.goal": ["1"], "ratings.1.rating": ["2"],
      "ratings.2.goal": ["7"], "ratings.2.rating": ["0"],
    ])
    #expect(GoalRating.rows(of: twice, plan: Plan(plan)) == [GoalRating(goal: 1, rating: 1, weight: 3)])
    #expect(GoalRating.problems(in: twice, plan: Plan(plan)).map(\.code) == ["twice", "no-such-goal"])
    #expect(Marks(of: .evaluation, answers: evaluation, plan: Plan(plan))["gas-t"] == 551)
  }

  @Test func `the evaluation and the closing report say how the case went`() {
    let given = [
      ServiceGiven(service: "D16", method: "M01", minutes: 20),
      ServiceGiven(service: "D05", method: "M05", minutes: 50, people: 2),
      ServiceGiven(service: "D16", method: "M01", minutes: 20),
    ]
    let summary = EvaluationSummary(
      plans: PlanHistory([.init(number: 1, plan: Plan(plan))]),
      rated: [
        RatedDay(
          day: World.day("2026-05-20"), plan: 1, ratings: [GoalRating(goal: 2, rating: -1, weight: 3)])
      ],
      evaluation: evaluation, on: World.day("2026-09-10"), given: given)
    #expect(summary.scoreBefore?.tenths == 313)
    #expect(summary.scoreAfter?.tenths == 551)
    #expect(summary.courses[1].points.map(\.rating) == [-1, 0])
    #expect(summary.courses[1].change == 2)
    #expect((summary.total.count, summary.total.people, summary.total.minutes) == (3, 4, 90))
    let report = ClosingReport(
      file: World.file, plan: Plan(plan), summary: summary, reason: "TR-01", on: World.day("2026-09-18"))
    #expect(
      report.lines.map(\.key) == [
        "closing.period", "closing.reason", "closing.score", "closing.goals", "closing.goal-reached",
        "closing.goal-reached",
        "closing.goal-reached", "closing.services", "closing.service", "closing.service", "closing.lateness",
      ])
    let words = Wordings(["closing.lateness": Words(ko: "지각 {before}→{after}회", en: "Late {before}→{after}")])
    #expect(report.lines.last?.text(words, [:], .korean) == "지각 9→2회")
  }

  @Test func `two assessments side by side show what weighs less`() {
    let before = Answers([
      "needs.0.area": ["N01"], "needs.0.severity": ["3"], "risk-safety": ["4"], "level": ["4"],
      "red-flags": ["RF-01"],
    ])
    let after = Answers([
      "needs.0.area": ["N01"], "needs.0.severity": ["1"], "needs.1.area": ["N02"], "needs.1.severity": ["2"],
      "risk-safety": ["1"], "level": ["2"],
    ])
    let comparison = AssessmentComparison(from: before, to: after)
    #expect(comparison.needs.map(\.change) == [-2, 2])
    #expect(comparison.needs.map(\.before) == [3, nil])
    #expect((comparison.riskBefore, comparison.riskAfter) == (4, 1))
    #expect(comparison.redFlagsGone == ["RF-01"])
    #expect(comparison.levelAfter == .general)
  }
}
