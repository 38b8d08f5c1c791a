public import CaseWork
import Foundation
import Repositories
import Store

/// What a new record begins with, so that nobody types again what is known.
public struct BeginRecord: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ kind: CaseRecord.Kind, in id: ID<CaseFile>, for asker: Asker
  ) async throws -> RecordStart {
    try await office.look("begin-record", by: asker) { desk in
      let seen = try desk.see(id)
      try desk.permit(kind.act, as: seen.roles, at: seen.file.stage)
      let file = seen.file
      let records = desk.session.records(of: file)
      let open =
        kind.isWrittenAtOnce ? nil : try records.latest(kind).flatMap { $0.header.approval == nil ? $0 : nil }
      let (answers, unconfirmed) = try desk.start(of: kind, in: file)
      return Looked(
        RecordStart(
          file: file, student: try desk.line(of: file), isTaken: file.mayTake(kind),
          unfinished: open.map(\.header.id), answers: answers, unconfirmed: unconfirmed,
          plan: try desk.plan(of: file)),
        at: [Subject(file.student, file.school)])
    }
  }
}

/// A form before anything is typed.
public struct RecordStart: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  /// Whether such a record may be written as the case stands.
  public let isTaken: Bool
  /// The record of this kind that is not finished yet: it goes on there.
  public let unfinished: ID<CaseRecord>?
  public let answers: Answers
  /// Paths that come from an earlier episode: to be looked at before they count.
  public let unconfirmed: [String]
  /// The plan that holds, for goals and their levels.
  public let plan: Plan
}

extension Desk {
  fileprivate func start(
    of kind: CaseRecord.Kind, in file: CaseFile
  ) throws -> (Answers, unconfirmed: [String]) {
    let records = session.records(of: file)
    switch kind {
    case .reassessment:
      let last = try records.latest(of: [.assessment, .reassessment])
      return (try last.map { try opened($0, of: file).answers.carriedIntoReassessment } ?? Answers(), [])
    case .plan:
      var answers = try records.latestApproved(.plan).map { try opened($0, of: file).answers } ?? Answers()
      for path in answers.paths
      where path.hasPrefix("agree-") || path == "unsigned-why" || path == "change-why" {
        answers[path] = nil
      }
      return (answers, [])
    case .assessment:
      return try strengthsOfBefore(file)
    case .monitoring, .evaluation:
      let goals = try plan(of: file).goals.map { goal -> Answers in
        var row = Answers()
        row["goal"] = String(goal.number)
        return row
      }
      return (Answers().replacing("ratings", with: goals), [])
    case .recommendation:
      var answers = Answers()
      answers["number"] = String(try session.nextSeries(of: .recommendation, in: file))
      return (answers, [])
    case .intake, .score, .conference, .contact, .closure, .followUp, .transfer, .emergency,
      .emergencySupport,
      .accessRequest:
      return (Answers(), [])
    }
  }

  /// The strengths that the episode before had found, where this person may read it.
  private func strengthsOfBefore(_ file: CaseFile) throws -> (Answers, unconfirmed: [String]) {
    guard let previous = file.previous,
      let seen = try? session.caseFiles(seenBy: staff, on: day).find(previous),
      readable(seen).contains(.assessment),
      let last = try session.records(of: seen.file).latest(of: [.assessment, .reassessment])
    else { return (Answers(), []) }
    let answers = Answers().replacing(
      "strengths", with: try opened(last, of: seen.file).answers.rows("strengths"))
    return (answers, answers.paths)
  }
}
