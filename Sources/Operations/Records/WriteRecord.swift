public import CaseWork
import Repositories
import Store

/// Writes a record of a case, or corrects one that is not approved yet.
///
/// One act for every kind: the form says what is asked, the kind what follows from it (`Desk.follow`).
public struct WriteRecord: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// A new record.
  ///
  /// `finishing` asks for all that the form needs at its end and closes it: approved by its author, or, a plan, handed
  /// in for approval. A contact, score, monitoring or recommendation is written in one go anyway.
  @discardableResult
  public func callAsFunction(
    _ kind: CaseRecord.Kind, _ answers: Answers, in id: ID<CaseFile>, finishing: Bool = false, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: kind.act)
      return try desk.write(kind, answers, in: file, finishing: finishing)
    }
  }

  /// A correction of what was written, made from `version` of it.
  ///
  /// - Throws: `EditConflict` with both texts, where somebody saved another version meanwhile.
  @discardableResult
  public func callAsFunction(
    correcting record: ID<CaseRecord>, _ answers: Answers, from version: Int, in id: ID<CaseFile>,
    finishing: Bool = false, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let seen = try desk.see(id)
      let old = try desk.session.records(of: seen.file).find(record)
      try desk.permit(old.header.kind.act, as: seen.roles, at: seen.file.stage)
      return try desk.correct(old, with: answers, from: version, in: seen.file, finishing: finishing)
    }
  }
}

/// What was saved.
public struct SavedRecord: Hashable, Sendable {
  public let id: ID<CaseRecord>
  public let kind: CaseRecord.Kind
  public let series: Int
  public let version: Int
  public let isApproved: Bool
  /// The case as it stands now.
  public let file: CaseFile
}

/// Somebody else saved the record meanwhile: both texts, so that nothing typed is lost.
public struct EditConflict: Error, Hashable, Sendable {
  /// What both began from; `nil` where that version is gone.
  public let base: Answers?
  /// As it now lies in the store.
  public let theirs: CaseRecord
  /// Who saved it.
  public let theirAuthor: String
  /// As it was typed.
  public let mine: Answers
}
