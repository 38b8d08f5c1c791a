internal import Foundation
internal import Logging
public import Operations
public import ServiceLifecycle

/// Brings in the class lists that somebody asked for, while they do something else.
public struct RosterClerk: Service {
  private let run: RunRosters
  private let pause: Duration
  private let logger: Logger

  public init(_ office: Office, pause: Duration = .milliseconds(500)) {
    run = RunRosters(office, holder: office.random().uuidString)
    self.pause = pause
    logger = Logger(label: "rosters")
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          if try await run() { continue }
        } catch is CancellationError {
          // The program ends; the import goes on with the next start.
        } catch {
          logger.error("fault", metadata: ["job": "rosters", "error": "\(type(of: error))"])
          try? await Task.sleep(for: pause * 10)
        }
        try? await Task.sleep(for: pause)
      }
    }
  }
}
