import Foundation

/// Looks for very many byte patterns at once.
///
/// A pattern is known by its first six bytes, so none may be shorter.
final class Search {
  static let shortest = 6

  private struct Pattern {
    let bytes: [UInt8]
    let text: String
    let disguise: Disguise
  }

  private var patterns: [Pattern] = []
  private var starts: [UInt64: [Int]] = [:]
  /// One bit for a hash of each start, so that almost every place is passed over at once.
  private let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << 18)

  init(_ texts: some Collection<String>) {
    bits.initialize(repeating: 0, count: 1 << 18)
    for text in texts {
      for disguise in Disguise.spelled {
        for bytes in disguise.patterns(of: text) where bytes.count >= Self.shortest {
          let start = bytes[..<Self.shortest].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
          starts[start, default: []].append(patterns.count)
          patterns.append(Pattern(bytes: bytes, text: text, disguise: disguise))
          let hash = Self.hash(start)
          bits[hash >> 6] |= 1 << UInt64(hash & 63)
        }
      }
    }
  }

  deinit {
    bits.deallocate()
  }

  struct Find: Hashable {
    let text: String
    let disguise: Disguise
  }

  /// What is found in `bytes` as it stands.
  ///
  /// Patterns shorter than `atLeast` bytes are left out: in a hundred million random bytes six come together by chance.
  func spelled(in bytes: UnsafeRawBufferPointer, atLeast: Int = shortest) -> Set<Find> {
    var found: Set<Find> = []
    guard bytes.count >= Self.shortest, let base = bytes.bindMemory(to: UInt8.self).baseAddress else {
      return found
    }
    var window: UInt64 = 0
    var index = 0
    let count = bytes.count
    while index < count {
      window = (window << 8 | UInt64(base[index])) & 0xFFFF_FFFF_FFFF
      index += 1
      let hash = Int(truncatingIfNeeded: (window &* 0x9E37_79B9_7F4A_7C15) >> 40)
      if bits[hash >> 6] & (1 << UInt64(hash & 63)) == 0 { continue }
      guard index >= Self.shortest, let candidates = starts[window] else { continue }
      for pattern in candidates.map({ patterns[$0] }) where pattern.bytes.count >= atLeast {
        let start = index - Self.shortest
        guard start + pattern.bytes.count <= count,
          memcmp(base + start, pattern.bytes, pattern.bytes.count) == 0
        else { continue }
        found.insert(Find(text: pattern.text, disguise: pattern.disguise))
      }
    }
    return found
  }

  /// What is found in whatever begins like a zlib or gzip stream anywhere in `bytes`.
  func compressed(in bytes: UnsafeRawBufferPointer) -> Set<Find> {
    var found: Set<Find> = []
    guard bytes.count > 8, let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return found }
    var index = 0
    while index < bytes.count - 8 {
      let (first, second) = (base[index], base[index + 1])
      let isZlib = first == 0x78 && (UInt16(first) << 8 | UInt16(second)) % 31 == 0
      let isGzip = first == 0x1F && second == 0x8B
      if isZlib || isGzip {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[index..<min(index + 65_536, bytes.count)])
        if let plain = Disguise.inflated(rest) {
          found.formUnion(inside(plain, as: isZlib ? .zlib : .gzip))
        }
      }
      index += 1
    }
    return found
  }

  /// What is found in one stored value: in itself, and where it is a stream of any kind, in what that holds.
  func everything(in value: [UInt8]) -> Set<Find> {
    value.withUnsafeBytes { bytes in
      var found = spelled(in: bytes).union(compressed(in: bytes))
      if let plain = Disguise.inflated(bytes, isBare: true) { found.formUnion(inside(plain, as: .deflate)) }
      return found
    }
  }

  private func inside(_ plain: [UInt8], as disguise: Disguise) -> Set<Find> {
    Set(plain.withUnsafeBytes { spelled(in: $0) }.map { Find(text: $0.text, disguise: disguise) })
  }

  private static func hash(_ start: UInt64) -> Int {
    Int(truncatingIfNeeded: (start &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }
}
