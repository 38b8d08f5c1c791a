public import CaseWork
public import Foundation
import Practice
import Repositories
import Store

/// One record with all that it ever said.
public struct ReadRecord: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ record: ID<CaseRecord>, in id: ID<CaseFile>, for asker: Asker
  ) async throws -> RecordPage {
    try await office.look("read-record", by: asker) { desk in
      let seen = try desk.see(id)
      let file = seen.file
      let records = desk.session.records(of: file)
      let stored = try records.find(record)
      guard desk.readable(seen).contains(stored.header.kind) else { throw Refusal.notFound }
      let opened = try desk.opened(stored, of: file)
      let versions = try records.versions(of: record)
      let before = try desk.before(stored.header, in: file)
      let names = try desk.staffNames(
        versions.map(\.author) + [opened.author, file.manager] + (opened.approval.map { [$0.by] } ?? []))
      let form = desk.practice.forms[opened.kind.rawValue]
      let isMine = opened.author == desk.staff.id || file.manager == desk.staff.id
      return Looked(
        RecordPage(
          file: file, student: try desk.line(of: file), record: opened, author: names[opened.author] ?? "",
          approver: opened.approval.flatMap { names[$0.by] }, askedAt: stored.askedAt,
          versions: try versions.map { version in
            RecordPage.Version(
              version: version.version, author: names[version.author] ?? "", writtenAt: version.writtenAt,
              answers: try desk.open(
                Answers.self, version.sealed, "case_record", record.description, version.version, of: file))
          },
          before: before,
          difference: before.map { Difference(from: $0.answers, to: opened.answers, form: form) },
          mayCorrect: opened.approval == nil && isMine && file.mayTake(opened.kind)
            && !opened.kind.isSettledAtOnce
            && desk.practice.permissions.allow(opened.kind.act, as: seen.roles, at: file.stage),
          mayApprove: opened.kind == .plan && opened.approval == nil && stored.askedAt != nil
            && desk.practice.permissions.allow(.approvePlan, as: seen.roles, at: file.stage),
          maySelect: opened.kind == .conference && opened.approval == nil && file.stage == .assessment
            && file.standing == .open && opened.answers["meeting-kind"] == "selection"
            && opened.answers["decision"] != nil
            && desk.practice.permissions.allow(.select, as: seen.roles, at: file.stage),
          goals: try desk.plan(of: file).goals),
        at: [Subject(file.student, file.school)])
    }
  }
}

public struct RecordPage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let record: CaseRecord
  public let author: String
  public let approver: String?
  /// When it was handed in for approval.
  public let askedAt: Date?
  /// What it said before, oldest first.
  public let versions: [Version]
  /// The plan before this one, the assessment before this reassessment.
  public let before: CaseRecord?
  public let difference: Difference?
  public let mayCorrect: Bool
  public let mayApprove: Bool
  /// Whether this person may take the decision that the minutes of a selection conference propose.
  public let maySelect: Bool
  /// Of the plan that holds, for what refers to them by number.
  public let goals: [Plan.Goal]

  public struct Version: Hashable, Sendable {
    public let version: Int
    public let author: String
    public let writtenAt: Date
    public let answers: Answers
  }
}

extension Desk {
  /// What a record is read beside: the plan or the assessment that went before it.
  fileprivate func before(_ record: CaseRecord, in file: CaseFile) throws -> CaseRecord? {
    let records = session.records(of: file)
    switch record.kind {
    case .plan:
      guard record.series > 1 else { return nil }
      return try records.record(.plan, series: record.series - 1).map { try opened($0, of: file) }
    case .reassessment:
      let last =
        record.series > 1 ? try records.record(.reassessment, series: record.series - 1) : nil
      return try (last ?? (try records.latest(.assessment))).map { try opened($0, of: file) }
    case .intake, .assessment, .score, .conference, .contact, .monitoring, .evaluation, .closure, .followUp,
      .transfer, .recommendation, .emergency, .emergencySupport, .accessRequest:
      return nil
    }
  }
}
