internal import GRDB
internal import Store

/// Writes in groups, on the writer's own queue: a commit waits for the disk, so that a group of twenty costs little more
/// than one.
///
/// Each act of a group has a savepoint of its own, so that one that fails undoes itself alone; those behind it see what
/// the ones before it wrote.
final class CommitGroup: Sendable {
  private let pool: DatabasePool
  private let queue = CommitQueue()

  init(_ pool: DatabasePool) {
    self.pool = pool
  }

  func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await queue.write(body, beginning: writeAll)
  }

  /// Goes on as long as somebody waits.
  private func writeAll() {
    pool.asyncWriteWithoutTransaction { connection in
      while let group = self.queue.next() {
        let failures = self.commit(group, on: connection)
        for (act, failure) in zip(group, failures) { act.answer(failure) }
      }
    }
  }

  /// What each act of the group failed with, if it did.
  private func commit(_ group: [CommitQueue.Act], on connection: GRDB.Database) -> [(any Error)?] {
    do {
      try connection.beginTransaction(.immediate)
      let failures =
        try group.count == 1
        ? [run(group[0], on: connection)] : group.map { try attempt($0, on: connection) }
      // A lone act that failed has nothing to be committed.
      if group.count == 1, failures[0] != nil { try connection.rollback() } else { try connection.commit() }
      return failures
    } catch {
      if connection.isInsideTransaction { try? connection.rollback() }
      let fault = (error as? DatabaseError).map { StoreFault($0) } ?? error
      return group.map { _ in fault }
    }
  }

  private func run(_ act: CommitQueue.Act, on connection: GRDB.Database) -> (any Error)? {
    let session = SQLiteSession(connection)
    do {
      try act.run(session)
      return session.fault
    } catch let error as DatabaseError {
      return StoreFault(error)
    } catch {
      return error
    }
  }

  private func attempt(_ act: CommitQueue.Act, on connection: GRDB.Database) throws -> (any Error)? {
    try connection.execute(sql: "SAVEPOINT act")
    let failure = run(act, on: connection)
    // A full disk may have undone the whole transaction; then the savepoint is gone, and with it the others' acts.
    try connection.execute(sql: failure == nil ? "RELEASE act" : "ROLLBACK TO act; RELEASE act")
    return failure
  }
}
