internal import Crypto

/// A chain of hashes over rows: each link takes in the one before, so nothing can be changed, removed, inserted or moved
/// without every later link being another.
public enum Chain {
  /// What stands before the first link.
  public static let start = [UInt8](repeating: 0, count: 32)

  /// The digest of one row: its columns in order, each with its length, absent ones apart from empty ones.
  public static func digest(of columns: [String?]) -> [UInt8] {
    var hash = SHA256()
    for column in columns {
      guard let column else {
        hash.update(data: [UInt8(0)])
        continue
      }
      let text = Array(column.utf8)
      hash.update(data: [UInt8(1)] + (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (56 - 8 * $0)) })
      hash.update(data: text)
    }
    return Array(hash.finalize())
  }

  /// The digest of bytes that say themselves where each part ends.
  public static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// The next link after `previous` for the row of this digest.
  public static func link(previous: [UInt8], row: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: previous + row))
  }
}
