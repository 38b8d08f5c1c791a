import Dispatch

/// Holds one transaction in its middle until the test says so.
final class Gate: Sendable {
  private let hasReached = DispatchSemaphore(value: 0)
  private let mayPass = DispatchSemaphore(value: 0)

  /// Inside the transaction: reports, and waits.
  func holdUntilOpened() {
    hasReached.signal()
    mayPass.wait()
  }

  /// In the test: until the transaction is at the gate.
  func reached() async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        self.hasReached.wait()
        continuation.resume()
      }
    }
  }

  func open() {
    mayPass.signal()
  }
}
