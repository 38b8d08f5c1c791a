internal import Crypto

/// Codes for the day the phone is lost: shown once, stored hashed, each good for one sign-in.
public struct RecoveryCodes: Hashable, Sendable {
  /// As shown: `K7QM-2FXA-PT4C`, 60 bits each.
  public let codes: [String]

  public init(count: Int = 10) {
    codes = (0..<count).map { _ in
      let text = Array([UInt8].random(count: 8).base32.prefix(12))
      return [text[0..<4], text[4..<8], text[8..<12]].map { String($0) }.joined(separator: "-")
    }
  }

  public var hashes: [String] { codes.map(RecoveryCodes.hash(of:)) }

  /// The hash under which a typed code is found; case, spaces and hyphens do not count.
  public static func hash(of typed: String) -> String {
    let letters = typed.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return Array(SHA256.hash(data: Array("gyeot/recovery/\(letters)".utf8))).hex
  }
}
