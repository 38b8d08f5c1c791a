public import CaseWork
import Repositories
import Store

/// Acts first: an emergency is written down in a line, and the rest is made up within two days (§1.8).
public struct StartEmergency: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// In the student's open case, or in a new one that is led by the one who acts.
  @discardableResult
  public func callAsFunction(
    _ answers: Answers, for student: ID<Student>, in school: ID<School>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let cases = desk.session.caseFiles(seenBy: desk.staff, on: desk.day)
      let file: CaseFile
      if let open = try cases.of(student, in: school).first(where: { !$0.hasEnded }) {
        file = try desk.find(open.id, for: .startEmergency)
      } else {
        try desk.permit(.startEmergency, in: school)
        guard try desk.isStudent(student, of: school) else { throw Refusal.notFound }
        file = try desk.openEpisode(of: student, in: school, referral: nil)
      }
      let urgent =
        file.standing == .open && file.level != .urgent
        ? try desk.apply(try file.changing(to: .urgent, desk.doing)) : file
      let saved = try desk.write(.emergency, answers, in: urgent, finishing: false)
      for role in [Role.principal, .vicePrincipal] {
        try desk.notify(everyone: role, .unsafe, in: school, caseFile: file.id, record: saved.id)
      }
      return saved
    }
  }
}
