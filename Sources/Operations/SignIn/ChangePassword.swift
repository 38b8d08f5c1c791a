internal import CaseWork
internal import Foundation
internal import Practice
internal import Repositories
internal import Store
public import Vault

/// Changes one's own password; every session ends, and this one goes on under a new token.
public struct ChangePassword: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Returns: the token of the session that takes the place of `signedIn`.
  public func callAsFunction(
    from old: String, to new: String, by signedIn: SignedIn, address: String, device: String
  ) async throws -> SessionToken {
    guard !signedIn.awaitsCode else { throw Refusal.notAllowed }
    let office = office
    let staff = signedIn.staff.id
    try await office.askOnceMore(for: old, field: "old-password", of: staff)
    guard old != new else { throw Refusal.invalid([Problem("password", "same-as-old")]) }
    let problems = try await problems(with: new, of: signedIn.staff)
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    let hash = try await office.passwordDesk.hash(new)
    let token = SessionToken.random()
    try await office.database.write { session in
      let instant = office.clock()
      try session.credentials(office.vault).setPassword(hash: hash, mustChange: false, of: staff, at: instant)
      try session.signInSessions.endAll(of: staff, at: instant)
      try session.signInSessions.begin(
        SignInSession(
          id: office.id(at: instant), staff: staff, begunAt: signedIn.begunAt, seenAt: instant,
          awaitsCode: false,
          address: address, device: String(device.prefix(200))),
        tokenHash: token.hash)
      try office.noteSignIn("change-password", of: staff, at: instant, in: session)
    }
    return token
  }

  /// What is wrong with a new password, also for the words around whoever it is of: names, schools, the office.
  private func problems(with password: String, of staff: Staff) async throws -> [Problem] {
    let office = office
    let schools = Set(staff.assignments.map(\.school))
    let (name, surroundings) = try await office.database.read { session -> (String, [String]) in
      guard let profile = try session.staffMembers(office.vault).member(staff.id)?.profile else {
        throw Refusal.notFound
      }
      let places = try session.schools.all().filter { schools.contains($0.id) }.map(\.name)
      let house = try session.row("SELECT name FROM office") { try $0.get(0, as: String.self) }
      return (profile.signInName, [profile.name, profile.signInName, house ?? ""] + places)
    }
    let problems = office.practice.policy.signIn.problems(with: password, signInName: name)
    guard problems.isEmpty, office.practice.weakPasswords.include(password, surroundings: surroundings) else {
      return problems
    }
    return [Problem("password", "too-common")]
  }
}
