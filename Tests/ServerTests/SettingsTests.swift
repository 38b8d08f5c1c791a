import Foundation
import Server
import TestSupport
import Testing

@Suite struct SettingsTests {
  private func file(_ text: String, _ kind: String = "yaml") throws -> String {
    let url = Scratch.file(kind)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url.path
  }

  @Test func `without any source the defaults hold`() async throws {
    let settings = try await Settings()
    #expect(settings.database == "data/gyeot.sqlite")
    #expect(settings.port == 8080)
    #expect(settings.host == "127.0.0.1")
    #expect(settings.key == nil)
    #expect(!settings.metrics)
  }

  @Test func `flags win over the environment, which wins over the file`() async throws {
    let file = try file("listen:\n  port: 1000\n  host: 10.0.0.1\nlog:\n  level: debug\n")
    let settings = try await Settings(
      file: file, environment: ["GYEOT_LISTEN_PORT": "2000", "GYEOT_LISTEN_HOST": "10.0.0.2"],
      flags: [.listenPort: "3000"])
    #expect(settings.port == 3000)
    #expect(settings.host == "10.0.0.2")
    #expect(settings.logLevel == "debug")
  }

  @Test func `a JSON file is read as well`() async throws {
    let file = try file(#"{"listen": {"port": 1234}, "metrics": {"enabled": true}}"#, "json")
    let settings = try await Settings(file: file)
    #expect(settings.port == 1234)
    #expect(settings.metrics)
  }

  @Test func `an unknown key in the file is refused by name`() async throws {
    let file = try file("listen:\n  port: 1000\n  prot: 2\nkey:\n  value: \"a, b=<REDACTED>, c\"\n")
    await #expect(throws: SettingsProblem.unknownKeys(["listen.prot"], source: file)) {
      try await Settings(file: file)
    }
  }

  @Test func `an unknown variable is refused by name, others are left alone`() async throws {
    await #expect(throws: SettingsProblem.unknownKeys(["GYEOT_LISTEN_PROT"], source: "the environment")) {
      try await Settings(environment: ["GYEOT_LISTEN_PROT": "1", "PATH": "/bin"])
    }
  }

  @Test(arguments: [
    ("GYEOT_LISTEN_PORT", "70000"), ("GYEOT_LISTEN_PORT", "eight"), ("GYEOT_LOG_LEVEL", "loud"),
    ("GYEOT_LOG_FORMAT", "xml"), ("GYEOT_METRICS_ENABLED", "perhaps"),
    ("GYEOT_PUBLIC_ORIGIN", "gyeot.example"),
    ("GYEOT_PUBLIC_ORIGIN", "https://gyeot.example/path"), ("GYEOT_DATABASE_CONNECTIONS", "0"),
  ])
  func `a value that cannot be meant is refused`(_ variable: String, _ value: String) async throws {
    await #expect(throws: SettingsProblem.self) { try await Settings(environment: [variable: value]) }
  }

  @Test func `a missing file and a file that is no mapping are refused`() async throws {
    await #expect(throws: SettingsProblem.self) { try await Settings(file: "/nowhere/gyeot.yaml") }
    let list = try file("- a\n- b\n")
    await #expect(throws: SettingsProblem.self) { try await Settings(file: list) }
  }

  @Test func `every key is described, and nothing else`() throws {
    let text = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/configuration.md"), encoding: .utf8)
    let rows = text.matches(of: /(?m)^\| `([a-z.]+)` \| `([A-Z_]+)`/).map {
      (String($0.output.1), String($0.output.2))
    }
    #expect(rows.map(\.0) == Setting.allCases.map(\.rawValue))
    #expect(rows.map(\.1) == Setting.allCases.map(\.variable))
  }
}
