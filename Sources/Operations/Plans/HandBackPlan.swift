public import CaseWork
import Repositories
import Store

/// The head of the school sends a plan back to its author, with a reason.
public struct HandBackPlan: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ record: ID<CaseRecord>, from version: Int, because reason: String, in id: ID<CaseFile>, by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let (stored, file) = try desk.planToApprove(record, in: id)
      let reason = try desk.checked(reason, field: "reason", keepingLines: true)
      guard !reason.isEmpty else { throw Refusal.invalid([Problem("reason", "required")]) }
      try desk.session.records(of: file).handBack(record, version: version)
      let task = CaseTask(
        id: desk.newID(), school: file.school, caseFile: file.id, record: record, staff: stored.header.author,
        due: desk.day.adding(days: 7))
      try desk.session.tasks.insert(
        task, sealed: try desk.seal(reason, "task", task.id.description, 1, of: file))
      try desk.note("hand-back", stored.header, of: file)
      try desk.notify(
        stored.header.author, .handedBack, in: file.school, caseFile: file.id, record: record)
    }
  }
}
