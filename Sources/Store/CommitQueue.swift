import Synchronization

/// Acts that wait to be written: those that come while others are being committed share the next commit, and each caller
/// returns once its own is durable (docs/decisions/0011).
///
/// An engine takes group after group with `next()`. Nobody is answered before the commit, refusals neither, for they may
/// rest on what another act of the group wrote.
public final class CommitQueue: Sendable {
  /// One act: what it does, and who hears of the end.
  public struct Act: Sendable {
    /// May be called again, when nothing of the first time was kept.
    public let run: @Sendable (any Session) throws -> Void
    /// Called once, with what the commit threw or the act itself.
    public let answer: @Sendable ((any Error)?) -> Void
  }

  private struct State {
    var waiting: [Act] = []
    var writers = 0
    var taken = ContinuousClock.now
    var isWatched = false
  }

  private let most: Int
  private let mostWriters: Int
  private let patience: Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - most: acts in one commit: few enough that the first does not wait long for the last.
  ///   - mostWriters: groups under way at once.
  ///   - patience: how long a group may be under way before those behind it get a writer of their own: a class list of a
  ///     whole school keeps nobody waiting.
  public init(most: Int = 32, mostWriters: Int = 1, patience: Duration = .milliseconds(60)) {
    self.most = most
    self.mostWriters = mostWriters
    self.patience = patience
  }

  /// Waits until `body` is durable, or was undone.
  ///
  /// - Parameter begin: starts a writer, which takes groups until none is left.
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (any Session) throws -> T, beginning begin: @escaping @Sendable () -> Void
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let result = Mutex<T?>(nil)
      let act = Act(
        run: { session in
          let value = try body(session)
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
      if state.withLock({ add(act, to: &$0) }) { begin() } else { watch(begin) }
    }
  }

  /// The acts of the next commit; `nil` when nobody waits, and then this writer has ended.
  public func next() -> [Act]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.writers -= 1
        return nil
      }
      let group = Array(state.waiting.prefix(most))
      state.waiting.removeFirst(group.count)
      state.taken = .now
      return group
    }
  }

  private func add(_ act: Act, to state: inout State) -> Bool {
    state.waiting.append(act)
    return beginsWriter(&state)
  }

  /// Whether another writer begins now.
  private func beginsWriter(_ state: inout State) -> Bool {
    guard !state.waiting.isEmpty, state.writers < mostWriters else { return false }
    guard state.writers == 0 || .now - state.taken > patience else { return false }
    state.writers += 1
    state.taken = .now
    return true
  }

  /// Looks again after a while, because those who wait behind a long act do not call again.
  private func watch(_ begin: @escaping @Sendable () -> Void) {
    guard mostWriters > 1 else { return }
    let isFirst = state.withLock { state in
      defer { state.isWatched = true }
      return !state.isWatched
    }
    guard isFirst else { return }
    Task {
      while true {
        try? await Task.sleep(for: patience)
        let (begins, isOver) = state.withLock { state in
          let begins = beginsWriter(&state)
          let isOver = state.waiting.isEmpty
          if isOver { state.isWatched = false }
          return (begins, isOver)
        }
        if begins { begin() }
        if isOver { return }
      }
    }
  }
}
