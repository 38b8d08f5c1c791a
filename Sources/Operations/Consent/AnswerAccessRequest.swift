public import CaseWork
import Practice
import Repositories
import Store

/// A guardian or the student asks to read the record: noted at once, and due within ten days (개인정보 보호법 제35조).
///
/// The right does not depend on how the case stands, so it is taken while a case is held and after it has ended.
public struct ReceiveAccessRequest: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .answerAccess)
      return try desk.write(.accessRequest, answers, in: file, finishing: false)
    }
  }
}

/// What was shown, what was withheld and why, and how it was told. It never changes again.
public struct AnswerAccessRequest: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// `answers` are those of the whole form, the request included.
  @discardableResult
  public func callAsFunction(
    _ record: ID<CaseRecord>, _ answers: Answers, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .answerAccess)
      let stored = try desk.session.records(of: file).find(record)
      guard stored.header.kind == .accessRequest else { throw Refusal.notFound }
      return try desk.correct(stored, with: answers, from: version, in: file, finishing: true)
    }
  }
}

/// The copy that may be handed over: the records that are shown, with what is withheld left out or masked.
public struct ReadAccessCopy: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.notFound` for whoever may not read such requests, `.notAllowed` for whoever does not answer them.
  public func callAsFunction(
    _ record: ID<CaseRecord>, in id: ID<CaseFile>, for asker: Asker
  ) async throws -> AccessCopy {
    try await office.look("access-copy", by: asker) { desk in
      let seen = try desk.see(id)
      let file = seen.file
      let records = desk.session.records(of: file)
      let stored = try records.find(record)
      guard stored.header.kind == .accessRequest, desk.readable(seen).contains(.accessRequest) else {
        throw Refusal.notFound
      }
      try desk.permit(.answerAccess, as: seen.roles, at: file.stage)
      let opened = try desk.opened(stored, of: file)
      let request = AccessRequest(opened.answers)
      // What the one who answers may not read is not handed over by this way either.
      let kinds = request.kinds.intersection(desk.readable(seen))
      let students = desk.session.students(of: [file.school], with: desk.sealer)
      let others = try students.relatives(of: try students.find(file.student))
        .map(\.relative).filter { $0.id != request.relative }.map(\.name)
      let shown = try records.all(kinds.sorted { $0.rawValue < $1.rawValue })
      return Looked(
        AccessCopy(
          file: file, student: try desk.line(of: file), request: opened, withheld: request.withheld,
          records: try shown.compactMap { stored in
            var record = try desk.opened(stored, of: file)
            guard let form = desk.practice.forms[record.kind.rawValue] else { return nil }
            record.answers = request.copy(of: record.answers, by: form, hiding: others)
            return record
          }),
        at: [Subject(file.student, file.school)])
    }
  }
}

/// What is handed over, and the list of what is not.
public struct AccessCopy: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  /// Unapproved while it is only being prepared: then a page says so.
  public let request: CaseRecord
  public let withheld: [AccessRequest.Withheld]
  /// In the order in which they were written, masked.
  public let records: [CaseRecord]
}
