import Foundation
internal import GRDB
public import Store

/// The default store: one file, one writer at a time, as many readers as cores.
///
/// A write that has returned survives a power cut: WAL with `synchronous = FULL`.
public struct SQLiteDatabase: Store.Database {
  private let pool: DatabasePool
  private let commits: CommitGroup
  public let dialect = Dialect.sqlite

  /// Opens the file at `path`, and makes it where there is none.
  ///
  /// `busySeconds` is how long a statement waits for another process that holds the file.
  public init(path: String, readers: Int? = nil, busySeconds: Double = 10) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(busySeconds)
    configuration.maximumReaderCount = max(1, readers ?? ProcessInfo.processInfo.activeProcessorCount)
    configuration.persistentReadOnlyConnections = true
    configuration.prepareDatabase { connection in
      // Every commit makes the pages a reader has kept worthless, so they are looked at where the system keeps them.
      try connection.execute(sql: "PRAGMA cache_size = -24576; PRAGMA mmap_size = 1073741824")
    }
    let pool = try StoreFault.mapping {
      let pool = try DatabasePool(path: path, configuration: configuration)
      // Here and not in `prepareDatabase`, because the pool sets NORMAL after that.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      return pool
    }
    self.pool = pool
    commits = CommitGroup(pool)
  }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    do {
      return try await pool.read { try body(SQLiteSession($0)) }
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
    try StoreFault.mapping { try pool.close() }
  }
}
