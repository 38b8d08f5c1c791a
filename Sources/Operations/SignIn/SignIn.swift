public import CaseWork
public import Foundation
internal import Practice
public import Repositories
internal import Store
public import Vault

/// Who is signed in now, and what they must do first.
public struct SignedIn: Sendable {
  public let staff: Staff
  public let session: ID<SignInSession>
  public let begunAt: Date
  /// The password was given by somebody else and must be changed before anything else.
  public let mustChangePassword: Bool
  /// The password was right, the code of the second step is still to come; nothing else may be done.
  public let awaitsCode: Bool
}

/// Signs somebody in by name and password.
///
/// A name that nobody has, a wrong password, a locked account and a person who has left get the same answer after the
/// same work, so that the door tells nobody who has an account.
public struct SignIn: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - name: the sign-in name as typed.
  ///   - password: as typed.
  ///   - address: where the request came from.
  ///   - device: the browser's own name for itself.
  ///   - previous: what the browser held until now; that session ends, whoever's it was.
  /// - Returns: the token for the cookie, and whether the second step or a new password is still to come.
  /// - Throws: `Refusal.invalid` with `wrong-name-or-password`, whatever the reason; `TooManyAttempts` where too much has
  ///   failed from the address.
  public func callAsFunction(
    _ name: String, password: String, from address: String, on device: String,
    insteadOf previous: SessionToken? = nil
  ) async throws -> (token: SessionToken, signedIn: SignedIn) {
    let vault = office.vault
    try await office.admit(address, at: office.clock())
    let name = SignInName.cleaned(name)
    let password = password.utf8.count <= 1024 ? password : ""
    let found = try await office.database.read { session -> Credential? in
      do {
        guard let id = try session.staffMembers(vault).id(signingInAs: name) else { return nil }
        return try session.credentials(vault).find(id)
      } catch VaultProblem.missing(.office) {
        return nil
      }
    }
    let isRight = try await office.passwordDesk.verify(password, against: found?.passwordHash)
    var rehashed: String?
    if isRight, let old = found?.passwordHash {
      rehashed = try await office.passwordDesk.rehash(password, insteadOf: old)
    }
    let door = Door(office: office, address: address, device: device, previous: previous)
    let token = SessionToken.random()
    let newHash = rehashed
    let signedIn = try await office.database.write { session in
      try door.enter(found, isRight: isRight, rehashed: newHash, token: token, in: session)
    }
    guard let signedIn else { throw Refusal.invalid([Problem("password", "wrong-name-or-password")]) }
    return (token, signedIn)
  }
}

/// What the door does inside its transaction.
private struct Door {
  let office: Office
  let address: String
  let device: String
  let previous: SessionToken?

  func enter(
    _ found: Credential?, isRight: Bool, rehashed: String?, token: SessionToken, in session: any Session
  ) throws -> SignedIn? {
    let instant = office.clock()
    let day = Day(inKoreaAt: instant)
    let credentials = session.credentials(office.vault)
    // Read again: meanwhile the account may have been locked by other attempts, or the password changed.
    guard let found, let now = try credentials.find(found.staff) else {
      try note("sign-in-failed", nil, at: instant, in: session)
      try office.countFailure(from: address, at: instant, in: session)
      return nil
    }
    guard isRight, !now.isLocked(at: instant), now.passwordHash == found.passwordHash,
      let staff = try session.staffMembers(office.vault).find(now.staff, on: day)
    else {
      try office.countFailure(now, at: instant, in: session)
      try note("sign-in-failed", now.staff, at: instant, in: session)
      try office.countFailure(from: address, at: instant, in: session)
      return nil
    }
    if let rehashed { try credentials.setHash(rehashed, of: staff.id, insteadOf: now.passwordHash) }
    if !now.hasTOTP { try credentials.setFailures(0, lockedUntil: nil, of: staff.id) }
    try endPrevious(at: instant, in: session)
    let new = SignInSession(
      id: office.id(at: instant), staff: staff.id, begunAt: instant, seenAt: instant, awaitsCode: now.hasTOTP,
      address: address, device: String(device.prefix(200)))
    try session.signInSessions.begin(new, tokenHash: token.hash)
    if !now.hasTOTP { try note("sign-in", staff.id, at: instant, in: session) }
    return SignedIn(
      staff: staff, session: new.id, begunAt: instant, mustChangePassword: now.mustChange,
      awaitsCode: now.hasTOTP)
  }

  private func endPrevious(at instant: Date, in session: any Session) throws {
    guard let previous,
      let open = try session.signInSessions.find(
        tokenHash: previous.hash, seenAfter: office.idleSince(instant))
    else { return }
    try session.signInSessions.end(open.id, of: open.staff, at: instant)
    try note("sign-out", open.staff, at: instant, in: session)
  }

  private func note(_ act: String, _ staff: ID<Staff>?, at instant: Date, in session: any Session) throws {
    try office.noteSignIn(act, of: staff, detail: address, at: instant, in: session)
  }
}

extension Office {
  /// One more failure, and the lock where it was one too many.
  func countFailure(_ credential: Credential, at instant: Date, in session: any Session) throws {
    guard !credential.isLocked(at: instant) else { return }
    let failures = credential.failures + 1
    let isLocked = failures >= practice.policy.signIn.failuresUntilLock
    try session.credentials(vault).setFailures(
      isLocked ? 0 : failures,
      lockedUntil: isLocked
        ? instant.addingTimeInterval(Double(practice.policy.signIn.lockMinutes) * 60) : nil,
      of: credential.staff)
    if isLocked {
      try noteSignIn("account-locked", of: credential.staff, at: instant, in: session)
    }
  }

  func noteSignIn(
    _ act: String, of staff: ID<Staff>?, by: ID<Staff>? = nil, detail: String = "", at instant: Date,
    in session: any Session
  ) throws {
    try session.events.append(
      Event(
        id: id(at: instant), school: nil, staff: by ?? staff, at: instant, act: act, subjectKind: "staff",
        subject: staff?.description ?? "unknown", detail: detail))
  }
}

/// Sign-in names are compared without case, spaces around them, or the way Hangul is composed.
enum SignInName {
  static func cleaned(_ name: String) -> String {
    let trimmed = name.trimmingCharacters(in: .whitespacesAndNewlines)
    return String(trimmed.precomposedStringWithCanonicalMapping.lowercased().prefix(100))
  }
}
