import Synchronization

/// A store that notes every statement it passes on: for tests of how many a page needs.
///
/// BEGIN, COMMIT and savepoints are not counted; a body that PostgreSQL runs again counts again.
public struct CountingDatabase: Database {
  private let base: any Database
  public let statements: StatementLog

  public init(_ base: any Database) {
    self.base = base
    statements = StatementLog(base.dialect)
  }

  public var dialect: Dialect { base.dialect }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.read { [statements] in try body(CountingSession(base: $0, statements: statements)) }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.write { [statements] in try body(CountingSession(base: $0, statements: statements)) }
  }

  public func close() async throws {
    try await base.close()
  }
}

/// Statements in the order they were run.
public final class StatementLog: Sendable {
  private let dialect: Dialect
  private let noted = Mutex<[SQL]>([])

  init(_ dialect: Dialect) {
    self.dialect = dialect
  }

  /// With their values, so that the plan of each can be asked for.
  public var statements: [SQL] { noted.withLock { $0 } }

  /// Without values.
  public var texts: [String] { statements.map { $0.rendered(for: dialect).text } }

  public var count: Int { noted.withLock { $0.count } }

  public func removeAll() {
    noted.withLock { $0.removeAll() }
  }

  func note(_ sql: SQL) {
    noted.withLock { $0.append(sql) }
  }
}

private struct CountingSession: Session {
  let base: any Session
  let statements: StatementLog

  var dialect: Dialect { base.dialect }

  func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
    statements.note(sql)
    try base.forEach(sql, body)
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    statements.note(sql)
    return try base.execute(sql)
  }

  func script(_ text: String) throws {
    statements.note(SQL(stringLiteral: text))
    try base.script(text)
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try base.savepoint(body)
  }
}
