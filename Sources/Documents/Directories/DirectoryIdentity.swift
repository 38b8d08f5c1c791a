import Crypto
import Foundation

/// Ids for what came without one, or with one that is no UUID: the same for the same, in every reading.
///
/// UUIDs of version 5 (RFC 9562): SHA-1 over a namespace and a name.
struct DirectoryIdentity {
  let source: String

  /// The id given as `given` in `space`: itself where it is a UUID.
  func id(_ space: String, given: String) -> UUID {
    UUID(uuidString: given) ?? made(space, [given])
  }

  /// The id of what is told apart in `space` by `words`.
  func made(_ space: String, _ words: [String]) -> UUID {
    var hash = Insecure.SHA1()
    hash.update(data: Self.namespace)
    for word in [source, space] + words {
      // The same Hangul may be written in syllables or in letters. The length keeps words from running together.
      let bytes = Data(word.precomposedStringWithCanonicalMapping.utf8)
      hash.update(data: Data("\(bytes.count):".utf8))
      hash.update(data: bytes)
    }
    var bytes = Array(hash.finalize().prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }

  /// Drawn once for this program.
  private static let namespace = Data([
    0x6B, 0x1C, 0x5D, 0x0E, 0x2F, 0x83, 0x4A, 0x97, 0x9E, 0x44, 0x51, 0xD0, 0xC7, 0x3A, 0x18, 0xB6,
  ])
}
