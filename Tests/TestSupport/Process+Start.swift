public import Foundation

extension Process {
  private static let starting = NSLock()

  /// Starts it, one at a time: many tests start programs at once, and Foundation has been seen to read a bad pointer then.
  public func start() throws {
    try Process.starting.withLock { try run() }
  }
}
