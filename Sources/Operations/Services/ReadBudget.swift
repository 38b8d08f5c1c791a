public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// What was spent for the student of a case in this school year, fund by fund, beside the limits.
public struct ReadBudget: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> [BudgetUse] {
    try await office.look("read-budget", by: asker) { desk in
      let file = try desk.find(id, for: .readRecords)
      return Looked(try desk.budgetUses(of: file), at: [Subject(file.student, file.school)])
    }
  }
}

extension Desk {
  /// Each fund that was used or has a limit, in this school year.
  func budgetUses(of file: CaseFile) throws -> [BudgetUse] {
    let spending = session.spending(in: file.school)
    let days = SchoolYear.days(of: SchoolYear.year(of: day))
    let spent = try spending.byFund(for: file.student, in: days)
    let budgets = Dictionary(
      practice.policy.budgets.map { ($0.fund, $0) }, uniquingKeysWith: { first, _ in first })
    return try Set(spent.keys).union(budgets.keys).sorted().map { fund in
      BudgetUse(
        fund: fund, student: spent[fund] ?? 0, studentLimit: budgets[fund]?.perStudent,
        household: try file.family.map { try spending.ofFamily($0, from: fund, in: days) },
        householdLimit: budgets[fund]?.perHousehold)
    }
  }
}

/// One fund and what was paid from it, in won.
public struct BudgetUse: Hashable, Sendable {
  public let fund: String
  public let student: Int
  public let studentLimit: Int?
  /// Of all children of the household, where their cases are led together.
  public let household: Int?
  public let householdLimit: Int?
}
