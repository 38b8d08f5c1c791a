internal import CaseWork
internal import Crypto
internal import CryptoExtras
internal import Foundation

/// Hashes passwords with scrypt (RFC 7914); salt and cost lie with each hash.
public struct Passwords: Hashable, Sendable {
  /// scrypt's N, a power of two; with a block size of 8 one hash takes 1 KiB times this.
  public let rounds: Int
  private static let blockSize = 8
  private static let length = 32

  public init(rounds: Int = 1 << 15) {
    self.rounds = rounds
  }

  /// `scrypt$32768$8$1$<salt>$<hash>`, both in hexadecimal digits.
  public func hash(_ password: String) throws -> String {
    let salt = [UInt8].random(count: 16)
    let hash = try Passwords.derive(password, salt: salt, rounds: rounds)
    return "scrypt$\(rounds)$\(Passwords.blockSize)$1$\(salt.hex)$\(hash.hex)"
  }

  /// Whether `password` is the one that was hashed; takes the same time for every wrong one.
  public func verify(_ password: String, against stored: String) throws -> Bool {
    guard let parts = Parts(stored) else { return false }
    let hash = try Passwords.derive(password, salt: parts.salt, rounds: parts.rounds)
    return hash.isSame(as: parts.hash)
  }

  /// Whether the hash was made at another cost and should be made anew at the next sign-in.
  public func needsRehash(_ stored: String) -> Bool {
    Parts(stored)?.rounds != rounds
  }

  /// Does the work of a verification and is never right: for a name that nobody has.
  public func pretend(_ password: String) throws {
    _ = try Passwords.derive(password, salt: Array(repeating: 0, count: 16), rounds: rounds)
  }

  private struct Parts {
    let rounds: Int
    let salt: [UInt8]
    let hash: [UInt8]

    init?(_ stored: String) {
      let parts = stored.split(separator: "$")
      guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), parts[2] == "8",
        parts[3] == "1",
        (2...1 << 20).contains(rounds), rounds.nonzeroBitCount == 1,
        let salt = [UInt8](hex: String(parts[4])), !salt.isEmpty, let hash = [UInt8](hex: String(parts[5])),
        hash.count == length
      else { return nil }
      self.rounds = rounds
      self.salt = salt
      self.hash = hash
    }
  }

  /// Hangul typed on different systems is composed differently, so it is composed one way first.
  private static func derive(_ password: String, salt: [UInt8], rounds: Int) throws -> [UInt8] {
    var bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
    if bytes.isEmpty { bytes = [0] }
    let key = try KDF.Scrypt.deriveKey(
      from: bytes, salt: salt, outputByteCount: length, rounds: rounds, blockSize: blockSize, parallelism: 1)
    return unsafe key.withUnsafeBytes { unsafe Array($0) }
  }
}

extension [UInt8] {
  /// Compares every byte whatever the first ones were.
  public func isSame(as other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    return zip(self, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
