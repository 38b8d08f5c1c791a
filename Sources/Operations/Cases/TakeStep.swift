public import CaseWork
import Practice
import Repositories
import Store

/// Takes a step of the workflow, through its gate, or past it with a reason where the step allows that.
public struct TakeStep: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ step: String, in id: ID<CaseFile>, overriding reason: String? = nil, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let seen = try desk.see(id)
      guard let step = desk.practice.workflow[step] else { throw Refusal.notFound }
      try desk.permit(step.act, as: seen.roles, at: seen.file.stage)
      let reason = try reason.map { try desk.checked($0, field: "reason", keepingLines: true) }
      let moved = try desk.taking(step, in: seen.file, overriding: reason)
      try desk.settle(moved)
      return moved
    }
  }
}
