public import CaseWork
import Repositories
import Store

/// The head of the school approves a plan that was handed in: it is locked, and the services begin.
public struct ApprovePlan: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ record: ID<CaseRecord>, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let (stored, file) = try desk.planToApprove(record, in: id)
      guard file.standing == .open else { throw Refusal.conflict(file.hasEnded ? .alreadyClosed : .held) }
      guard stored.header.approval == nil else { throw Refusal.conflict(.alreadyApproved) }
      guard stored.askedAt != nil else { throw Refusal.notYet([Missing("plan-handed-in", at: "plan")]) }
      try desk.session.records(of: file).approve(
        record, version: version, by: desk.staff.id, at: desk.instant)
      try desk.note("approve", stored.header, of: file)
      let next = try desk.stepping(to: .service, file)
      for staff in Set([file.manager, stored.header.author]) {
        try desk.notify(staff, .approved, in: file.school, caseFile: file.id, record: record)
      }
      try desk.settle(next)
      return next
    }
  }
}

extension Desk {
  /// A plan, for whoever approves plans of the case; no other kind of record is found here.
  func planToApprove(
    _ record: ID<CaseRecord>, in id: ID<CaseFile>
  ) throws -> (stored: StoredRecord, file: CaseFile) {
    let seen = try see(id)
    let stored = try session.records(of: seen.file).find(record)
    guard stored.header.kind == .plan else { throw Refusal.notFound }
    try permit(.approvePlan, as: seen.roles, at: seen.file.stage)
    return (stored, seen.file)
  }
}
