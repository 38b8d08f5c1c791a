import CaseWork
import Markup
import Operations

// The goals of the plan that holds: T before and now, each goal's course, and the same as a table.
extension CaseView {
  func goals(_ frame: Frame) -> HTML {
    guard let plan = page.plan else { return .nothing }
    let say = frame.say
    return section(.class("band"), .id("goals"), .aria("labelledby", "g")) {
      div(.class("band-head")) {
        h2(.id("g")) { say("case.goals") }
        a(.class("link-act"), .href(Route.record(plan.record, in: page.file.id).address)) {
          say("case.plan", ["series": String(plan.series)])
        }
      }
      if let now = plan.scoreNow { score(now, plan, say) }
      div(.class("mt3")) { plan.plan.goals.map { goal in self.goal(goal, plan, say) } }
      table(of: plan, say)
    }
  }

  /// T never stands without what it hides: a goal below what was expected is named beside it.
  private func score(_ now: AttainmentScore, _ plan: CasePage.PlanLine, _ say: Speech) -> HTML {
    let below = plan.courses.filter { ($0.last ?? 0) < 0 }
    return div(.class("score")) {
      p {
        if let before = plan.scoreBefore {
          span(.class("t from")) {
            span(.class("sr")) { say("case.score.from") + " " }
            before.description
          }
          span(.class("arrow"), .aria("hidden", "true")) { " → " }
        }
        span(.class("t")) {
          span(.class("sr")) { say("case.score.now") + " " }
          now.description
        }
        " "
        span(.class("meta")) { say("case.score") }
      }
      p(.class("meta")) {
        say("case.score.fifty") + " "
        for goal in below {
          b {
            say(
              "case.score.below", ["goal": String(goal.goal), "rating": CaseView.signed(goal.last ?? 0)])
          }
          " "
        }
        if !below.isEmpty { say("case.score.not-alone") }
      }
    }
  }

  private func goal(_ goal: Plan.Goal, _ plan: CasePage.PlanLine, _ say: Speech) -> HTML {
    let course = plan.courses.first { $0.goal == goal.number }
    let now = course?.last ?? goal.baseline
    return article(.class("goal")) {
      div {
        h3 { "\(goal.number). \(goal.title)" }
        if let own = goal.own { p(.class("own")) { q { own } } }
        if let now {
          p(.class("mt2")) {
            span(.class(now < 0 ? "tag heed" : now > 0 ? "tag done" : "tag act")) {
              say("case.rating.\(now)", ["rating": CaseView.signed(now)])
            }
            " "
            span(.class("faint")) { say("case.weight", ["weight": String(goal.weight)]) }
          }
          rungs(of: goal, now, say)
        }
      }
      if let course { GoalChart(course: course, start: plan.plan.from, name: goal.title, say: say).html }
    }
  }

  /// What the level of today looks like in the ladder's words, and what was expected.
  private func rungs(of goal: Plan.Goal, _ now: Int, _ say: Speech) -> HTML {
    let here = goal.ladder.steps.first { $0.level == now }?.text
    let expected = goal.ladder.steps.first { $0.level == 0 }?.text
    if here == nil && expected == nil { return .nothing }
    return dl(.class("rungs")) {
      here.map { text in
        div {
          dt { say("case.rung.now") }
          dd { text }
        }
      }
      now == 0
        ? .nothing
        : expected.map { text in
          div {
            dt { say("case.rung.expected") }
            dd { text }
          }
        } ?? .nothing
    }
  }

  /// The same values as a table, for whoever reads numbers rather than lines.
  private func table(of plan: CasePage.PlanLine, _ say: Speech) -> HTML {
    let days = Set(plan.courses.flatMap { $0.points.map(\.day) }).sorted()
    if days.isEmpty { return .nothing }
    return details(.class("fold mt2")) {
      summary { say("case.goals.table") }
      div {
        div(.class("scroller"), .role("region"), .tabindex(0), .aria("label", say("case.goals.table.label")))
        {
          Markup.table(.class("table slim")) {
            caption(.class("sr")) { say("case.goals.table.label") }
            thead {
              tr {
                th(.scope("col")) { say("case.goals.goal") }
                th(.scope("col"), .class("n")) { say("case.chart.start") }
                for day in days { th(.scope("col"), .class("n")) { say.short(day, from: page.day) } }
              }
            }
            tbody {
              for course in plan.courses {
                tr {
                  th(.scope("row")) { plan.plan[goal: course.goal].map { "\($0.number). \($0.title)" } ?? "" }
                  td(.class("n")) { course.baseline.map(CaseView.signed) ?? "–" }
                  for day in days {
                    td(.class("n")) {
                      course.points.last { $0.day == day }.map { CaseView.signed($0.rating) } ?? "–"
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
