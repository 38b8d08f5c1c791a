/// What an expense would do to the limits of its fund. It warns; a person decides and says why.
public struct BudgetCheck: Hashable, Sendable {
  public enum Warning: Hashable, Sendable {
    /// Over the limit for one student and school year, by so many won.
    case overStudent(by: Int, limit: Int)
    case overHousehold(by: Int, limit: Int)
    /// This kind of expense may not be paid from the fund.
    case excluded(kind: String)
  }

  public let warnings: [Warning]
  /// Won left for the student after the expense; negative when over, `nil` without a limit.
  public let leftForStudent: Int?
  public let leftForHousehold: Int?

  /// - Parameters:
  ///   - usedByStudent: won paid from the fund for the student in this school year, without this expense.
  ///   - usedByHousehold: the same for all children of the household.
  public init(
    _ amount: Int, kind: String?, budget: Policy.Budget, usedByStudent: Int, usedByHousehold: Int
  ) {
    let student = budget.perStudent.map { $0 - usedByStudent - amount }
    let household = budget.perHousehold.map { $0 - usedByHousehold - amount }
    var warnings: [Warning] = []
    if let student, student < 0 { warnings.append(.overStudent(by: -student, limit: budget.perStudent ?? 0)) }
    if let household, household < 0 {
      warnings.append(.overHousehold(by: -household, limit: budget.perHousehold ?? 0))
    }
    if let kind, budget.excluded.contains(kind) { warnings.append(.excluded(kind: kind)) }
    self.warnings = warnings
    leftForStudent = student
    leftForHousehold = household
  }

  /// What a contact with this expense must still say.
  public func problems(in answers: Answers) -> [Problem] {
    guard answers["over-reason"] == nil else { return [] }
    return warnings.map { warning in
      switch warning {
      case .overStudent(let by, _): Problem("over-reason", "over-budget-student", String(by))
      case .overHousehold(let by, _): Problem("over-reason", "over-budget-household", String(by))
      case .excluded(let kind): Problem("over-reason", "excluded-expense", kind)
      }
    }
  }
}
