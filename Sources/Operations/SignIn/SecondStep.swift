public import CaseWork
internal import Foundation
internal import Repositories
internal import Store
public import Vault

/// Sets up the second step of one's own sign-in with an authenticator app.
public struct EnableTOTP: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// A new secret to be shown, and the address for its QR code; nothing is stored before a code is typed.
  public func begin(for staff: Staff, issuer: String) async throws -> (secret: String, address: String) {
    let vault = office.vault
    let name = try await office.database.read { session in
      try session.staffMembers(vault).member(staff.id)?.profile.signInName
    }
    guard let name else { throw Refusal.notFound }
    let totp = TOTP.random()
    return (totp.base32, totp.address(issuer: issuer, account: name))
  }

  /// The address of a secret that was shown before; `nil` where it cannot be read.
  public func address(of secret: String, for staff: Staff, issuer: String) async throws -> String? {
    let vault = office.vault
    let name = try await office.database.read { session in
      try session.staffMembers(vault).member(staff.id)?.profile.signInName
    }
    guard let name else { throw Refusal.notFound }
    return TOTP(base32: secret)?.address(issuer: issuer, account: name)
  }

  /// - Parameters:
  ///   - secret: the one that was shown, in base 32.
  ///   - code: what the app shows for it.
  ///   - password: one's own, once more: whoever finds a screen left open must not lock its owner out.
  ///   - staff: oneself.
  /// - Returns: the recovery codes, shown this once.
  /// - Throws: `Refusal.invalid` with `wrong-code` or `wrong-password`; `.conflict` where there is a second step already.
  public func callAsFunction(
    secret: String, code: String, password: String, by staff: Staff
  ) async throws -> RecoveryCodes {
    let office = office
    guard let totp = TOTP(base32: secret) else { throw Refusal.invalid([Problem("secret", "unreadable")]) }
    guard let step = totp.step(of: code, at: office.clock(), after: nil) else {
      throw Refusal.invalid([Problem("code", "wrong-code")])
    }
    try await office.askOnceMore(for: password, of: staff.id)
    let recovery = RecoveryCodes()
    try await office.database.write { session in
      let instant = office.clock()
      let credentials = session.credentials(office.vault)
      guard let credential = try credentials.find(staff.id) else { throw Refusal.notFound }
      guard !credential.hasTOTP else { throw Refusal.conflict(.alreadyExists) }
      try credentials.setTOTP(totp, step: step, recoveryHashes: recovery.hashes, of: staff.id)
      try office.noteSignIn("enable-totp", of: staff.id, at: instant, in: session)
    }
    return recovery
  }
}

/// Takes the second step off one's own sign-in, against one's password and a code.
public struct DisableTOTP: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(code: String, password: String, by staff: Staff) async throws {
    let office = office
    guard try await ReadSecondStep(office)(of: staff).isOn else { throw Refusal.notFound }
    try await office.askOnceMore(for: password, of: staff.id)
    let isRight = try await office.database.write { session -> Bool in
      let instant = office.clock()
      let credentials = session.credentials(office.vault)
      guard let credential = try credentials.find(staff.id), credential.hasTOTP else {
        throw Refusal.notFound
      }
      guard !credential.isLocked(at: instant), try credentials.take(code, of: credential, at: instant) else {
        try office.countFailure(credential, at: instant, in: session)
        return false
      }
      try credentials.setTOTP(nil, step: nil, recoveryHashes: [], of: staff.id)
      try office.noteSignIn("disable-totp", of: staff.id, at: instant, in: session)
      return true
    }
    guard isRight else { throw Refusal.invalid([Problem("code", "wrong-code")]) }
  }
}

/// What one's own sign-in consists of.
public struct ReadSecondStep: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(of staff: Staff) async throws -> (isOn: Bool, recoveryCodesLeft: Int) {
    let vault = office.vault
    return try await office.database.read { session in
      let credentials = session.credentials(vault)
      let isOn = try credentials.find(staff.id)?.hasTOTP ?? false
      return (isOn, try credentials.recoveryCodesLeft(of: staff.id))
    }
  }
}
