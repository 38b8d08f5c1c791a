import Configuration
import Foundation

/// The values of all sources by key, after every key was found to be a known one.
struct SettingValues {
  private let values: [Setting: String]

  init(file: String?, environment: [String: String], flags: [Setting: String]) async throws {
    let own = environment.filter {
      $0.key.hasPrefix(Setting.prefix) && !Setting.isOther(variable: $0.key)
    }
    let known = Set(Setting.allCases.map(\.variable))
    let unknown = own.keys.filter { !known.contains($0) }.sorted()
    guard unknown.isEmpty else { throw SettingsProblem.unknownKeys(unknown, source: "the environment") }

    var providers: [any ConfigProvider] = [
      InMemoryProvider(
        name: "flags",
        values: Dictionary(
          uniqueKeysWithValues: flags.map {
            (AbsoluteConfigKey($0.key.path), ConfigValue(.string($0.value), isSecret: true))
          }
        )),
      EnvironmentVariablesProvider(
        environmentVariables: Dictionary(
          uniqueKeysWithValues: own.map { (String($0.key.dropFirst(Setting.prefix.count)), $0.value) }),
        secretsSpecifier: .all),
    ]
    if let file { providers.append(try await SettingValues.provider(of: file)) }
    let reader = ConfigReader(providers: providers)
    var values: [Setting: String] = [:]
    for setting in Setting.allCases {
      values[setting] = reader.string(forKey: ConfigKey(setting.path), isSecret: true)
    }
    self.values = values
  }

  func text(_ setting: Setting) -> String? {
    values[setting].flatMap { $0.isEmpty ? nil : $0 }
  }

  func number(_ setting: Setting, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = text(setting) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw invalid(setting, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func flag(_ setting: Setting) throws -> Bool? {
    guard let text = text(setting) else { return nil }
    switch text.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default: throw invalid(setting, "true or false")
    }
  }

  func oneOf(_ setting: Setting, _ choices: [String]) throws -> String? {
    guard let text = text(setting) else { return nil }
    guard choices.contains(text) else { throw invalid(setting, "one of \(choices.joined(separator: ", "))") }
    return text
  }

  func list(_ setting: Setting) -> [String] {
    text(setting)?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
  }

  func origin(_ setting: Setting) throws -> String? {
    guard let text = text(setting) else { return nil }
    guard let url = URL(string: text), let scheme = url.scheme, scheme == "http" || scheme == "https",
      url.host != nil,
      url.path.isEmpty, url.query == nil
    else { throw invalid(setting, "an origin like https://gyeot.example") }
    return text
  }

  private func invalid(_ setting: Setting, _ expected: String) -> SettingsProblem {
    // A key or passphrase given in the wrong place must not be printed.
    let shown = setting == .keyValue ? "…" : text(setting) ?? ""
    return .invalid(key: setting.rawValue, value: shown, expected: expected)
  }

  /// Reads the file strictly. JSON is read by the YAML reader too, for it is a part of YAML 1.2.
  private static func provider(of file: String) async throws -> any ConfigProvider {
    let place = ConfigReader(
      provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)]))
    let provider: FileProvider<YAMLSnapshot>
    do {
      provider = try await FileProvider(
        snapshotType: YAMLSnapshot.self, parsingOptions: .init(secretsSpecifier: .all), config: place)
    } catch {
      throw SettingsProblem.unreadable(
        file: file,
        why: String(describing: error).split(separator: "\n").first.map(String.init) ?? "unreadable")
    }
    let keys = try writtenKeys(provider, in: file)
    let known = Set(Setting.allCases.map(\.rawValue))
    let unknown = keys.filter { !known.contains($0) }
    guard unknown.isEmpty else { throw SettingsProblem.unknownKeys(unknown, source: file) }
    return provider
  }

  /// The library looks keys up but does not list them, save in its description, where every value reads `<REDACTED>`
  /// because all are declared secret. The count in it guards against a change of its form.
  private static func writtenKeys(_ provider: FileProvider<YAMLSnapshot>, in file: String) throws -> [String]
  {
    let snapshot = provider.snapshot()
    guard let yaml = snapshot as? YAMLSnapshot,
      let match = yaml.debugDescription.wholeMatch(
        of: /.*\[(?<count>\d+) values: (?<pairs>.*)\]/.dotMatchesNewlines()),
      let count = Int(match.output.count)
    else { throw SettingsProblem.unreadable(file: file, why: "its keys cannot be listed") }
    let keys = match.output.pairs.components(separatedBy: "=<REDACTED>")
      .map { $0.hasPrefix(", ") ? String($0.dropFirst(2)) : $0 }
      .filter { !$0.isEmpty }
    guard keys.count == count else {
      throw SettingsProblem.unreadable(file: file, why: "its keys cannot be listed")
    }
    return keys
  }
}

extension Setting {
  fileprivate var path: [String] { rawValue.split(separator: ".").map(String.init) }
}
