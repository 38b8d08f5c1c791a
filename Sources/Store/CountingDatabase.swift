import Synchronization

/// A store that tells of every statement it passes on: how many a page needs.
///
/// BEGIN, COMMIT and savepoints are not counted; a body that PostgreSQL runs again counts again.
public struct CountingDatabase: Database {
  private let base: any Database
  private let note: @Sendable (SQL) -> Void
  /// For tests, which look at each.
  public let statements: StatementLog

  public init(_ base: any Database) {
    self.base = base
    let log = StatementLog(base.dialect)
    statements = log
    note = { log.note($0) }
  }

  /// Keeps none of them.
  public init(_ base: any Database, each: @escaping @Sendable () -> Void) {
    self.base = base
    statements = StatementLog(base.dialect)
    note = { _ in each() }
  }

  public var dialect: Dialect { base.dialect }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.read { [note] in try body(CountingSession(base: $0, note: note)) }
  }

  public func survey<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.survey { [note] in try body(CountingSession(base: $0, note: note)) }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.write { [note] in try body(CountingSession(base: $0, note: note)) }
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
  let note: (SQL) -> Void

  var dialect: Dialect { base.dialect }

  func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
    note(sql)
    try base.forEach(sql, body)
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    note(sql)
    return try base.execute(sql)
  }

  func script(_ text: String) throws {
    note(SQL(stringLiteral: text))
    try base.script(text)
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try base.savepoint(body)
  }
}
