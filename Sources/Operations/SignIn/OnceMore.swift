internal import CaseWork
internal import Foundation
internal import Repositories
internal import Store

extension Office {
  /// Asks for one's own password once more, before something that decides who gets in; a wrong one counts as at the door.
  ///
  /// - Throws: `Refusal.invalid` under `field` with `required` or `wrong-password`; `.notAllowed` while the account is locked.
  func askOnceMore(
    for password: String, field: String = "password", of staff: ID<Staff>
  ) async throws {
    guard !password.isEmpty else { throw Refusal.invalid([Problem(field, "required")]) }
    let password = password.utf8.count <= 1024 ? password : ""
    let stored = try await database.read { session in try session.credentials(vault).find(staff) }
    guard let stored, !stored.isLocked(at: clock()) else { throw Refusal.notAllowed }
    guard try await passwordDesk.verify(password, against: stored.passwordHash) else {
      try await database.write { session in
        guard let now = try session.credentials(vault).find(staff) else { throw Refusal.notFound }
        try countFailure(now, at: clock(), in: session)
      }
      throw Refusal.invalid([Problem(field, "wrong-password")])
    }
  }
}
