public import Store

/// The store for many machines: a few connections to PostgreSQL, each on its own queue.
///
/// The database must be UTF-8 and sort by bytes (`LC_COLLATE 'C'`), or Hangul would come in another order than
/// on SQLite; one that does not is refused.
public struct PostgresDatabase: Database {
  private let lanes: Lanes
  public let dialect = Dialect.postgres

  /// Connects once, so that a wrong `url` shows at the start; further connections are made when needed.
  ///
  /// `url` goes to libpq as it is: several hosts with `target_session_attrs=read-write` follow a failover.
  /// A statement that runs longer than `statementSeconds` is broken off.
  public init(url: String, connections: Int = 4, statementSeconds: Int = 30) throws {
    let outage = Outage()
    let lanes = (0..<max(1, connections)).map { number in
      Lane(url: url, statementSeconds: statementSeconds, number: number, outage: outage)
    }
    try lanes.last?.start()
    self.lanes = Lanes(lanes, mostWriters: PostgresDatabase.mostWriters)
  }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await transaction(.read, body)
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await transaction(.write, body)
  }

  public func close() async throws {
    for lane in await lanes.close() { await lane.close() }
  }

  /// Acts under way at once, of one program: with more of them p99 trebles, and not one more is done (docs/decisions/0011).
  private static let mostWriters = 3

  private func transaction<T: Sendable>(
    _ transaction: Transaction, _ body: @escaping @Sendable (any Session) throws -> T
  ) async throws -> T {
    let lane = try await lanes.borrow(for: transaction)
    let result = await lane.run(transaction, body)
    await lanes.giveBack(lane, after: transaction)
    return try result.get()
  }
}
