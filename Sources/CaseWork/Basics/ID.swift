public import Foundation

/// The identity of one record; ids of different kinds do not mix.
///
/// Made by the program as UUID version 7 (RFC 9562), so ids sort by the time they were made on both engines.
public struct ID<Record>: Hashable, Sendable {
  public let value: UUID

  public init(_ value: UUID) {
    self.value = value
  }

  /// Reads the canonical text form; `nil` for anything else.
  public init?(_ text: String) {
    guard text.utf8.count == 36, let value = UUID(uuidString: text) else { return nil }
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
  public var description: String { value.uuidString.lowercased() }
}

extension ID: Comparable {
  public static func < (a: ID, b: ID) -> Bool { a.description < b.description }
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
