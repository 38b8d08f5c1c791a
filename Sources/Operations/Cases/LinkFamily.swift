public import CaseWork
import Practice
import Repositories
import Store

/// Two students of one household (형제 묶음): their cases are led together, and what is paid from a fund with a limit for
/// the household counts for both.
public struct LinkFamily: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Both cases must be this person's to link; a case that stands alone joins the household of the other.
  ///
  /// - Throws: `.conflict(.alreadyExists)` where both stand in a household already: the same, or another, which is left
  ///   first.
  @discardableResult
  public func callAsFunction(
    _ first: ID<CaseFile>, with second: ID<CaseFile>, by asker: Asker
  ) async throws -> ID<Household> {
    try await office.act(by: asker) { desk in
      let files = [try desk.find(first, for: .linkFamily), try desk.find(second, for: .linkFamily)]
      guard files[0].student != files[1].student else {
        throw Refusal.invalid([Problem("case", "same-student")])
      }
      guard files[0].family == nil || files[1].family == nil else {
        throw Refusal.conflict(.alreadyExists)
      }
      let family = files[0].family ?? files[1].family ?? desk.newID()
      for (index, file) in files.enumerated() where file.family != family {
        var linked = file
        linked.family = family
        let saved = try desk.session.caseFileStore.update(linked)
        try desk.note("link-family", of: saved, detail: files[1 - index].id.description)
      }
      return family
    }
  }
}

/// A case leaves its household; what was paid stays with the student.
public struct UnlinkFamily: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<CaseFile>, by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      var file = try desk.find(id, for: .linkFamily)
      guard file.family != nil else { throw Refusal.notFound }
      file.family = nil
      let saved = try desk.session.caseFileStore.update(file)
      try desk.note("unlink-family", of: saved)
    }
  }
}

/// The other cases of a household, as far as this person sees them.
public struct ReadFamily: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> [FamilyMember] {
    try await office.look("read-family", by: asker) { desk in
      let file = try desk.see(id).file
      let files = try file.family.map {
        try desk.session.caseFiles(seenBy: desk.staff, on: desk.day).of($0).filter { $0.id != file.id }
      }
      let subjects = (files ?? []).map { Subject($0.student, $0.school) }
      let lines = try desk.lines(of: subjects)
      return Looked(
        (files ?? []).map {
          FamilyMember(file: $0, student: lines[Subject($0.student, $0.school)] ?? .unknown($0.student))
        }, at: subjects + [Subject(file.student, file.school)])
    }
  }
}

/// A case of the same household.
public struct FamilyMember: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
}
