extension Marks {
  /// What `answers` count for in a record of `kind`. An evaluation and a monitoring are scored by the `plan` in force.
  public init(of kind: CaseRecord.Kind, answers: Answers, plan: Plan? = nil) {
    self.init(Marks.values(of: kind, answers, plan).filter { $0.value != 0 })
  }

  private static func values(of kind: CaseRecord.Kind, _ answers: Answers, _ plan: Plan?) -> [String: Int] {
    switch kind {
    case .intake: intake(answers)
    case .assessment, .reassessment: assessment(answers)
    case .score: score(answers)
    case .conference: conference(answers)
    case .plan: goals(answers)
    case .contact: contact(answers)
    case .monitoring: monitoring(answers, plan)
    case .evaluation: evaluation(answers, plan)
    case .closure: closure(answers)
    case .followUp:
      decision("state", answers["state"]).merging(decision("action", answers["action"])) { a, _ in a }
    case .transfer: ["items": answers[all: "items"].count]
    case .recommendation: decision("outcome", answers["outcome"])
    case .emergencySupport:
      [
        "experts": answers.rows("experts").count, "life-in-danger": answers.flag("life-in-danger") ? 1 : 0,
        "ended": answers["ended"] == nil ? 0 : 1,
      ]
    case .accessRequest:
      decision("decision", answers["decision"]).merging(["withheld": answers.rows("withheld").count]) {
        a, _ in a
      }
    case .emergency: ["red-flags": answers[all: "red-flags"].count, "done": answers.rows("done").count]
    }
  }

  private static func intake(_ answers: Answers) -> [String: Int] {
    var marks = decision("decision", answers["decision"])
    marks["risk-screened"] = answers.flag("risk-screened") ? 1 : 0
    marks["confidentiality-read"] = answers.flag("confidentiality-read") ? 1 : 0
    marks["red-flags"] = answers[all: "red-flags"].count
    marks["level"] = answers.number("level")
    return marks
  }

  private static func assessment(_ answers: Answers) -> [String: Int] {
    let needs = answers.rows("needs")
    let risk = Risk(answers)
    var marks = decision("decision", answers["decision"])
    marks["needs"] = needs.filter { $0["area"] != nil }.count
    marks["severe"] = risk.severeNeeds
    marks["strengths"] = answers.rows("strengths").filter { $0["what"] != nil }.count
    marks["risk"] = risk.sum
    marks["risk-answered"] = risk.scores.count
    marks["risk-complete"] = risk.isComplete ? 1 : 0
    marks["red-flags"] = risk.redFlags.count
    marks["level"] = answers.number("level")
    marks["level-suggested"] = risk.suggested.rawValue
    for voice in ["voice-student", "voice-guardian", "voice-teacher"] {
      marks[voice] = needs.filter { $0[voice] != nil }.count
    }
    for input in ["basic-learning", "teacher-opinion", "guardian-view"] {
      let isGiven = answers[input].map { $0 != "unknown" } ?? false
      marks[input] = isGiven || answers[input + "-why"] != nil ? 1 : 0
    }
    marks["ties"] = answers.rows("ties").count
    return marks
  }

  private static func score(_ answers: Answers) -> [String: Int] {
    var marks = ["total": answers.number("total") ?? 0]
    marks["unsafe"] = answers["safe-now"] == "no" ? 1 : 0
    return marks
  }

  private static func conference(_ answers: Answers) -> [String: Int] {
    let attendees = answers.rows("attendees")
    var marks = answers["decision"].map { [$0: 1, "decision-" + $0: 1] } ?? [:]
    marks["level"] = answers.number("level")
    marks["manager"] = answers["manager"] == nil ? 0 : 1
    for part in ["vice-principal", "principal", "homeroom"] {
      marks[part] = attendees.contains { $0["part"] == part } ? 1 : 0
    }
    marks["attendees"] = attendees.count
    marks["tasks"] = answers.rows("tasks").count
    return marks
  }

  private static func goals(_ answers: Answers) -> [String: Int] {
    let plan = Plan(answers)
    var marks = ["goals": plan.goals.count, "actions": plan.actions.count, "crisis": plan.crisis.count]
    marks["ladders"] = plan.goals.filter { $0.ladder.flaws.isEmpty }.count
    marks["ladders-all"] = !plan.goals.isEmpty && plan.goals.allSatisfy { $0.ladder.flaws.isEmpty } ? 1 : 0
    marks["agree-student"] = plan.student.isSettled(unsignedWhy: plan.unsignedWhy) ? 1 : 0
    marks["agree-guardian"] = plan.guardian.isSettled(unsignedWhy: plan.unsignedWhy) ? 1 : 0
    marks["monitoring-every"] = answers.number("monitoring-every")
    return marks
  }

  private static func contact(_ answers: Answers) -> [String: Int] {
    var marks = ["closure-notice": answers.flag("closure-notice") ? 1 : 0]
    marks["unsafe"] = answers["risk-check"] == "unsafe" ? 1 : 0
    marks["minutes"] = answers.number("minutes")
    return marks
  }

  private static func monitoring(_ answers: Answers, _ plan: Plan?) -> [String: Int] {
    var marks = ["ratings": answers.rows("ratings").filter { $0.number("rating") != nil }.count]
    marks["red-flags"] = answers[all: "red-flags"].count
    marks["level"] = answers.number("level")
    marks["gas-t"] = score(answers, plan)
    for code in answers[all: "adjustments"] { marks["adjust-" + code] = 1 }
    return marks
  }

  private static func evaluation(_ answers: Answers, _ plan: Plan?) -> [String: Int] {
    let ratings = answers.rows("ratings").compactMap { $0.number("rating") }
    var marks = ["ratings": ratings.count, "reached": ratings.filter { $0 >= 0 }.count]
    marks["gas-t"] = score(answers, plan)
    return marks
  }

  /// Ten times T.
  private static func score(_ answers: Answers, _ plan: Plan?) -> Int? {
    plan.flatMap { AttainmentScore(GoalRating.rows(of: answers, plan: $0)) }?.tenths
  }

  private static func closure(_ answers: Answers) -> [String: Int] {
    var marks = decision("reason", answers["reason"])
    marks.merge(decision("retention-from", answers["retention-from"])) { a, _ in a }
    marks["reason"] = answers["reason"] == nil ? 0 : 1
    marks["notified-student"] = answers["notified-student"] == nil ? 0 : 1
    marks["notified-guardian"] = answers["notified-guardian"] == nil ? 0 : 1
    return marks
  }

  private static func decision(_ name: String, _ code: String?) -> [String: Int] {
    code.map { ["\(name)-\($0)": 1] } ?? [:]
  }
}
