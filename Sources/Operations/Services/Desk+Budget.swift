import CaseWork
import Foundation
import Practice
import Repositories
import Store

extension Desk {
  /// A limit that the amount would pass, or what the fund does not pay for, needs a reason.
  func budgetProblems(
    in answers: Answers, of file: CaseFile, replacing old: ID<CaseRecord>?
  ) throws -> [Problem] {
    guard let amount = answers.number("amount"), amount > 0, let fund = answers["fund"],
      let budget = practice.policy.budgets.first(where: { $0.fund == fund })
    else { return [] }
    let spending = session.spending(in: file.school)
    let days = SchoolYear.days(of: SchoolYear.year(of: answers.day("day") ?? day))
    let byStudent = try spending.byFund(for: file.student, in: days, besides: old)[fund] ?? 0
    let byHousehold = try file.family.map { try spending.ofFamily($0, from: fund, in: days, besides: old) }
    return BudgetCheck(
      amount, kind: answers["expense-kind"], budget: budget, usedByStudent: byStudent,
      usedByHousehold: byHousehold ?? byStudent
    ).problems(in: answers)
  }
}
