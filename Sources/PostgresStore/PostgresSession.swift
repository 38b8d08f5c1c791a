internal import CLibPQ
import Store

/// One transaction on one connection; lives inside a job on the lane's queue.
final class PostgresSession: Session {
  private let connection: Connection
  /// A statement that failed, which dooms the transaction until a savepoint is rolled back.
  private(set) var fault: StoreFault?
  let dialect = Dialect.postgres

  init(_ connection: Connection) {
    self.connection = connection
  }

  func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
    let result = ResultRows(try run(sql))
    while result.advance() { try body(Row(result)) }
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    let result = try run(sql)
    defer { PQclear(result) }
    return Int(String(cString: PQcmdTuples(result))) ?? 0
  }

  func script(_ text: String) throws {
    try guarded { try connection.command(text) }
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try script("SAVEPOINT attempt")
    do {
      let result = try body()
      try script("RELEASE attempt")
      return result
    } catch {
      // A serialization failure is of the whole transaction, and a lost connection too.
      if let fault, fault.isSerialization || connection.isLost { throw fault }
      fault = nil
      try script("ROLLBACK TO attempt; RELEASE attempt")
      throw error
    }
  }

  private func run(_ sql: SQL) throws -> OpaquePointer {
    let (text, values) = sql.rendered(for: dialect)
    return try guarded { try connection.run(text, BoundValues(values)) }
  }

  private func guarded<T>(_ body: () throws -> T) throws -> T {
    if let fault { throw fault }
    do {
      return try body()
    } catch let error as StoreFault {
      fault = error
      throw error
    }
  }
}
