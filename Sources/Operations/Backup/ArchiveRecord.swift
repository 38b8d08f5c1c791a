import Store

/// One entry of an archive's contents. Numbers are big-endian, texts are UTF-8 led by their length.
enum ArchiveRecord: Hashable {
  case table(name: String, columns: [String])
  case row([Value])

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .table(let name, let columns):
      bytes.append(1)
      bytes.append(lengthLed: name)
      bytes.append(number: UInt32(columns.count))
      for column in columns { bytes.append(lengthLed: column) }
    case .row(let values):
      bytes.append(2)
      for value in values { bytes.append(value) }
    }
  }
}

/// Reads records out of one opened chunk; a record never goes over the end of its chunk.
struct ArchiveRecordReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// `nil` where the bytes are none of ours.
  mutating func next(columns: Int) -> ArchiveRecord? {
    switch byte() {
    case 1:
      guard let name = text(), let count = length() else { return nil }
      var names: [String] = []
      for _ in 0..<count {
        guard let column = text() else { return nil }
        names.append(column)
      }
      return .table(name: name, columns: names)
    case 2:
      var values: [Value] = []
      values.reserveCapacity(columns)
      for _ in 0..<columns {
        guard let value = value() else { return nil }
        values.append(value)
      }
      return .row(values)
    default: return nil
    }
  }

  private mutating func value() -> Value? {
    switch byte() {
    case 0: return .null
    case 1: return take(8).map { .integer(Int64(bitPattern: $0.reduce(0) { $0 << 8 | UInt64($1) })) }
    case 2: return text().map(Value.text)
    case 3: return length().flatMap { take($0) }.map { .bytes(Array($0)) }
    default: return nil
    }
  }

  private mutating func text() -> String? {
    guard let length = length(), let bytes = take(length) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private mutating func length() -> Int? {
    take(4).map { Int($0.reduce(0) { $0 << 8 | UInt32($1) }) }
  }

  private mutating func byte() -> UInt8? { rest.popFirst() }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

extension [UInt8] {
  mutating func append(number: UInt32) {
    for shift in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
  }

  fileprivate mutating func append(lengthLed text: String) {
    append(number: UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  fileprivate mutating func append(_ value: Value) {
    switch value {
    case .null: append(0)
    case .integer(let number):
      append(1)
      for shift in stride(from: 56, through: 0, by: -8) {
        append(UInt8(truncatingIfNeeded: UInt64(bitPattern: number) >> UInt64(shift)))
      }
    case .text(let text):
      append(2)
      append(lengthLed: text)
    case .bytes(let bytes):
      append(3)
      append(number: UInt32(bytes.count))
      append(contentsOf: bytes)
    }
  }
}
