public import CaseWork
import Repositories
import Store

/// Finishes the intake and does what it decided: the case goes on, or ends with a reason and a reply.
public struct DecideIntake: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ record: ID<CaseRecord>, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .recordIntake)
      let intake = try desk.finished(record, .intake, from: version, in: file)
      guard let decision = intake.answers["decision"].flatMap(CaseFile.IntakeDecision.init) else {
        throw Refusal.invalid([Problem("decision", "required")])
      }
      let reason = intake.answers["decision-reason"] ?? ""
      let level = intake.answers.number("level").flatMap(Level.init(rawValue:))
      let decided = try desk.apply(
        try file.deciding(decision, reason: intake.answers["decision-reason"], level: level, desk.doing),
        words: intake.answers["decision-reason"])
      switch decision {
      case .caseManagement: break
      case .simpleLinkage, .information:
        try desk.tellReferrer(of: decided, .helped, kind: .selection, text: reason)
      case .notSelected: try desk.tellReferrer(of: decided, .notSelected, kind: .selection, text: reason)
      }
      try desk.settle(decided)
      return decided
    }
  }
}

extension Desk {
  /// A record as it is once finished: finished now, where that was not done before.
  func finished(
    _ id: ID<CaseRecord>, _ kind: CaseRecord.Kind, from version: Int, in file: CaseFile
  ) throws -> CaseRecord {
    let stored = try session.records(of: file).find(id)
    guard stored.header.kind == kind else { throw Refusal.notFound }
    guard stored.header.version == version else { throw Refusal.conflict(.changedByAnother) }
    let record = try opened(stored, of: file)
    guard record.approval == nil else { return record }
    try finish(record, stored.marks, in: file)
    return record
  }
}
