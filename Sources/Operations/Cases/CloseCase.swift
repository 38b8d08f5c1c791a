public import CaseWork
import Practice
import Repositories
import Store

/// F17 종결: the case ends for a reason; the looks after it are planned and the referrer is told.
public struct CloseCase: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, overriding reason: String? = nil, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .close)
      var desk = desk
      desk.overriding = try reason.map { try desk.checked($0, field: "reason", keepingLines: true) }
      let records = desk.session.records(of: file)
      if let begun = try records.latest(.closure), begun.header.approval == nil {
        return try desk.correct(begun, with: answers, from: begun.header.version, in: file, finishing: true)
      }
      return try desk.write(.closure, answers, in: file, finishing: true)
    }
  }
}

extension Desk {
  /// What follows from a finished closing report.
  func followClosure(_ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    let reason = record.answers["reason"] ?? ""
    let facts = try facts(of: file)
    var words: String?
    if file.standing == .open, let step = practice.workflow.closing(from: file.stage) {
      let missing = practice.workflow.missing(for: step, facts, on: day)
      guard missing.isEmpty || step.isOverridable && overriding != nil else { throw Refusal.notYet(missing) }
      if !missing.isEmpty { words = overriding }
    }
    if file.stage != .evaluation, reason == "TR-01" {
      // Goals are reached only where they were looked at.
      guard facts.newest(.evaluation, approved: true, since: .approval(of: .plan)) != nil else {
        throw Refusal.notYet([Missing("evaluation", at: "evaluation")])
      }
    }
    let closed = try apply(
      try file.closed(
        because: reason, and: record.answers[all: "more-reasons"].filter { $0 != reason },
        doing(on: record.day)),
      words: words)
    try session.followUps(of: closed).plan(practice.policy.followUps(after: record.day).map(\.due))
    try tellReferrer(of: closed, .closed, kind: .closure)
    return closed
  }
}
