internal import GRDB
internal import GRDBSQLite
internal import Store

/// A prepared statement on its way through its rows.
final class Cursor: Columns {
  let statement: GRDB.Statement
  private let pointer: OpaquePointer
  private let count: Int32

  init(_ statement: GRDB.Statement) {
    self.statement = statement
    pointer = statement.sqliteStatement
    count = sqlite3_column_count(pointer)
    sqlite3_reset(pointer)
  }

  func bind(_ values: [Value]) throws {
    for (index, value) in values.enumerated() {
      let code = bind(try value.checked(), at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
  }

  /// Whether there is a row.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  /// Lets go of the rows; what was bound is given up, for it may be secret.
  func end() {
    sqlite3_reset(pointer)
    sqlite3_clear_bindings(pointer)
  }

  func column(_ index: Int) throws -> Store.Column {
    guard index >= 0, index < count else { throw UnreadableColumn(index: index) }
    let index = Int32(index)
    switch sqlite3_column_type(pointer, index) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, index))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(pointer, index)
      return .bytes(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, index))))
    default:
      let start = sqlite3_column_text(pointer, index)
      return .text(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, index))))
    }
  }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(pointer, index)
    case .integer(let number): return sqlite3_bind_int64(pointer, index, number)
    case .text(let text):
      // As a C string, for which no address is needed where it is empty; it holds no NUL (`checked`).
      return sqlite3_bind_text(pointer, index, text, Int32(text.utf8.count), Cursor.copied)
    case .bytes(let bytes):
      // No address would mean NULL.
      if bytes.isEmpty { return sqlite3_bind_zeroblob(pointer, index, 0) }
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob(pointer, index, $0.baseAddress, Int32($0.count), Cursor.copied)
      }
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let connection = sqlite3_db_handle(pointer)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }

  /// SQLite copies what it is given at once (`SQLITE_TRANSIENT`).
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
