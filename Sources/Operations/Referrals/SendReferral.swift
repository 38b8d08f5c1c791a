public import CaseWork
import Repositories
import Store

/// F01: somebody of the school asks that a student be looked at.
public struct SendReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// `route` is how the student was noticed (RR01 … RR99).
  @discardableResult
  public func callAsFunction(
    _ answers: Answers, for student: ID<Student>, in school: ID<School>, route: String = "RR01",
    by asker: Asker
  ) async throws -> ID<Referral> {
    try await office.act(by: asker) { desk in
      try desk.permit(.refer, in: school)
      guard try desk.isStudent(student, of: school) else { throw Refusal.notFound }
      let answers = try desk.checked(answers, with: "referral", finishing: true)
      let referral = Referral(
        id: desk.newID(), school: school, student: student, by: desk.staff.id, route: route, at: desk.instant,
        isUrgent: answers["urgency"] == "today", redFlags: answers[all: "red-flags"],
        needs: answers[all: "needs"],
        familyKnows: answers["family-knows"] ?? "not-yet", answers: answers)
      try desk.session.referrals(seenBy: desk.staff).insert(
        referral, sealed: try desk.seal(answers, of: referral))
      try desk.note("refer", "referral", referral.id.description, in: school)
      return referral.id
    }
  }
}
