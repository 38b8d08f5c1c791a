public import CaseWork
import Repositories
import Store

/// Finishes a record that was saved unfinished: all that its form needs at the end must be there. It never changes again.
public struct ApproveRecord: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// A plan is handed in by this, and approved by `ApprovePlan`.
  @discardableResult
  public func callAsFunction(
    _ record: ID<CaseRecord>, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let seen = try desk.see(id)
      let stored = try desk.session.records(of: seen.file).find(record)
      try desk.permit(stored.header.kind.act, as: seen.roles, at: seen.file.stage)
      guard stored.header.author == desk.staff.id || seen.file.manager == desk.staff.id else {
        throw Refusal.notAllowed
      }
      guard stored.header.approval == nil else { throw Refusal.conflict(.alreadyApproved) }
      guard stored.header.version == version else { throw Refusal.conflict(.changedByAnother) }
      let next = try desk.finish(try desk.opened(stored, of: seen.file), stored.marks, in: seen.file)
      try desk.settle(next)
      return next
    }
  }
}
