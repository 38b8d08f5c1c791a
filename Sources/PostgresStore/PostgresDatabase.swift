public import Store

/// The store for many machines: a few connections to PostgreSQL, each on its own queue.
///
/// The database must be UTF-8 and sort by bytes (`LC_COLLATE 'C'`), or Hangul would come in another order than
/// on SQLite; one that does not is refused.
public struct PostgresDatabase: Database {
  private let lanes: Lanes
  private let queue: CommitQueue
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
    self.lanes = Lanes(lanes)
    // One writes as a rule: acts that run beside each other mostly run twice, because each reads where another writes.
    queue = CommitQueue(mostWriters: max(1, connections / 2))
  }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    let lane = try await lanes.borrow()
    let result = await lane.read(body)
    await lanes.giveBack(lane)
    return try result.get()
  }

  /// In a group with the acts that come while another is being committed (docs/decisions/0011).
  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await queue.write(body) { Task { await writeAll() } }
  }

  public func close() async throws {
    for lane in await lanes.close() { await lane.close() }
  }

  /// Goes on as long as somebody waits.
  private func writeAll() async {
    do {
      let lane = try await lanes.borrow()
      await lane.write(queue)
      await lanes.giveBack(lane)
    } catch {
      while let group = queue.next() {
        for act in group { act.answer(error) }
      }
    }
  }
}
