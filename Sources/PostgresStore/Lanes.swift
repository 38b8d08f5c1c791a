import Store

/// The lanes that are free, last used first, so that few connections stay warm and no more are made than needed.
///
/// Only some of them write at once: acts that run beside each other read where others write, so that under `SERIALIZABLE`
/// the more there are, the more of them are broken off and run again (docs/decisions/0011).
actor Lanes {
  private let all: [Lane]
  private var free: [Lane]
  private var waiting: [Waiting] = []
  private let mostWriters: Int
  private var writers = 0
  private var isClosed = false

  private struct Waiting {
    let transaction: Transaction
    let continuation: CheckedContinuation<Lane, any Error>
  }

  init(_ lanes: [Lane], mostWriters: Int) {
    all = lanes
    free = lanes
    self.mostWriters = mostWriters
  }

  func borrow(for transaction: Transaction) async throws -> Lane {
    try Task.checkCancellation()
    if isClosed { throw StoreFault.closed }
    if mayBegin(transaction), let lane = free.popLast() {
      begin(transaction)
      return lane
    }
    return try await withCheckedThrowingContinuation {
      waiting.append(Waiting(transaction: transaction, continuation: $0))
    }
  }

  func giveBack(_ lane: Lane, after transaction: Transaction) {
    if transaction == .write { writers -= 1 }
    free.append(lane)
    // One may have waited for the lane and another for the turn to write.
    while let index = waiting.firstIndex(where: { mayBegin($0.transaction) }), let lane = free.popLast() {
      let next = waiting.remove(at: index)
      begin(next.transaction)
      next.continuation.resume(returning: lane)
    }
  }

  private func mayBegin(_ transaction: Transaction) -> Bool { transaction == .read || writers < mostWriters }

  private func begin(_ transaction: Transaction) {
    if transaction == .write { writers += 1 }
  }

  /// Lends no more, and returns all lanes to be closed.
  func close() -> [Lane] {
    isClosed = true
    for one in waiting { one.continuation.resume(throwing: StoreFault.closed) }
    waiting = []
    return all
  }
}
