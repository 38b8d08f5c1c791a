internal import CaseWork
internal import Crypto
internal import CryptoExtras
public import Foundation

/// The key above all keys, which never lies beside the data.
public struct RootKey: Sendable {
  private let secret: SymmetricKey

  /// Takes exactly 32 bytes.
  public init(_ bytes: [UInt8]) throws(VaultProblem) {
    guard bytes.count == SealingKey.length else { throw .unreadableRootKey }
    secret = SymmetricKey(data: bytes)
  }

  /// From 64 hexadecimal digits, as an environment variable holds them.
  public init(hex: String) throws(VaultProblem) {
    guard let bytes = [UInt8](hex: hex.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw .unreadableRootKey
    }
    try self.init(bytes)
  }

  /// From a file of 64 hexadecimal digits that only its owner may read.
  public init(file: URL) throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
    guard mode & 0o077 == 0 else { throw VaultProblem.exposedKeyFile(mode: mode) }
    try self.init(hex: String(decoding: Data(contentsOf: file), as: UTF8.self))
  }

  /// From a passphrase and the header made for it; the header is not secret, but without it the key is lost.
  public init(passphrase: String, header: PassphraseHeader) throws {
    let words = Array(passphrase.precomposedStringWithCanonicalMapping.utf8)
    guard !words.isEmpty else { throw VaultProblem.unreadableRootKey }
    secret = try KDF.Scrypt.deriveKey(
      from: words, salt: header.salt, outputByteCount: SealingKey.length, rounds: header.rounds, blockSize: 8,
      parallelism: 1)
  }

  public static func random() -> RootKey {
    RootKey(SymmetricKey(size: .bits256))
  }

  /// 64 hexadecimal digits: for the file, the environment and the recovery sheet.
  public var hex: String { unsafe secret.withUnsafeBytes { unsafe Array($0) }.hex }

  /// A few digits that tell one root key from another and nothing else of it.
  public var fingerprint: String { String(sealingKey.token("fingerprint", purpose: "root").prefix(12)) }

  /// Writes a new file with mode 0600; refuses to overwrite one.
  public func write(to file: URL) throws {
    guard !FileManager.default.fileExists(atPath: file.path),
      FileManager.default.createFile(
        atPath: file.path, contents: Data((hex + "\n").utf8), attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteFileExists) }
  }

  var sealingKey: SealingKey { SealingKey(secret, wrapping: secret, label: "root", wrapsMany: true) }

  private init(_ secret: SymmetricKey) {
    self.secret = secret
  }
}

/// Salt and cost of a passphrase's root key, kept in a small file beside the configuration.
public struct PassphraseHeader: Hashable, Sendable, Codable {
  /// scrypt's N, a power of two.
  public let rounds: Int
  public let salt: [UInt8]

  public init(rounds: Int = 1 << 17) {
    self.rounds = rounds
    salt = .random(count: 16)
  }

  /// Reads the header's file: `scrypt:131072:<salt in hexadecimal digits>`.
  public init(file: URL) throws {
    let parts = try String(contentsOf: file, encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
      .split(separator: ":")
    guard parts.count == 3, parts[0] == "scrypt", let rounds = Int(parts[1]),
      (1 << 14...1 << 22).contains(rounds),
      rounds.nonzeroBitCount == 1, let salt = [UInt8](hex: String(parts[2])), salt.count >= 16
    else { throw VaultProblem.unreadableRootKey }
    self.rounds = rounds
    self.salt = salt
  }

  public func write(to file: URL) throws {
    try Data("scrypt:\(rounds):\(salt.hex)\n".utf8).write(to: file, options: .withoutOverwriting)
  }
}

extension [UInt8] {
  /// Bytes of the system's own generator.
  static func random(count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
