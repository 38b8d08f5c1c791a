public import CaseWork
public import Foundation
public import Store
public import Vault

extension Session {
  public func credentials(_ vault: Vault) -> Credentials { Credentials(session: self, keys: keys(vault)) }
}

/// How each person proves who they are.
public struct Credential: Hashable, Sendable {
  public let staff: ID<Staff>
  public let passwordHash: String
  public let mustChange: Bool
  public let hasTOTP: Bool
  /// The step of the last code taken.
  public let lastStep: Int?
  public let failures: Int
  public let lockedUntil: Date?

  public func isLocked(at instant: Date) -> Bool { lockedUntil.map { instant < $0 } ?? false }
}

public struct Credentials {
  let session: any Session
  let keys: Sealer

  public func find(_ staff: ID<Staff>) throws -> Credential? {
    try session.row(
      """
      SELECT c.password_hash, c.must_change, CASE WHEN c.totp IS NULL THEN 0 ELSE 1 END, c.totp_last_step, c.failures, c.locked_until
      FROM credential c
      JOIN staff s ON s.id = c.staff_id
      WHERE c.staff_id = \(staff) AND s.left_at IS NULL
      """
    ) { row in
      Credential(
        staff: staff, passwordHash: try row.get(0), mustChange: try row.get(1),
        hasTOTP: try row.get(2, as: Int.self) == 1,
        lastStep: try row.optional(3), failures: try row.get(4), lockedUntil: try row.optional(5))
    }
  }

  /// Sets the password, and with it forgets failures and the lock.
  public func setPassword(
    hash: String, mustChange: Bool, of staff: ID<Staff>, at instant: Date
  ) throws {
    try session.execute(
      """
      INSERT INTO credential (staff_id, password_hash, must_change, changed_at, failures, version)
      VALUES (\(staff), \(hash), \(mustChange), \(instant), 0, 1)
      ON CONFLICT (staff_id) DO UPDATE
      SET password_hash = excluded.password_hash, must_change = excluded.must_change,
        changed_at = excluded.changed_at, failures = 0, locked_until = NULL, version = credential.version + 1
      """
    )
  }

  /// The same password at another cost.
  public func setHash(_ hash: String, of staff: ID<Staff>, insteadOf old: String) throws {
    try session.execute(
      "UPDATE credential SET password_hash = \(hash) WHERE staff_id = \(staff) AND password_hash = \(old)")
  }

  public func setFailures(_ failures: Int, lockedUntil: Date?, of staff: ID<Staff>) throws {
    try session.execute(
      """
      UPDATE credential
      SET failures = \(failures), locked_until = \(lockedUntil)
      WHERE staff_id = \(staff)
      """
    )
  }

  public func totp(of staff: ID<Staff>) throws -> TOTP? {
    let sealed = try session.row("SELECT totp FROM credential WHERE staff_id = \(staff) AND totp IS NOT NULL")
    {
      try $0.get(0, as: [UInt8].self)
    }
    return try sealed.map { TOTP(secret: try keys.open($0, of: .office, at: place(of: staff))) }
  }

  /// Sets or takes away the second step; the recovery codes go with it.
  public func setTOTP(_ totp: TOTP?, step: Int?, recoveryHashes: [String], of staff: ID<Staff>) throws {
    let sealed = try totp.map { try keys.seal($0.secret, for: .office, at: place(of: staff)) }
    try session.execute(
      "UPDATE credential SET totp = \(sealed), totp_last_step = \(step) WHERE staff_id = \(staff)")
    try session.execute("DELETE FROM recovery_code WHERE staff_id = \(staff)")
    for hash in recoveryHashes {
      try session.execute("INSERT INTO recovery_code (staff_id, code_hash) VALUES (\(staff), \(hash))")
    }
  }

  /// Notes the step of the code just taken; no earlier one is taken again.
  public func setLastStep(_ step: Int, of staff: ID<Staff>) throws {
    try session.execute("UPDATE credential SET totp_last_step = \(step) WHERE staff_id = \(staff)")
  }

  /// Uses up a recovery code; says whether there was such a one.
  public func useRecoveryCode(hash: String, of staff: ID<Staff>, at instant: Date) throws -> Bool {
    try session.execute(
      """
      UPDATE recovery_code
      SET used_at = \(instant)
      WHERE staff_id = \(staff) AND code_hash = \(hash) AND used_at IS NULL
      """
    ) == 1
  }

  public func recoveryCodesLeft(of staff: ID<Staff>) throws -> Int {
    try session.row("SELECT COUNT(*) FROM recovery_code WHERE staff_id = \(staff) AND used_at IS NULL") {
      try $0.get(0)
    } ?? 0
  }

  private func place(of staff: ID<Staff>) -> Binding {
    Binding(table: "credential", record: staff.description, version: 1)
  }
}
