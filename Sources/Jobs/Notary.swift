internal import Foundation
internal import Logging
public import Operations
public import ServiceLifecycle

/// Links new rows of the trail within a second, in whichever of several programs holds the lease.
public struct Notary: Service {
  private let link: LinkTrail
  private let stock: TakeStock
  private let pause: Duration
  /// Between two groups of many that wait: linked in one go they would make all pages of that moment wait for them.
  private static let breath = Duration.milliseconds(10)
  private let logger: Logger

  public init(_ office: Office, pause: Duration = .milliseconds(500)) {
    link = LinkTrail(office, holder: office.random().uuidString)
    stock = TakeStock(office)
    self.pause = pause
    logger = Logger(label: "notary")
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      await takeStock()
      while !Task.isCancelled {
        let linked = await linkSome()
        // After a full group the next one waits already.
        try? await Task.sleep(for: linked < LinkTrail.rowsAtOnce ? pause : Notary.breath)
      }
    }
    // What came in last is linked before the program ends.
    while await linkSome() > 0 {}
  }

  private func takeStock() async {
    do {
      try await stock()
    } catch {
      logger.error("fault", metadata: ["job": "notary", "error": "\(type(of: error))"])
    }
  }

  private func linkSome() async -> Int {
    do {
      return try await link()
    } catch {
      logger.error("fault", metadata: ["job": "notary", "error": "\(type(of: error))"])
      return 0
    }
  }
}
