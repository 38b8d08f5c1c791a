internal import CaseWork
internal import Foundation
internal import Repositories
internal import Store
public import Vault

/// The second step: a code of the authenticator app, or one of the recovery codes.
public struct ConfirmCode: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Returns: the token that takes the place of the first step's.
  public func callAsFunction(_ typed: String, with token: SessionToken) async throws -> SessionToken {
    let office = office
    let next = SessionToken.random()
    let isRight = try await office.database.write { session -> Bool in
      let instant = office.clock()
      guard
        let open = try session.signInSessions.find(
          tokenHash: token.hash, seenAfter: office.idleSince(instant)),
        open.awaitsCode, !office.isOver(since: open.begunAt, at: instant)
      else { throw Refusal.notFound }
      let credentials = session.credentials(office.vault)
      guard let credential = try credentials.find(open.staff) else { throw Refusal.notFound }
      guard !credential.isLocked(at: instant), try credentials.take(typed, of: credential, at: instant) else {
        try office.countFailure(credential, at: instant, in: session)
        try office.noteSignIn("code-failed", of: open.staff, detail: open.address, at: instant, in: session)
        if let now = try credentials.find(open.staff), now.isLocked(at: instant) {
          try session.signInSessions.end(open.id, of: open.staff, at: instant)
        }
        return false
      }
      try credentials.setFailures(0, lockedUntil: nil, of: open.staff)
      try session.signInSessions.confirm(open.id, tokenHash: next.hash, at: instant)
      try office.noteSignIn("sign-in", of: open.staff, detail: open.address, at: instant, in: session)
      return true
    }
    guard isRight else { throw Refusal.invalid([Problem("code", "wrong-code")]) }
    return next
  }
}

extension Credentials {
  /// Takes a code of the app or a recovery code, once.
  func take(_ typed: String, of credential: Credential, at instant: Date) throws -> Bool {
    guard let totp = try totp(of: credential.staff) else { return false }
    if let step = totp.step(of: typed, at: instant, after: credential.lastStep) {
      try setLastStep(step, of: credential.staff)
      return true
    }
    return try useRecoveryCode(hash: RecoveryCodes.hash(of: typed), of: credential.staff, at: instant)
  }
}
