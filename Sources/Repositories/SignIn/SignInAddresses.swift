public import Foundation
public import Store

extension Session {
  public var signInAddresses: SignInAddresses { SignInAddresses(session: self) }
}

/// From where sign-ins failed lately. Nothing else is kept of an address, and that only as long as the window.
public struct SignInAddresses {
  let session: any Session

  /// Failures within the window that began at `since`, and when that was.
  public struct Failures: Hashable, Sendable {
    public let count: Int
    public let since: Date
  }

  public func find(_ address: String) throws -> Failures? {
    try session.row("SELECT failures, since FROM sign_in_address WHERE address = \(address)") {
      Failures(count: try $0.get(0), since: try $0.get(1))
    }
  }

  /// One more failure; a window that began before `earliest` is over and another begins.
  public func count(_ address: String, at instant: Date, notBefore earliest: Date) throws {
    try session.execute("DELETE FROM sign_in_address WHERE since < \(earliest)")
    try session.execute(
      """
      INSERT INTO sign_in_address (address, failures, since)
      VALUES (\(address), 1, \(instant))
      ON CONFLICT (address) DO UPDATE
      SET failures = sign_in_address.failures + 1
      """
    )
  }
}
