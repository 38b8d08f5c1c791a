internal import CaseWork
internal import Crypto
internal import Foundation

/// The key of one owner: seals, opens, and makes search tokens.
///
/// A sealed value is one format byte, the nonce (12 bytes), the ciphertext and the tag (16 bytes) of AES-256-GCM.
public struct SealingKey: Sendable {
  static let length = 32
  private static let format: UInt8 = 1
  private static let overhead = 1 + 12 + 16

  private let label: String
  /// For what is sealed and found; it stays the same for the life of the owner.
  private let secret: SymmetricKey
  /// For the keys below; it can be changed without touching a record or a token.
  private let wrapping: SymmetricKey
  private let sealing: SymmetricKey
  /// What wraps the keys below, derived once for a key that has many.
  private let wrap: SymmetricKey?

  /// - Parameter wrapsMany: whether many keys lie below it, as below the root's and a school's.
  init(_ secret: SymmetricKey, wrapping: SymmetricKey, label: String, wrapsMany: Bool = false) {
    self.label = label
    self.secret = secret
    self.wrapping = wrapping
    sealing = SealingKey.subkey(of: secret, for: "seal")
    wrap = wrapsMany ? SealingKey.subkey(of: wrapping, for: "wrap") : nil
  }

  /// Seals `plain` so that it opens only with this key and at this place.
  public func seal(_ plain: [UInt8], at place: Binding) throws -> [UInt8] {
    try seal(plain, at: place, with: sealing)
  }

  /// What was sealed at `place`.
  ///
  /// - Throws: `VaultProblem.damaged` when a byte differs, the place is another, or the key is.
  public func open(_ sealed: [UInt8], at place: Binding) throws -> [UInt8] {
    try open(sealed, at: place, with: sealing)
  }

  /// A token by which `text` is found again without being told: 128 bits of HMAC-SHA256 in hexadecimal digits.
  ///
  /// - Parameters:
  ///   - text: what is looked for, already in the form in which it is compared.
  ///   - purpose: tokens of different purposes never match each other.
  /// - Returns: 32 digits.
  public func token(_ text: String, purpose: String) -> String {
    tokens([text], purpose: purpose)[0]
  }

  /// The tokens of many texts, in their order.
  public func tokens(_ texts: [String], purpose: String) -> [String] {
    let key = SealingKey.subkey(of: secret, for: "token/\(purpose)")
    return texts.map { text in
      Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).prefix(16).hex
    }
  }

  /// The whole HMAC-SHA256 of `bytes`: a seal over something that is not secret.
  public func code(of bytes: [UInt8], purpose: String) -> [UInt8] {
    Array(
      HMAC<SHA256>.authenticationCode(
        for: bytes, using: SealingKey.subkey(of: secret, for: "code/\(purpose)")))
  }

  /// Whether `code` is the code of `bytes`; takes the same time for every wrong one.
  public func isCode(_ code: [UInt8], of bytes: [UInt8], purpose: String) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: bytes, using: SealingKey.subkey(of: secret, for: "code/\(purpose)"))
  }

  func wrap(_ key: SealingKey, of owner: KeyOwner) throws -> [UInt8] {
    try seal(key.bytes, at: SealingKey.place(of: owner), with: wrapKey)
  }

  func unwrap(_ wrapped: [UInt8], of owner: KeyOwner) throws -> SealingKey {
    guard let bytes = try? open(wrapped, at: SealingKey.place(of: owner), with: wrapKey),
      bytes.count == 2 * SealingKey.length
    else { throw VaultProblem.wrongKey(owner) }
    return SealingKey(
      SymmetricKey(data: bytes.prefix(SealingKey.length)),
      wrapping: SymmetricKey(data: bytes.suffix(SealingKey.length)), label: owner.label,
      wrapsMany: owner.wrapsMany)
  }

  private var wrapKey: SymmetricKey { wrap ?? SealingKey.subkey(of: wrapping, for: "wrap") }

  static func random(for owner: KeyOwner) -> SealingKey {
    SealingKey(
      SymmetricKey(size: .bits256), wrapping: SymmetricKey(size: .bits256), label: owner.label,
      wrapsMany: owner.wrapsMany)
  }

  /// The same key with another one for the keys below.
  func withNewWrapping() -> SealingKey {
    SealingKey(secret, wrapping: SymmetricKey(size: .bits256), label: label, wrapsMany: wrap != nil)
  }

  /// A key of its own for one use of this one, with `salt` so that no two uses share it.
  func derived(for use: String, salt: [UInt8]) -> SealingKey {
    let key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: secret, salt: salt, info: Data(use.utf8), outputByteCount: SealingKey.length)
    return SealingKey(key, wrapping: key, label: use)
  }

  private var bytes: [UInt8] {
    unsafe secret.withUnsafeBytes { own in unsafe wrapping.withUnsafeBytes { unsafe Array(own) + Array($0) } }
  }

  private func seal(_ plain: [UInt8], at place: Binding, with key: SymmetricKey) throws -> [UInt8] {
    let box = try AES.GCM.seal(plain, using: key, authenticating: place.associatedData(of: label))
    var sealed: [UInt8] = []
    sealed.reserveCapacity(plain.count + SealingKey.overhead)
    sealed.append(SealingKey.format)
    sealed += box.nonce
    sealed += box.ciphertext
    sealed += box.tag
    return sealed
  }

  private func open(_ sealed: [UInt8], at place: Binding, with key: SymmetricKey) throws -> [UInt8] {
    guard sealed.count >= SealingKey.overhead, sealed[0] == SealingKey.format,
      let box = try? AES.GCM.SealedBox(combined: sealed[1...]),
      let plain = try? AES.GCM.open(box, using: key, authenticating: place.associatedData(of: label))
    else { throw VaultProblem.damaged(place) }
    return Array(plain)
  }

  private static func place(of owner: KeyOwner) -> Binding {
    Binding(table: "sealing_key", record: owner.label, version: 1)
  }

  private static func subkey(of secret: SymmetricKey, for use: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: secret, info: Array("gyeot/1/\(use)".utf8), outputByteCount: length)
  }
}
