internal import Foundation
internal import Logging
public import Operations
public import ServiceLifecycle

/// Tells the supervisors of linkages that nobody has answered in time.
public struct LinkageClerk: Service {
  private let escalate: EscalateLinkages
  private let pause: Duration
  private let logger: Logger

  public init(_ office: Office, pause: Duration = .seconds(600)) {
    escalate = EscalateLinkages(office)
    self.pause = pause
    logger = Logger(label: "linkages")
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await escalate()
        } catch is CancellationError {
          // The program ends.
        } catch {
          // Another program may have told of the same one; what is left comes with the next round.
          logger.error("fault", metadata: ["job": "linkages", "error": "\(type(of: error))"])
        }
        try? await Task.sleep(for: pause)
      }
    }
  }
}
