import CoreMetrics
public import Logging
public import Store

/// What one process says of itself: log lines and metrics. Set up once, before anything else.
public struct Observing: Sendable {
  public let logger: Logger
  public let gauges: Gauges
  private let isCounting: Bool

  public init(_ settings: Settings) {
    let level = Logger.Level(rawValue: settings.logLevel) ?? .info
    let format = settings.logFormat
    LoggingSystem.bootstrap { label in LogLines(label: label, level: level, format: format) }
    gauges = Gauges()
    MetricsSystem.bootstrap(gauges)
    logger = Logger(label: "gyeot")
    isCounting = settings.metrics
  }

  /// The store, with its statements counted where metrics are served.
  public func counting(_ database: any Database) -> any Database {
    guard isCounting else { return database }
    let statements = Counter(label: "store.statements")
    return CountingDatabase(database) { statements.increment() }
  }
}
