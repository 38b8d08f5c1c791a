import Store

/// The lanes that are free, last used first, so that few connections stay warm and no more are made than needed.
actor Lanes {
  private let all: [Lane]
  private var free: [Lane]
  private var waiting: [CheckedContinuation<Lane, any Error>] = []
  private var isClosed = false

  init(_ lanes: [Lane]) {
    all = lanes
    free = lanes
  }

  func borrow() async throws -> Lane {
    try Task.checkCancellation()
    if isClosed { throw StoreFault.closed }
    if let lane = free.popLast() { return lane }
    return try await withCheckedThrowingContinuation { waiting.append($0) }
  }

  func giveBack(_ lane: Lane) {
    if waiting.isEmpty {
      free.append(lane)
    } else {
      waiting.removeFirst().resume(returning: lane)
    }
  }

  /// Lends no more, and returns all lanes to be closed.
  func close() -> [Lane] {
    isClosed = true
    for continuation in waiting { continuation.resume(throwing: StoreFault.closed) }
    waiting = []
    return all
  }
}
