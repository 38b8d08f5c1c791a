public import CaseWork
internal import Foundation
internal import Practice
internal import Repositories
internal import Store
internal import Vault

/// Adds a person who will work with the program: one account a person, never shared.
public struct AddStaff: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - name: as others see it.
  ///   - signInName: unique in the office; case does not count.
  ///   - assignments: roles in schools; the first day may be later than today.
  ///   - password: for the set-up and the demo; without one, a first password is made, to be changed at once.
  ///   - asker: an administrator of each of the schools; `nil` while the office is being set up.
  /// - Returns: the person, and the first password that was made, to be handed over once.
  /// - Throws: `Refusal.invalid`, `.notAllowed`, or `.conflict` where the sign-in name is taken.
  @discardableResult
  public func callAsFunction(
    _ name: String, signInName: String, assignments: [Assignment], password: String? = nil, by asker: Staff?
  ) async throws -> (id: ID<Staff>, firstPassword: String?) {
    let name = name.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    let signInName = SignInName.cleaned(signInName)
    var problems: [Problem] = []
    if name.isEmpty { problems.append(Problem("name", "required")) }
    if name.count > 50 { problems.append(Problem("name", "too-long", "50")) }
    if signInName.isEmpty { problems.append(Problem("sign-in-name", "required")) }
    if let password {
      problems += office.practice.policy.signIn.problems(with: password, signInName: signInName)
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    let rights = StaffRights(asker: asker)
    for assignment in assignments { try rights.grant(in: assignment.school, to: nil) }
    guard asker == nil || !assignments.isEmpty else { throw Refusal.invalid([Problem("roles", "required")]) }

    let office = office
    let instant = office.clock()
    let id: ID<Staff> = office.id(at: instant)
    let first = password == nil ? FirstPassword.random() : nil
    let hash = try await office.passwordDesk.hash(password ?? first ?? "")
    try await office.database.write { session in
      let members = session.staffMembers(office.vault)
      try members.insert(id, StaffMembers.Profile(name: name, signInName: signInName))
      try session.credentials(office.vault).setPassword(
        hash: hash, mustChange: password == nil, of: id, at: instant)
      for assignment in assignments {
        try members.grant(assignment, to: id, id: office.id(at: instant), by: asker?.id, at: instant)
        try office.noteRole(
          "grant-role", assignment.role, of: id, in: assignment.school, by: asker, at: instant, session)
      }
      try office.noteSignIn("add-staff", of: id, by: asker?.id, at: instant, in: session)
    }
    return (id, first)
  }
}

/// A first password that can be read out: twelve letters and digits in groups of four, 60 bits.
enum FirstPassword {
  static func random() -> String {
    TypedSecret.password(groups: 3)
  }
}

extension Office {
  func noteRole(
    _ act: String, _ role: Role, of staff: ID<Staff>, in school: ID<School>, by asker: Staff?,
    at instant: Date,
    _ session: any Session
  ) throws {
    try session.events.append(
      Event(
        id: id(at: instant), school: school, staff: asker?.id, at: instant, act: act, subjectKind: "staff",
        subject: staff.description, detail: role.rawValue))
  }
}
