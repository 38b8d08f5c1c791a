import API
import CaseWork
import Foundation
import Gateway
import Hummingbird
import Jobs
import Logging
import NIOCore
public import Operations
import ServiceLifecycle
import Site
import Store
import UnixSignals

/// The program as it serves: pages, jobs, and an end that loses nothing.
public struct GyeotServer: Sendable {
  private let settings: Settings
  private let office: Office
  private let observing: Observing
  private let isDemo: Bool

  public init(_ settings: Settings, _ office: Office, _ observing: Observing, isDemo: Bool = false) {
    self.settings = settings
    self.office = office
    self.observing = observing
    self.isDemo = isDemo
  }

  /// Runs until SIGTERM or SIGINT. New connections are refused then, requests under way are answered, the last rows of
  /// the trail are linked, and the store is closed.
  ///
  /// - Parameter ready: called with the port once the server answers.
  public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    let lock = settings.isPostgres ? nil : try StoreLock(settings.database, for: .serving)
    defer { withExtendedLifetime(lock) {} }
    settings.allowOpenFiles()
    try await office.followTrail()
    try await RenewResources(office)()
    let application = Application(
      responder: CountedResponder(try router().buildResponder()),
      server: try settings.door(),
      configuration: .init(
        address: .hostname(settings.host, port: settings.port),
        // A school begins its morning at one time; who does not fit into the queue waits seconds to try again.
        backlog: 1024,
        availableConnectionsDelegate: .maximum(settings.bounds.limit, logger: quiet(observing.logger))),
      onServerRunning: { channel in ready(channel.localAddress?.port ?? 0) },
      logger: quiet(observing.logger))
    var configuration = ServiceGroupConfiguration(
      services: [
        .init(service: Notary(office)), .init(service: RosterClerk(office)),
        .init(service: LinkageClerk(office)), .init(service: application),
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet(observing.logger))
    configuration.maximumGracefulShutdownDuration = .seconds(settings.shutdownSeconds)
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      try? await office.database.close()
      throw error
    }
    try await office.database.close()
  }

  private func router() throws -> Router<PageContext> {
    let door = Site.Door(
      proxies: try settings.trustedProxies.map(range), origin: settings.origin, endsTLS: settings.tls != nil)
    let office = office
    let site = try Site(office, isDemo: isDemo)
    let directory = settings.isDirectoryPublic ? DirectoryAPI(office, origin: settings.origin) : nil
    let router = site.router(logger: observing.logger, door: door, open: directory)
    if settings.metrics {
      let gauges = observing.gauges
      router.get("metrics") { _, context -> Response in
        // What is counted is nobody's business outside this machine.
        guard ["127.0.0.1", "::1"].contains(context.address) else { throw Refusal.notFound }
        return Response(
          status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
          body: .init(byteBuffer: ByteBuffer(string: gauges.text)))
      }
    }
    return router
  }

  private func range(_ text: String) throws -> NetworkRange {
    guard let range = NetworkRange(text) else {
      throw SettingsProblem.invalid(
        key: Setting.proxyTrusted.rawValue, value: text, expected: "an address or a network like 10.0.0.0/8")
    }
    return range
  }

  /// The libraries tell each start and stop at info; a person wants the one line that says it is ready.
  private func quiet(_ logger: Logger) -> Logger {
    var copy = logger
    copy.logLevel = max(logger.logLevel, .warning)
    return copy
  }
}
