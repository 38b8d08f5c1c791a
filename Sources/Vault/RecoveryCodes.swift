internal import CaseWork
internal import Crypto

/// Codes for the day the phone is lost: shown once, stored hashed, each good for one sign-in.
public struct RecoveryCodes: Hashable, Sendable {
  /// As shown: `K7QM-2FXA-PT4C-0R8D-WB5H-93ZN-6VGE`, 140 bits each.
  public let codes: [String]

  private static let groups = 7

  public init(count: Int = 10) {
    codes = (0..<count).map { _ in TypedSecret.random(groups: Self.groups) }
  }

  public var hashes: [String] { codes.map(RecoveryCodes.hash(of:)) }

  /// The hash under which a typed code is found; case, spaces and hyphens do not count, and letters that look like digits
  /// are those digits. Codes given out before were shorter and had all letters.
  public static func hash(of typed: String) -> String {
    let letters = typed.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let code = letters.count == groups * TypedSecret.group ? TypedSecret.read(letters) : letters
    return Array(SHA256.hash(data: Array("gyeot/recovery/\(code)".utf8))).hex
  }
}
