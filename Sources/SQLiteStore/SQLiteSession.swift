internal import GRDB
internal import GRDBSQLite
internal import Store

/// One transaction on one connection; lives inside the closure that GRDB calls on the connection's queue.
///
/// GRDB keeps the connections, their queues and their prepared statements; values go in and out through SQLite's own
/// functions (docs/decisions/0013).
final class SQLiteSession: Session {
  private let connection: GRDB.Database
  /// Statements in a loop of their own: the same text inside it needs another.
  private var running: Set<ObjectIdentifier> = []
  /// A statement that failed, which dooms the transaction until a savepoint is rolled back, as on PostgreSQL.
  private(set) var fault: StoreFault?
  let dialect = Dialect.sqlite

  init(_ connection: GRDB.Database) {
    self.connection = connection
  }

  func forEach(_ sql: Store.SQL, _ body: (borrowing Store.Row) throws -> Void) throws {
    let cursor = try guarded { try begun(sql) }
    let name = ObjectIdentifier(cursor.statement)
    running.insert(name)
    defer {
      running.remove(name)
      cursor.end()
    }
    while try guarded({ try cursor.step() }) {
      try body(Store.Row(cursor))
    }
  }

  func execute(_ sql: Store.SQL) throws -> Int {
    try guarded {
      let cursor = try begun(sql)
      defer { cursor.end() }
      while try cursor.step() {}
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

  private func begun(_ sql: Store.SQL) throws -> Cursor {
    let (text, values) = sql.rendered(for: dialect)
    var statement = try connection.cachedStatement(sql: text)
    if running.contains(ObjectIdentifier(statement)) { statement = try connection.makeStatement(sql: text) }
    let cursor = Cursor(statement)
    do {
      try cursor.bind(values)
    } catch {
      cursor.end()
      throw error
    }
    return cursor
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
}
