public import CaseWork
import Repositories
import Store

/// Hands a case to another case manager of the school.
public struct AssignManager: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ id: ID<CaseFile>, to manager: ID<Staff>, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .assign)
      let next = try desk.assign(manager, to: file)
      try desk.settle(next)
      return next
    }
  }
}

extension Desk {
  func assign(_ manager: ID<Staff>, to file: CaseFile) throws -> CaseFile {
    guard try session.holders(of: .caseManager, in: file.school, on: day).contains(manager) else {
      throw Refusal.invalid([Problem("manager", "not-case-manager")])
    }
    let next = try apply(try file.assigned(to: manager, doing))
    try notify(manager, .assigned, in: file.school, caseFile: file.id)
    return next
  }
}
