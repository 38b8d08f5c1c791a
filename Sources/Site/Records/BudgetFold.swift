import CaseWork
import Markup
import Operations

/// What was spent this school year, fund by fund, beside the limits: seen before an amount is typed.
struct BudgetFold: Sendable {
  let uses: [BudgetUse]

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return details(.class("fold")) {
      summary { say("budget.title") }
      table(.class("table cards")) {
        caption(.class("sr")) { say("budget.title") }
        thead {
          tr {
            th(.scope("col")) { say("budget.fund") }
            th(.scope("col"), .class("n")) { say("budget.student") }
            th(.scope("col"), .class("n")) { say("budget.household") }
          }
        }
        tbody {
          for use in uses {
            tr {
              th(.scope("row")) { say.name(of: use.fund, in: CodeList.Name(rawValue: "fund")) }
              td(.class("n"), .data("label", say("budget.student"))) {
                amount(use.student, of: use.studentLimit, say)
              }
              td(.class("n"), .data("label", say("budget.household"))) {
                use.household.map { amount($0, of: use.householdLimit, say) } ?? "–"
              }
            }
          }
        }
      }
    }
  }

  private func amount(_ spent: Int, of limit: Int?, _ say: Speech) -> String {
    let spent = say.grouped(spent) + say("unit.won")
    return limit.map { say("budget.of", ["spent": spent, "limit": say.grouped($0) + say("unit.won")]) }
      ?? spent
  }
}
