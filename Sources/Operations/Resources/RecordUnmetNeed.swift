public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// Nothing was found for a need of a student: it is noted with its reason, so that it counts among what is missing.
public struct RecordUnmetNeed: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter text: what exactly was missing, such as 야간 부모상담.
  @discardableResult
  public func callAsFunction(
    _ need: String, because reason: String, text: String?, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> UnmetNeed {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
      let words = text.map { Text.cleaned($0, keepingLines: true) } ?? ""
      var problems: [Problem] = []
      if desk.practice.list("need-area")[need] == nil {
        problems.append(Problem("need", "unknown-code"))
      }
      if desk.practice.list("unmet-reason")[reason] == nil {
        problems.append(Problem("reason", "choose"))
      }
      if words.count > 500 { problems.append(Problem("text", "too-long", "500")) }
      if NationalID.isFound(in: words) { problems.append(Problem("text", "national-id")) }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let unmet = UnmetNeed(
        id: desk.newID(), school: file.school, caseFile: file.id, student: file.student, need: need,
        reason: reason, grade: try desk.gradeOfAll(of: file),
        area: try desk.session.schools.place(of: file.school).area, day: desk.day, by: desk.staff.id)
      try desk.session.unmetNeeds(of: file).add(
        unmet,
        sealed: words.isEmpty ? nil : try desk.seal(words, "unmet_need", unmet.id.description, 1, of: file))
      try desk.note(
        "note-unmet-need", "unmet-need", unmet.id.description, in: file.school, caseFile: file.id,
        detail: "\(need) \(reason)")
      return unmet
    }
  }

  /// Something was found after all.
  public func meet(
    _ unmet: ID<UnmetNeed>, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      let all = try desk.session.unmetNeeds(of: file).all()
      guard all.contains(where: { $0.unmet.id == unmet }) else { throw Refusal.notFound }
      try desk.session.unmetNeeds(of: file).meet(unmet, on: desk.day, from: version)
      try desk.note("meet-need", "unmet-need", unmet.description, in: file.school, caseFile: file.id)
    }
  }
}

extension Desk {
  /// The grade of the student counted through from 1 (초1) to 12 (고3).
  func gradeOfAll(of file: CaseFile) throws -> Int? {
    let found = try session.students(of: [file.school], with: sealer)
      .some([file.student], year: SchoolYear.year(of: day)).first
    guard let grade = found?.enrolment?.grade else { return nil }
    return min(12, grade + (try session.schools.find(file.school)?.kind.gradesBefore ?? 0))
  }
}
