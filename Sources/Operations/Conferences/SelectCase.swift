public import CaseWork
import Repositories
import Store

/// The decision of a selection conference (학생맞춤통합지원법 제10조): who is helped, at which level, by whom.
public struct SelectCase: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// `record` is the minutes of the conference; they are finished by this act where they were not.
  @discardableResult
  public func callAsFunction(
    _ record: ID<CaseRecord>, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .select)
      guard file.standing == .open else { throw Refusal.conflict(file.hasEnded ? .alreadyClosed : .held) }
      let minutes = try desk.finished(record, .conference, from: version, in: file)
      let decided: CaseFile
      switch minutes.answers["decision"] {
      case "select": decided = try desk.select(file, by: minutes)
      case "not-select": decided = try desk.turnDown(file, .notSelected, by: minutes)
      case "linkage": decided = try desk.turnDown(file, .simpleLinkage, by: minutes)
      case "information": decided = try desk.turnDown(file, .information, by: minutes)
      case "hold": decided = file
      default: throw Refusal.invalid([Problem("decision", "required")])
      }
      try desk.settle(decided)
      return decided
    }
  }
}

extension Desk {
  fileprivate func select(_ file: CaseFile, by minutes: CaseRecord) throws -> CaseFile {
    var next = try taking(level: minutes.answers.number("level"), in: file)
    if let manager = minutes.answers["manager"].flatMap({ ID<Staff>($0) }), manager != next.manager {
      next = try assign(manager, to: next)
    }
    if next.stage == .assessment { next = try stepping(to: .planning, next) }
    try tellReferrer(
      of: next, .selected, kind: .selection, text: minutes.answers["decision-reason"] ?? "")
    return next
  }

  fileprivate func turnDown(
    _ file: CaseFile, _ decision: CaseFile.IntakeDecision, by minutes: CaseRecord
  ) throws -> CaseFile {
    guard let reason = minutes.answers["decision-reason"] else {
      throw Refusal.invalid([Problem("decision-reason", "required")])
    }
    let next = try apply(try file.turnedDown(decision, doing), words: reason)
    try tellReferrer(
      of: next, decision == .notSelected ? .notSelected : .helped, kind: .selection, text: reason)
    return next
  }
}
