internal import Store

/// The store cannot be reached now; it is not known whether what was under way is kept.
public struct StoreAway: Error, Hashable, Sendable {
  /// The engine's own code, for the log.
  public let code: String

  /// `nil` where `error` is something else.
  public init?(_ error: any Error) {
    switch error {
    case let fault as StoreFault where fault.kind == .unavailable: code = fault.code
    case TrailProblem.overloaded: code = "overloaded"
    default: return nil
    }
  }

  /// The code of any fault of the store, for the log.
  public static func code(of error: any Error) -> String? { (error as? StoreFault)?.code }
}
