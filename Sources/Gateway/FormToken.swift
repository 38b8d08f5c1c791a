import CaseWork
import Crypto
import Foundation

/// The token that proves a form was ours: derived from the session's secret, so that nothing has to be stored.
public enum FormToken {
  public static let field = "_token"
  /// The field with the form's own id.
  public static let once = "_once"

  public static func token(for secret: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("gyeot form".utf8), using: SymmetricKey(data: SHA256.hash(data: Data(secret.utf8))))
    return code.hex
  }

  /// 256 bits from the system's generator.
  static func randomSecret() -> String {
    (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
  }

  /// Compares without telling by its time how much was right.
  static func matches(_ given: String, _ expected: String) -> Bool {
    let (a, b) = (Array(given.utf8), Array(expected.utf8))
    guard a.count == b.count, !b.isEmpty else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
