internal import Store

/// The store has no room left or may not be written to: what was under way is not kept, and neither is what follows until
/// somebody makes room.
public struct StoreFull: Error, Hashable, Sendable {
  /// The engine's own code, for the log.
  public let code: String

  /// `nil` where `error` is something else.
  public init?(_ error: any Error) {
    guard let fault = error as? StoreFault, fault.kind == .full else { return nil }
    code = fault.code
  }
}
