import CaseWork
import Foundation
import Practice
import Repositories
import Store

extension Desk {
  /// The programmes of the schools in which this person runs some; to anybody else there are none.
  func programmes() throws -> Programmes {
    let schools = staff.schools.filter {
      practice.permissions.allow(.runProgrammes, as: staff.roles(in: $0), at: nil)
    }
    guard !schools.isEmpty else { throw Refusal.notFound }
    return session.programmes(of: schools)
  }

  /// The cases among `ids` in which this person may write contacts, in two statements.
  func writable(_ ids: [ID<CaseFile>]) throws -> [ID<CaseFile>: CaseFile] {
    try session.caseFiles(seenBy: staff, on: day).find(ids).compactMapValues { seen in
      let permissions = practice.permissions
      let isTheirs =
        permissions.allow(.seeCase, as: seen.roles, at: seen.file.stage)
        && permissions.allow(.recordContact, as: seen.roles, at: seen.file.stage)
      return isTheirs ? seen.file : nil
    }
  }

  /// The case of a seat, for something to be done to it; not found where it is not theirs.
  func caseFile(of seat: Seat) throws -> CaseFile {
    guard let file = try writable([seat.caseFile])[seat.caseFile] else { throw Refusal.notFound }
    touch(file)
    return file
  }

  /// The case of a seat whose student leaves: a closed case takes no contact any more, and its place shall not stay taken.
  func caseFile(leaving seat: Seat) throws -> CaseFile {
    let seen = try session.caseFiles(seenBy: staff, on: day).find([seat.caseFile])[seat.caseFile]
    guard let seen, leads(seen) else { throw Refusal.notFound }
    touch(seen.file)
    return seen.file
  }

  /// Whether this person meets the case in a role that runs programmes, at whatever stage it is.
  func leads(_ seen: CaseFiles.Seen) -> Bool {
    practice.permissions.allow(.seeCase, as: seen.roles, at: seen.file.stage)
      && practice.permissions.allow(.runProgrammes, as: seen.roles, at: nil)
  }

  func touch(_ file: CaseFile) { touched.subjects.insert(Subject(file.student, file.school)) }

  /// Those who have not agreed to take part, each by the place in which their case was given.
  func consentProblems(of files: [CaseFile]) throws -> [Problem] {
    guard let school = files.first?.school else { return [] }
    let consents = try session.participationConsents(of: files.map(\.id), in: school)
    return files.enumerated().compactMap { index, file in
      ConsentState.participates(consents[file.id] ?? [], on: day)
        ? nil : Problem("cases.\(index)", "no-participation-consent")
    }
  }

  func note(_ act: String, of programme: Programme, detail: String = "") throws {
    try note(act, "programme", programme.id.description, in: programme.school, detail: detail)
  }
}
