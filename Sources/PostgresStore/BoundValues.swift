internal import CLibPQ
import Store

/// Values in PostgreSQL's binary form, one after another in one buffer.
struct BoundValues {
  private(set) var types: [Oid] = []
  private(set) var lengths: [Int32] = []
  private var bytes: [UInt8] = []

  init(_ values: [Value]) throws {
    types.reserveCapacity(values.count)
    lengths.reserveCapacity(values.count)
    for value in values { try append(value.checked()) }
  }

  var count: Int { types.count }

  var formats: [Int32] { Array(repeating: 1, count: count) }

  func withPointers<T>(_ body: ([UnsafePointer<CChar>?]) -> T) -> T {
    // One byte more, because an empty value needs an address too: a null pointer would mean NULL.
    (bytes + [0]).withUnsafeBytes { buffer in
      var offset = 0
      let pointers = lengths.map { length in
        defer { offset += Int(length) }
        return buffer.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
      }
      return body(pointers.map { UnsafePointer($0) })
    }
  }

  private mutating func append(_ value: Value) throws {
    let start = bytes.count
    switch value {
    case .null:
      // `SQL.rendered` writes NULL into the text.
      throw StoreFault(kind: .other, code: "42P18", message: "a NULL was bound")
    case .integer(let number):
      types.append(ColumnType.bigint)
      withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    case .text(let text):
      types.append(ColumnType.text)
      bytes.append(contentsOf: text.utf8)
    case .bytes(let content):
      types.append(ColumnType.bytea)
      bytes.append(contentsOf: content)
    }
    guard let length = Int32(exactly: bytes.count - start) else {
      throw StoreFault(kind: .constraint, code: "54000", message: "a value is too large")
    }
    lengths.append(length)
  }
}

/// The types this store knows, by their number in `pg_type`.
enum ColumnType {
  static let bool: Oid = 16
  static let bytea: Oid = 17
  static let bigint: Oid = 20
  static let smallint: Oid = 21
  static let integer: Oid = 23
  static let text: Oid = 25
  static let real: Oid = 700
  static let double: Oid = 701
  static let numeric: Oid = 1700
}
