internal import CLibPQ
import Store

/// The rows of one result, read in place from libpq's own memory.
final class ResultRows: Columns {
  private let result: OpaquePointer
  private let count: Int32
  private let types: [Oid]
  private var row: Int32 = -1

  init(_ result: OpaquePointer) {
    self.result = result
    count = PQntuples(result)
    types = (0..<PQnfields(result)).map { PQftype(result, $0) }
  }

  deinit {
    PQclear(result)
  }

  func advance() -> Bool {
    row += 1
    return row < count
  }

  func column(_ index: Int) throws -> Column {
    guard types.indices.contains(index) else { throw UnreadableColumn(index: index) }
    let column = Int32(index)
    if PQgetisnull(result, row, column) == 1 { return .null }
    let bytes = UnsafeRawBufferPointer(
      start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    switch types[index] {
    case ColumnType.bigint, ColumnType.integer, ColumnType.smallint, ColumnType.bool:
      return .integer(bytes.signedInteger)
    case ColumnType.bytea: return .bytes(bytes)
    case ColumnType.numeric: return .made(Numeric(bytes).value)
    case ColumnType.double:
      return .made(.text(String(Double(bitPattern: UInt64(bitPattern: bytes.signedInteger)))))
    case ColumnType.real:
      return .made(.text(String(Float(bitPattern: UInt32(truncatingIfNeeded: bytes.signedInteger)))))
    default: return .text(bytes)
    }
  }
}

/// PostgreSQL's binary `numeric`, which is what SUM of a bigint gives.
private struct Numeric {
  private let weight: Int
  private let isNegative: Bool
  private let scale: Int
  /// In base 10,000.
  private let digits: [Int]

  init(_ bytes: UnsafeRawBufferPointer) {
    let words = stride(from: 0, to: bytes.count, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    weight = Int(Int16(truncatingIfNeeded: words[1]))
    isNegative = words[2] == 0x4000
    scale = words[3]
    digits = Array(words.dropFirst(4))
  }

  /// A whole number where it is one, else decimal text.
  var value: Value {
    let whole = (0..<max(0, weight + 1)).map(digit)
    var number: Int64 = 0
    var isTooLarge = false
    for digit in whole {
      let (shifted, carried) = number.multipliedReportingOverflow(by: 10_000)
      let (sum, spilled) = shifted.addingReportingOverflow(Int64(digit))
      number = sum
      isTooLarge = isTooLarge || carried || spilled
    }
    if scale == 0, !isTooLarge { return .integer(isNegative ? -number : number) }
    let front: String = whole.map(padded).joined()
    let places: String = (0..<(scale + 3) / 4).map { padded(digit(weight + 1 + $0)) }.joined()
    let shown = front.drop { $0 == "0" }
    let sign = isNegative ? "-" : ""
    return .text(sign + (shown.isEmpty ? "0" : shown) + (scale == 0 ? "" : "." + places.prefix(scale)))
  }

  private func digit(_ index: Int) -> Int {
    digits.indices.contains(index) ? digits[index] : 0
  }

  private func padded(_ digit: Int) -> String {
    String(String(10_000 + digit).dropFirst())
  }
}

extension UnsafeRawBufferPointer {
  /// Big-endian, of one to eight bytes.
  fileprivate var signedInteger: Int64 {
    guard let first, count > 1 else { return Int64(self.first ?? 0) }
    return dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
  }
}
