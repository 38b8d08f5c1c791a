import Foundation
internal import GRDB
public import Store

/// The default store: one file, one writer at a time, as many readers as cores.
///
/// A write that has returned survives a power cut: WAL with `synchronous = FULL`.
public struct SQLiteDatabase: Store.Database {
  private let pool: DatabasePool
  /// Readers of their own for what may last.
  private let surveyors: DatabasePool
  private let commits: CommitGroup
  public let dialect = Dialect.sqlite

  /// Opens the file at `path`, and makes it where there is none.
  ///
  /// `busySeconds` is how long a statement waits for another process that holds the file.
  public init(path: String, readers: Int? = nil, busySeconds: Double = 10) throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let (pool, surveyors) = try StoreFault.mapping {
      let pool = try Self.pool(path, readers: readers ?? cores, busySeconds: busySeconds)
      // Here and not in `prepareDatabase`, because the pool sets NORMAL after that.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      return (pool, try Self.pool(path, readers: 2, busySeconds: busySeconds))
    }
    self.pool = pool
    self.surveyors = surveyors
    commits = CommitGroup(pool)
  }

  private static func pool(_ path: String, readers: Int, busySeconds: Double) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(busySeconds)
    configuration.maximumReaderCount = max(1, readers)
    configuration.persistentReadOnlyConnections = true
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -24576") }
    return try DatabasePool(path: path, configuration: configuration)
  }

  /// On the thread that asks: the pages of a read lie in memory, so that it computes and hardly ever waits, while going to
  /// another thread and back costs a tenth of a page.
  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try readHere(body)
  }

  private func readHere<T>(_ body: (any Session) throws -> T) throws -> T {
    try StoreFault.mapping {
      try pool.unsafeRead { connection in
        try Self.inTransaction(connection) { try body(SQLiteSession(connection)) }
      }
    }
  }

  /// As the pool's own `read` does, but by statements that stay prepared: it makes them anew for each transaction.
  private static func inTransaction<T>(_ connection: GRDB.Database, _ body: () throws -> T) throws -> T {
    try connection.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
    do {
      let result = try body()
      try connection.cachedStatement(sql: "COMMIT TRANSACTION").execute()
      return result
    } catch {
      if connection.isInsideTransaction { try? connection.rollback() }
      throw error
    }
  }

  public func survey<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    do {
      return try await surveyors.read { try body(SQLiteSession($0)) }
    } catch let error as DatabaseError {
      throw StoreFault(error)
    }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await commits.write(body)
  }

  /// Brings the log into the file and empties it, so that the file alone is the whole store.
  ///
  /// The log stays on disk when the store is closed; who wants to move the file calls this first.
  public func settle() async throws {
    do {
      try await pool.writeWithoutTransaction { connection in _ = try connection.checkpoint(.truncate) }
    } catch let error as DatabaseError {
      throw StoreFault(error)
    }
  }

  public func close() async throws {
    try StoreFault.mapping {
      try surveyors.close()
      try pool.close()
    }
  }
}
