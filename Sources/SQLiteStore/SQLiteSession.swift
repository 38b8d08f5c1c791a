import Foundation
internal import GRDB
internal import Store

/// One transaction on one connection; lives inside the closure that GRDB calls on the connection's queue.
final class SQLiteSession: Session {
  private let connection: GRDB.Database
  private var running: Set<String> = []
  /// A statement that failed, which dooms the transaction until a savepoint is rolled back, as on PostgreSQL.
  private(set) var fault: StoreFault?
  let dialect = Dialect.sqlite

  init(_ connection: GRDB.Database) {
    self.connection = connection
  }

  func forEach(_ sql: Store.SQL, _ body: (borrowing Store.Row) throws -> Void) throws {
    let (text, values) = sql.rendered(for: dialect)
    let isNested = !running.insert(text).inserted
    defer { if !isNested { running.remove(text) } }
    let cursor = try guarded {
      // The cached statement is one object, so the same text inside its own loop needs another.
      let statement =
        try isNested
        ? connection.makeStatement(sql: text) : connection.cachedStatement(sql: text)
      return try GRDB.Row.fetchCursor(statement, arguments: arguments(values))
    }
    while let row = try guarded({ try cursor.next() }) {
      try body(Store.Row { try row.value(at: $0) })
    }
  }

  func execute(_ sql: Store.SQL) throws -> Int {
    let (text, values) = sql.rendered(for: dialect)
    return try guarded {
      let statement =
        try running.contains(text)
        ? connection.makeStatement(sql: text) : connection.cachedStatement(sql: text)
      try statement.execute(arguments: arguments(values))
      return connection.changesCount
    }
  }

  func script(_ text: String) throws {
    try guarded { try connection.execute(sql: text) }
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try guarded { try connection.execute(sql: "SAVEPOINT attempt") }
    do {
      let result = try body()
      try guarded { try connection.execute(sql: "RELEASE attempt") }
      return result
    } catch {
      fault = nil
      try guarded { try connection.execute(sql: "ROLLBACK TO attempt; RELEASE attempt") }
      throw error
    }
  }

  private func guarded<T>(_ body: () throws -> T) throws -> T {
    if let fault { throw fault }
    do {
      return try body()
    } catch let error as DatabaseError {
      let fault = StoreFault(error)
      self.fault = fault
      throw fault
    } catch let error as StoreFault {
      fault = error
      throw error
    }
  }

  private func arguments(_ values: [Value]) throws -> StatementArguments {
    StatementArguments(try values.map { try $0.checked().databaseValue })
  }
}

extension GRDB.Row {
  fileprivate func value(at index: Int) throws -> Store.Value {
    guard index >= 0, index < count else { throw UnreadableColumn(index: index) }
    let value: DatabaseValue = self[index]
    return switch value.storage {
    case .null: .null
    case .int64(let number): .integer(number)
    case .double(let number): .text(String(number))
    case .string(let text): .text(text)
    case .blob(let data): .bytes([UInt8](data))
    }
  }
}

extension Value {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .bytes(let bytes): Foundation.Data(bytes).databaseValue
    }
  }
}
