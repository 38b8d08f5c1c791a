public import CaseWork
internal import Foundation
internal import Repositories
internal import Store
internal import Vault

/// Sets which roles a person has in one school from today on; what was before stays on record (고시 제5조③).
public struct SetRoles: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - roles: all the roles in this school; none takes the person out of it.
  ///   - staff: whose.
  ///   - school: where.
  ///   - until: the last day of those that are new, for a cover or a fixed term.
  ///   - asker: an administrator of the school, not oneself.
  /// - Throws: `Refusal.notAllowed`, `.notFound`, `.invalid`.
  public func callAsFunction(
    _ roles: Set<Role>, of staff: ID<Staff>, in school: ID<School>, until: Day? = nil, by asker: Staff
  ) async throws {
    try StaffRights(asker: asker).grant(in: school, to: staff)
    let office = office
    try await office.database.write { session in
      let instant = office.clock()
      let today = Day(inKoreaAt: instant)
      if let until, until < today { throw Refusal.invalid([Problem("until", "in-past")]) }
      let members = session.staffMembers(office.vault)
      guard let member = try members.member(staff), member.leftAt == nil else { throw Refusal.notFound }
      let held = Set(member.assignments.filter { $0.school == school && $0.holds(on: today) }.map(\.role))
      try members.endAssignments(of: staff, in: school, keeping: roles, lastDay: today.adding(days: -1))
      for role in held.subtracting(roles).sorted(by: { $0.rawValue < $1.rawValue }) {
        try office.noteRole("end-role", role, of: staff, in: school, by: asker, at: instant, session)
      }
      for role in roles.subtracting(held).sorted(by: { $0.rawValue < $1.rawValue }) {
        let assignment = Assignment(school: school, role: role, from: today, until: until)
        try members.grant(assignment, to: staff, id: office.id(at: instant), by: asker.id, at: instant)
        try office.noteRole("grant-role", role, of: staff, in: school, by: asker, at: instant, session)
      }
    }
  }
}
