public import Foundation

/// The identity of one record; ids of different kinds do not mix.
///
/// Made by the program as UUID version 7 (RFC 9562), so ids sort by the time they were made on both engines.
@frozen public struct ID<Record>: Hashable, Sendable {
  public let value: UUID

  @inlinable
  public init(_ value: UUID) {
    self.value = value
  }

  /// Reads the canonical text form, in letters of either case; `nil` for anything else.
  @inlinable
  public init?(_ text: String) {
    self.init(utf8: text.utf8.span)
  }

  /// The same from bytes.
  @inlinable
  public init?(utf8 bytes: Span<UInt8>) {
    guard let value = UUID(canonical: bytes) else { return nil }
    self.value = value
  }

  /// A version 7 id for `instant`, with the rest taken from `random` (its first ten bytes).
  public init(at instant: Date, random: UUID) {
    let milliseconds = UInt64(max(0, (instant.timeIntervalSince1970 * 1000).rounded()))
    let r = random.uuid
    value = UUID(
      uuid: (
        UInt8(truncatingIfNeeded: milliseconds >> 40), UInt8(truncatingIfNeeded: milliseconds >> 32),
        UInt8(truncatingIfNeeded: milliseconds >> 24), UInt8(truncatingIfNeeded: milliseconds >> 16),
        UInt8(truncatingIfNeeded: milliseconds >> 8), UInt8(truncatingIfNeeded: milliseconds),
        0x70 | (r.0 & 0x0F), r.1, 0x80 | (r.2 & 0x3F), r.3, r.4, r.5, r.9, r.10, r.11, r.12
      ))
  }

  /// When it was made, in whole milliseconds; 1970 for an id that is not of version 7.
  public var madeAt: Date {
    let bytes = value.uuid
    guard bytes.6 >> 4 == 7 else { return Date(timeIntervalSince1970: 0) }
    let milliseconds = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5].reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  /// The same id read as an id of another kind of record: for the few places where two kinds share one key.
  public func `as`<Other>(_ other: Other.Type) -> ID<Other> {
    ID<Other>(value)
  }
}

extension ID: CustomStringConvertible {
  /// The canonical lower-case text, as stored and as used in addresses.
  @inlinable
  public var description: String { value.canonicalText }
}

extension ID: Comparable {
  /// The order of the texts, which is that of the bytes.
  @inlinable
  public static func < (a: ID, b: ID) -> Bool { a.value.halves < b.value.halves }
}

// Written by hand because every row of every list reads and writes several ids, and Foundation's own way takes as long
// as the rest of the row.
extension UUID {
  /// `nil` for anything but 8-4-4-4-12 hexadecimal digits.
  @usableFromInline init?(canonical text: Span<UInt8>) {
    guard text.count == 36 else { return nil }
    var halves: (high: UInt64, low: UInt64) = (0, 0)
    for place in 0..<36 {
      let byte = text[place]
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = byte.hexValue else { return nil }
      halves.high = halves.high << 4 | halves.low >> 60
      halves.low = halves.low << 4 | UInt64(digit)
    }
    self.init(high: halves.high, low: halves.low)
  }

  private init(high: UInt64, low: UInt64) {
    func byte(_ half: UInt64, _ place: UInt64) -> UInt8 {
      UInt8(truncatingIfNeeded: half >> (56 - 8 * place))
    }
    self.init(
      uuid: (
        byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
        byte(high, 6),
        byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4), byte(low, 5),
        byte(low, 6), byte(low, 7)
      ))
  }

  @usableFromInline var halves: (high: UInt64, low: UInt64) {
    unsafe withUnsafeBytes(of: uuid) { bytes in
      unsafe (
        UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }

  @usableFromInline var canonicalText: String {
    let (high, low) = halves
    return unsafe String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          unsafe text[place] = UInt8(ascii: "-")
          place += 1
        }
        let half = digit < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (digit & 15)) & 15)
        unsafe text[place] = UInt8(hexDigitOf: value)
        place += 1
      }
      return place
    }
  }
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = ID(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an id"))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
