import Configuration
import Foundation

/// How one instance runs. Read once at the start; flags win over the environment, which wins over the file.
public struct Settings: Hashable, Sendable {
  public enum LogFormat: String, Hashable, Sendable, CaseIterable {
    case text, json
  }

  public var database: String
  /// Connections to PostgreSQL; SQLite has as many readers as cores.
  public var connections: Int
  public var key: KeySource?
  public var host: String
  /// 0 takes any free port.
  public var port: Int
  public var tls: TLSFiles?
  public var bounds: ConnectionBounds
  /// As people type it, such as `https://gyeot.example`; decides on Secure cookies and the Origin check.
  public var origin: String?
  /// Addresses of proxies whose `X-Forwarded-For` is believed.
  public var trustedProxies: [String]
  public var practice: String?
  /// Whether anybody may read what is published of the directory at `/hsds`.
  public var isDirectoryPublic: Bool
  public var logLevel: String
  public var logFormat: LogFormat
  public var metrics: Bool
  /// How long requests under way may take once the program was asked to stop.
  public var shutdownSeconds: Int

  /// - Parameters:
  ///   - file: A YAML or JSON file.
  ///   - environment: The variables of the process; those without the prefix are ignored.
  ///   - flags: What the command line says.
  public init(
    file: String? = nil, environment: [String: String] = [:], flags: [Setting: String] = [:]
  ) async throws {
    let values = try await SettingValues(
      file: file ?? environment["GYEOT_CONFIG"], environment: environment, flags: flags)
    database = values.text(.databaseURL) ?? "data/gyeot.sqlite"
    connections = try values.number(.databaseConnections, in: 1...200) ?? 8
    key = KeySource(values)
    host = values.text(.listenHost) ?? "127.0.0.1"
    port = try values.number(.listenPort, in: 0...65_535) ?? 8080
    tls = try TLSFiles(values)
    bounds = try ConnectionBounds(values)
    origin = try values.origin(.publicOrigin)
    if tls != nil, let origin, !origin.lowercased().hasPrefix("https://") {
      throw SettingsProblem.invalid(
        key: Setting.publicOrigin.rawValue, value: origin, expected: "https, which tls.certificate asks for")
    }
    trustedProxies = values.list(.proxyTrusted)
    practice = values.text(.practiceFolder)
    isDirectoryPublic = try values.flag(.directoryPublic) ?? false
    logLevel =
      try values.oneOf(.logLevel, ["trace", "debug", "info", "notice", "warning", "error"]) ?? "info"
    logFormat =
      try values.oneOf(.logFormat, LogFormat.allCases.map(\.rawValue)).flatMap(LogFormat.init) ?? .text
    metrics = try values.flag(.metricsEnabled) ?? false
    shutdownSeconds = try values.number(.shutdownSeconds, in: 0...600) ?? 20
  }

  /// What stands before the host in an address of this instance.
  public var scheme: String { tls == nil ? "http" : "https" }

  public var isPostgres: Bool {
    database.hasPrefix("postgres://") || database.hasPrefix("postgresql://")
  }
}

/// Where the root key comes from.
public enum KeySource: Hashable, Sendable {
  case file(String)
  case value(String)
  /// A file with the passphrase, so that it is in no process list.
  case passphrase(file: String)

  init?(_ values: SettingValues) {
    if let path = values.text(.keyFile) {
      self = .file(path)
    } else if let text = values.text(.keyValue) {
      self = .value(text)
    } else if let path = values.text(.keyPassphrase) {
      self = .passphrase(file: path)
    } else {
      return nil
    }
  }
}
