internal import Crypto
public import Foundation

/// Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits.
public struct TOTP: Hashable, Sendable {
  public let secret: [UInt8]
  public let digits: Int
  private static let period = 30.0

  public init(secret: [UInt8], digits: Int = 6) {
    self.secret = secret
    self.digits = digits
  }

  /// Reads a secret as `base32` writes it.
  public init?(base32 text: String) {
    let digits = text.uppercased().filter { !$0.isWhitespace }.map { base32Alphabet.firstIndex(of: $0) }
    guard digits.count >= 26, digits.count <= 128, !digits.contains(nil) else { return nil }
    var secret: [UInt8] = []
    var buffer = 0
    var bits = 0
    for digit in digits.compactMap({ $0 }) {
      buffer = buffer << 5 | digit
      bits += 5
      if bits >= 8 {
        bits -= 8
        secret.append(UInt8(buffer >> bits & 255))
        buffer &= (1 << bits) - 1
      }
    }
    self.init(secret: secret)
  }

  /// A new secret of 160 bits, as RFC 4226 §4 recommends.
  public static func random() -> TOTP { TOTP(secret: .random(count: 20)) }

  /// The step that `instant` lies in.
  public static func step(at instant: Date) -> Int {
    Int((instant.timeIntervalSince1970 / period).rounded(.down))
  }

  public func code(atStep step: Int) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[mac.count - 1] & 0x0F)
    let number = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(1) { product, _ in product * 10 }
    let text = String(number % modulus)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// The step whose code was typed: the present one or a neighbour, and only one later than `last`.
  ///
  /// - Parameters:
  ///   - typed: what was typed; spaces do not count.
  ///   - instant: when.
  ///   - last: the step used last, so that no code is taken twice.
  /// - Returns: the step to remember as used; `nil` for a code that is not right now.
  public func step(of typed: String, at instant: Date, after last: Int?) -> Int? {
    let typed = Array(typed.filter { !$0.isWhitespace }.utf8)
    let present = TOTP.step(at: instant)
    var found: Int?
    for step in present - 1...present + 1 where step > last ?? .min {
      if Array(code(atStep: step).utf8).isSame(as: typed) { found = step }
    }
    return found
  }

  /// What an authenticator app reads from a QR code.
  public func address(issuer: String, account: String) -> String {
    var components = URLComponents()
    components.scheme = "otpauth"
    components.host = "totp"
    components.path = "/\(issuer):\(account)"
    components.queryItems = [
      URLQueryItem(name: "secret", value: base32), URLQueryItem(name: "issuer", value: issuer),
      URLQueryItem(name: "digits", value: String(digits)), URLQueryItem(name: "period", value: "30"),
    ]
    return components.string ?? ""
  }

  /// The secret as people type it (RFC 4648 §6, without padding).
  public var base32: String { secret.base32 }
}

extension [UInt8] {
  /// RFC 4648 §6 without padding.
  var base32: String {
    var text = ""
    var buffer = 0
    var bits = 0
    for byte in self {
      buffer = buffer << 8 | Int(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(base32Alphabet[buffer >> bits & 31])
        buffer &= (1 << bits) - 1
      }
    }
    if bits > 0 { text.append(base32Alphabet[buffer << (5 - bits) & 31]) }
    return text
  }
}

private let base32Alphabet = [Character]("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
