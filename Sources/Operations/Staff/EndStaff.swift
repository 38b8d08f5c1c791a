public import CaseWork
internal import Foundation
internal import Repositories
internal import Store
internal import Vault

/// Ends a person's work with the program: at once nothing opens for them any more (고시 제5조②).
public struct EndStaff: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ staff: ID<Staff>, by asker: Staff) async throws {
    let office = office
    try await office.database.write { session in
      let instant = office.clock()
      let members = session.staffMembers(office.vault)
      guard let member = try members.member(staff), member.leftAt == nil else { throw Refusal.notFound }
      try StaffRights(asker: asker).manage(member)
      let today = Day(inKoreaAt: instant)
      for school in Set(member.staff(on: today).schools(as: [.administrator])) {
        let others = try members.working(in: school, on: today).filter {
          $0.id != staff && $0.roles(in: school).contains(.administrator)
        }
        // Nobody could add people or set a forgotten password there any more.
        guard !others.isEmpty else {
          let name = try session.schools.find(school)?.name
          throw Refusal.invalid([Problem("staff", "last-administrator", name)])
        }
      }
      for assignment in member.assignments where assignment.holds(on: today) {
        try office.noteRole(
          "end-role", assignment.role, of: staff, in: assignment.school, by: asker, at: instant, session)
      }
      try members.endAssignments(of: staff, in: nil, lastDay: today.adding(days: -1))
      try members.leave(staff, at: instant)
      try session.signInSessions.endAll(of: staff, at: instant)
      try office.noteSignIn("end-staff", of: staff, by: asker.id, at: instant, in: session)
    }
  }
}

/// Gives a person a new first password, for one who has forgotten theirs; every session of theirs ends.
public struct ResetPassword: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - staff: whose.
  ///   - secondStep: whether the second step is taken off too, for one who has lost phone and recovery codes.
  ///   - asker: an administrator; `nil` on the command line.
  /// - Returns: the password, to be handed over once and changed at the next sign-in.
  /// - Throws: `Refusal.notFound`, `.notAllowed`.
  public func callAsFunction(
    of staff: ID<Staff>, withSecondStep secondStep: Bool = false, by asker: Staff?
  ) async throws -> String {
    let office = office
    let password = FirstPassword.random()
    let hash = try await office.passwordDesk.hash(password)
    try await office.database.write { session in
      let instant = office.clock()
      guard let member = try session.staffMembers(office.vault).member(staff), member.leftAt == nil else {
        throw Refusal.notFound
      }
      try StaffRights(asker: asker).manage(member)
      let credentials = session.credentials(office.vault)
      try credentials.setPassword(hash: hash, mustChange: true, of: staff, at: instant)
      if secondStep { try credentials.setTOTP(nil, step: nil, recoveryHashes: [], of: staff) }
      try session.signInSessions.endAll(of: staff, at: instant)
      try office.noteSignIn("reset-password", of: staff, by: asker?.id, at: instant, in: session)
    }
    return password
  }
}
