import CaseWork
import Markup

/// What the risk scale adds up to and which level that suggests, beside the level a person decides.
struct RiskNote: Sendable {
  let risk: Risk

  init(_ answers: Answers) {
    risk = Risk(answers)
  }

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    if risk.scores.isEmpty { return .nothing }
    return section(.class("note compact"), .aria("labelledby", "risk-note")) {
      h2(.id("risk-note")) { say("risk.note", ["sum": String(risk.sum)]) }
      if risk.isComplete {
        p {
          say("risk.suggested") + " "
          frame.level(risk.suggested)
        }
        p(.class("meta")) { say("risk.person") }
      } else {
        p(.class("meta")) {
          say(
            "risk.incomplete",
            ["have": String(risk.scores.count), "need": String(Risk.domains.count)])
        }
      }
    }
  }
}
