public import CaseWork
public import Repositories
import Store

/// Somebody has done what they had promised.
public struct FinishTask: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<CaseTask>, by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      let task = try desk.session.tasks.find(id, in: desk.staff.schools).task
      let isMine = task.staff == desk.staff.id
      if !isMine {
        let file = try desk.see(task.caseFile).file
        guard file.manager == desk.staff.id else { throw Refusal.notAllowed }
      }
      guard task.doneAt == nil else { throw Refusal.conflict(.alreadyAnswered) }
      try desk.session.tasks.finish(task, at: desk.instant)
      try desk.note("finish-task", "task", id.description, in: task.school, caseFile: task.caseFile)
    }
  }
}
