/// A range of addresses, such as `10.0.0.0/8` or `::1`: the proxies whose word on the client counts.
public struct NetworkRange: Hashable, Sendable {
  private let bytes: [UInt8]
  private let bits: Int

  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let bytes = NetworkRange.bytes(of: String(first)) else { return nil }
    let width = bytes.count * 8
    guard let bits = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(bits) else { return nil }
    self.bytes = bytes
    self.bits = bits
  }

  public func contains(_ address: String) -> Bool {
    guard let other = NetworkRange.bytes(of: address), other.count == bytes.count else { return false }
    return (0..<bits).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return bytes[bit / 8] & mask == other[bit / 8] & mask
    }
  }

  /// 4 bytes or 16; an IPv4 address inside IPv6 counts as IPv4.
  static func bytes(of text: String) -> [UInt8]? {
    text.contains(":") ? six(text) : four(text)
  }

  private static func four(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { $0.allSatisfy(\.isASCII) ? UInt8($0) : nil }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func six(_ text: String) -> [UInt8]? {
    let address = text.split(separator: "%").first.map(String.init) ?? text
    if address.lowercased().hasPrefix("::ffff:"), let mapped = four(String(address.dropFirst(7))) {
      return mapped
    }
    let halves = address.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, let left = groups(halves[0]),
      let right = groups(halves.count == 2 ? halves[1] : "")
    else { return nil }
    let missing = 16 - left.count - right.count
    guard halves.count == 2 ? missing >= 2 : missing == 0 else { return nil }
    return left + [UInt8](repeating: 0, count: missing) + right
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    for group in text.split(separator: ":", omittingEmptySubsequences: false) {
      guard group.count <= 4, let value = UInt16(group, radix: 16) else { return nil }
      bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
    }
    return bytes
  }
}
