import CoreMetrics
public import Logging

/// What one process says of itself: log lines and metrics. Set up once, before anything else.
public struct Observing: Sendable {
  public let logger: Logger
  public let gauges: Gauges

  public init(_ settings: Settings) {
    let level = Logger.Level(rawValue: settings.logLevel) ?? .info
    let format = settings.logFormat
    LoggingSystem.bootstrap { label in LogLines(label: label, level: level, format: format) }
    gauges = Gauges()
    MetricsSystem.bootstrap(gauges)
    logger = Logger(label: "gyeot")
  }
}
