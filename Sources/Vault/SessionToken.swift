internal import CaseWork
internal import Crypto

/// What a browser holds while someone is signed in: 256 random bits, of which only the hash is stored.
public struct SessionToken: Hashable, Sendable {
  /// 64 hexadecimal digits, for the cookie.
  public let text: String

  public static func random() -> SessionToken { SessionToken(text: [UInt8].random(count: 32).hex) }

  /// Reads a cookie; `nil` for what no token can be.
  public init?(_ text: String) {
    guard text.utf8.count == 64, [UInt8](hex: text) != nil else { return nil }
    self.text = text
  }

  public var hash: String { Array(SHA256.hash(data: Array(text.utf8))).hex }

  private init(text: String) {
    self.text = text
  }
}
