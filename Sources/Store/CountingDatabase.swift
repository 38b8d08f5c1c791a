import Synchronization

/// A store that notes every statement it passes on: for tests of how many a page needs.
///
/// BEGIN, COMMIT and savepoints are not counted; a body that PostgreSQL runs again counts again.
public struct CountingDatabase: Database {
  private let base: any Database
  public let statements = StatementLog()

  public init(_ base: any Database) {
    self.base = base
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

/// The texts of statements, without values, in the order they were run.
public final class StatementLog: Sendable {
  private let noted = Mutex<[String]>([])

  public var texts: [String] { noted.withLock { $0 } }

  public var count: Int { noted.withLock { $0.count } }

  public func removeAll() {
    noted.withLock { $0.removeAll() }
  }

  func note(_ text: String) {
    noted.withLock { $0.append(text) }
  }
}

private struct CountingSession: Session {
  let base: any Session
  let statements: StatementLog

  var dialect: Dialect { base.dialect }

  func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
    statements.note(sql.rendered(for: dialect).text)
    try base.forEach(sql, body)
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    statements.note(sql.rendered(for: dialect).text)
    return try base.execute(sql)
  }

  func script(_ text: String) throws {
    statements.note(text)
    try base.script(text)
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try base.savepoint(body)
  }
}
