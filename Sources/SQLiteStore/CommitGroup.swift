internal import GRDB
internal import Store
import Synchronization

/// Writes in groups: all acts that come while one group is being committed share the next commit, and each caller
/// returns once its own is durable. A commit waits for the disk, so that a group of twenty costs little more than one.
///
/// Each act of a group has a savepoint of its own, so that one that fails undoes itself alone; those behind it see what
/// the ones before it wrote. Nobody is answered before the commit, refusals neither, for they may rest on what another
/// act of the group wrote.
final class CommitGroup: Sendable {
  private struct Waiting: Sendable {
    let run: @Sendable (SQLiteSession) throws -> Void
    /// Called once, with what the commit threw or the act itself.
    let answer: @Sendable ((any Error)?) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var isWriting = false
  }

  /// Acts in one commit: few enough that the first does not wait long for the last.
  private static let most = 32

  private let pool: DatabasePool
  private let state = Mutex(State())

  init(_ pool: DatabasePool) {
    self.pool = pool
  }

  func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let result = Mutex<T?>(nil)
      let waiting = Waiting(
        run: { session in
          let value = try body(session)
          if let fault = session.fault { throw fault }
          result.withLock { $0 = value }
        },
        answer: { failure in
          if let failure { return continuation.resume(throwing: failure) }
          guard let value = result.withLock({ $0 }) else {
            return continuation.resume(
              throwing: StoreFault(kind: .other, code: "rollback", message: "the transaction was rolled back")
            )
          }
          continuation.resume(returning: value)
        })
      let begins = state.withLock { state in
        state.waiting.append(waiting)
        defer { state.isWriting = true }
        return !state.isWriting
      }
      if begins { writeAll() }
    }
  }

  /// Goes on as long as somebody waits; only one at a time, on the writer's own queue.
  private func writeAll() {
    pool.asyncWriteWithoutTransaction { connection in
      while let group = self.next() {
        let failures = self.commit(group, on: connection)
        for (waiting, failure) in zip(group, failures) { waiting.answer(failure) }
      }
    }
  }

  private func next() -> [Waiting]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.isWriting = false
        return nil
      }
      let group = Array(state.waiting.prefix(CommitGroup.most))
      state.waiting.removeFirst(group.count)
      return group
    }
  }

  /// What each act of the group failed with, if it did.
  private func commit(_ group: [Waiting], on connection: GRDB.Database) -> [(any Error)?] {
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

  private func run(_ waiting: Waiting, on connection: GRDB.Database) -> (any Error)? {
    do {
      try waiting.run(SQLiteSession(connection))
      return nil
    } catch let error as DatabaseError {
      return StoreFault(error)
    } catch {
      return error
    }
  }

  private func attempt(_ waiting: Waiting, on connection: GRDB.Database) throws -> (any Error)? {
    try connection.execute(sql: "SAVEPOINT act")
    let failure = run(waiting, on: connection)
    // A full disk may have undone the whole transaction; then the savepoint is gone, and with it the others' acts.
    try connection.execute(sql: failure == nil ? "RELEASE act" : "ROLLBACK TO act; RELEASE act")
    return failure
  }
}
