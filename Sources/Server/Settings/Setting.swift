/// One key of the configuration: the same key in the file (`listen.port`), the environment (`GYEOT_LISTEN_PORT`) and
/// on the command line (`--port`). What each means is in `docs/configuration.md`, which a test compares with this list.
public enum Setting: String, Hashable, Sendable, CaseIterable {
  case databaseURL = "database.url"
  case databaseConnections = "database.connections"
  case keyFile = "key.file"
  case keyValue = "key.value"
  case keyPassphrase = "key.passphrase"
  case listenHost = "listen.host"
  case listenPort = "listen.port"
  case tlsCertificate = "tls.certificate"
  case tlsKey = "tls.key"
  case connectionsLimit = "connections.limit"
  case headSeconds = "head.seconds"
  case bodySeconds = "body.seconds"
  case answerSeconds = "answer.seconds"
  case idleSeconds = "idle.seconds"
  case publicOrigin = "public.origin"
  case proxyTrusted = "proxy.trusted"
  case practiceFolder = "practice.folder"
  case directoryPublic = "directory.public"
  case logLevel = "log.level"
  case logFormat = "log.format"
  case metricsEnabled = "metrics.enabled"
  case shutdownSeconds = "shutdown.seconds"

  /// The environment variable of this key.
  public var variable: String {
    Setting.prefix + rawValue.uppercased().replacing(".", with: "_")
  }

  static let prefix = "GYEOT_"
  /// Whether a variable with the prefix is no key of the configuration: it says where the file is, or is for tests.
  static func isOther(variable: String) -> Bool {
    variable == "GYEOT_CONFIG" || variable.hasPrefix("GYEOT_TEST_")
  }
}

/// Why a configuration cannot be used; each case is one clear line.
public enum SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(file: String, why: String)
  case unknownKeys([String], source: String)
  case invalid(key: String, value: String, expected: String)
  case missing(key: String, hint: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let why): "configuration \(file): \(why)"
    case .unknownKeys(let keys, let source):
      "unknown configuration key\(keys.count == 1 ? "" : "s") in \(source): \(keys.joined(separator: ", "))"
    case .invalid(let key, let value, let expected): "configuration \(key): '\(value)' is not \(expected)"
    case .missing(let key, let hint): "configuration \(key) is missing: \(hint)"
    }
  }
}
