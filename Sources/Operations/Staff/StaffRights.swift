internal import CaseWork
internal import Repositories

/// Who may give and take roles: an administrator in that school, and nobody for themselves, so that the administrator
/// does not become a reader of cases by their own hand.
struct StaffRights {
  /// `nil` while the office is being set up and nobody can sign in yet.
  let asker: Staff?

  func grant(in school: ID<School>, to member: ID<Staff>?) throws {
    guard let asker else { return }
    guard asker.roles(in: school).contains(.administrator), member != asker.id else {
      throw Refusal.notAllowed
    }
  }

  /// Somebody of one of the schools that the asker administers.
  func manage(_ member: StaffMembers.Member) throws {
    guard let asker else { return }
    guard asker.has(.administrator) else { throw Refusal.notAllowed }
    let own = Set(asker.schools(as: [.administrator]))
    guard member.assignments.contains(where: { own.contains($0.school) }) else { throw Refusal.notFound }
    guard member.id != asker.id else { throw Refusal.notAllowed }
  }
}
