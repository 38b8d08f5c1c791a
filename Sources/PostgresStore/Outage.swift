import Synchronization

/// Since when the database has been away, told by each lane to the others: all together wait no longer than one would,
/// and those who come later hear at once that nobody is there.
final class Outage: Sendable {
  private struct State {
    var began: ContinuousClock.Instant?
    var lastTried: ContinuousClock.Instant?
  }

  let patience: Duration
  private let pause: Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - patience: how long a transaction waits for the database to come back.
  ///   - pause: how often it is looked for after that.
  init(patience: Duration = .seconds(8), pause: Duration = .seconds(1)) {
    self.patience = patience
    self.pause = pause
  }

  /// Whether to look for the database now.
  var mayTry: Bool {
    state.withLock { state in
      guard let began = state.began, .now - began >= patience else { return true }
      guard let last = state.lastTried, .now - last < pause else {
        state.lastTried = .now
        return true
      }
      return false
    }
  }

  /// Notes that it is away, and says whether it is still worth waiting.
  func isWorthWaiting() -> Bool {
    state.withLock { state in
      let began = state.began ?? .now
      state.began = began
      state.lastTried = .now
      return .now - began < patience
    }
  }

  func ended() {
    state.withLock { $0 = State() }
  }
}
