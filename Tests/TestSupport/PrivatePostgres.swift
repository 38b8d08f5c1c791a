public import Foundation
import Glibc
import PostgresStore
import Store

/// A PostgreSQL of this test process alone, reached by a socket in the scratch folder and not over any network.
public struct PrivatePostgres: Sendable {
  /// How much it keeps when its processes die.
  public enum Care: Sendable {
    /// Nothing outlives the tests: quick rather than safe.
    case quick
    /// As in an office: what was committed is on the disk.
    case durable
  }

  private let programs: URL
  private let folder: URL
  private let data: URL
  private let care: Care

  /// Started when first asked for; stopped by the watch of `Scratch`.
  public static var shared: PrivatePostgres {
    get async throws { try await starting.value }
  }

  private static let starting = Task { try PrivatePostgres("shared", .quick) }

  /// Another server, for a test that stops it or reads its files; stopped by the watch of `Scratch` as well.
  public init(_ name: String, _ care: Care) throws {
    guard let programs = PostgresPrograms.folder else { throw CocoaError(.fileNoSuchFile) }
    self.programs = programs
    self.care = care
    folder = Scratch.folder.appending(path: "postgres-\(name)", directoryHint: .isDirectory)
    data = Scratch.folder.appending(path: "data-\(name)", directoryHint: .isDirectory)
    for place in [folder, data] {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      guard getuid() == 0 else { continue }
      try PostgresPrograms.run("/bin/chown", ["postgres", place.path], asPostgres: false)
    }
    try PostgresPrograms.run(
      programs.appending(path: "initdb").path,
      [
        "--pgdata", data.path, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
        "--locale", "C", "--no-sync",
      ])
    try start()
  }

  /// Starts it again after `kill`, and waits until it answers.
  public func start() throws {
    var options = ["-D", data.path, "-k", folder.path]
    for setting in settings { options += ["-c", setting] }
    for _ in 0..<200 {
      // Not by `pg_ctl`, because `Process` would wait for the server that outlives it.
      let server = PostgresPrograms.process(programs.appending(path: "postgres").path, options)
      try server.start()
      // It refuses to start while an orphan of the last one still holds the shared memory.
      while server.isRunning {
        if (try? PostgresDatabase(url: url(of: "postgres"), connections: 1)) != nil { return }
        Thread.sleep(forTimeInterval: 0.05)
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw ProgramFailed(program: "postgres", output: "not ready")
  }

  /// Ends the server at once: SIGQUIT is its own immediate shutdown, SIGKILL takes the first process away.
  public func kill(_ signal: Int32) throws {
    let file = data.appending(path: "postmaster.pid")
    let first = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").first
    guard let process = first.flatMap({ pid_t($0) }), Glibc.kill(process, signal) == 0 else {
      throw ProgramFailed(program: "postgres", output: "cannot be signalled")
    }
    while Glibc.kill(process, 0) == 0 { Thread.sleep(forTimeInterval: 0.01) }
  }

  /// Sends all its processes the signal: SIGSTOP lets it hang as a machine does, with every connection open.
  public func signalAll(_ signal: Int32) throws {
    let file = data.appending(path: "postmaster.pid")
    guard let first = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").first else {
      return
    }
    let children = try String(contentsOfFile: "/proc/\(first)/task/\(first)/children", encoding: .utf8)
    for process in [first] + children.split(separator: " ") {
      if let process = pid_t(process) { Glibc.kill(process, signal) }
    }
  }

  /// Runs one statement outside of any transaction of ours.
  public func command(_ text: String) throws {
    try PostgresPrograms.run(
      programs.appending(path: "psql").path,
      [
        "--quiet", "--no-psqlrc", "--host", folder.path, "--username", "postgres", "--dbname", "postgres",
        "--command", text,
      ])
  }

  /// The folder in which everything it stores lies.
  public var dataFolder: URL { data }

  private var settings: [String] {
    let safety =
      switch care {
      case .quick: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
      case .durable: ["fsync=on", "synchronous_commit=on", "full_page_writes=on"]
      }
    return ["listen_addresses=", "max_connections=400", "shared_buffers=64MB"] + safety
  }

  /// Everything in the database `name` as `pg_dump` writes it in plain text.
  public func dump(of name: String) throws -> Data {
    let output = Pipe()
    let process = PostgresPrograms.process(
      programs.appending(path: "pg_dump").path,
      ["--host", folder.path, "--username", "postgres", "--dbname", name])
    process.standardOutput = output
    try process.start()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ProgramFailed(program: "pg_dump", output: "") }
    return data
  }

  /// The connection string of the database `name`.
  public func url(of name: String) -> String {
    "postgresql:///\(name)?host=\(folder.path)&user=postgres"
  }

  /// The connection string of a new, empty database.
  public func makeURL() async throws -> String {
    url(of: try await makeDatabase())
  }

  /// Makes a database that is empty, or a copy of `template`, and returns its name.
  public func makeDatabase(
    like template: String = "template0", collation: String? = nil
  ) async throws -> String {
    let order = collation.map { "LOCALE_PROVIDER icu ICU_LOCALE '\($0)'" } ?? ""
    let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
    try PostgresPrograms.run(
      programs.appending(path: "psql").path,
      [
        "--quiet", "--no-psqlrc", "--host", folder.path, "--username", "postgres", "--dbname", "postgres",
        "--command",
        "CREATE DATABASE \(name) TEMPLATE \(template) ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' \(order)",
      ])
    return name
  }
}

enum PostgresPrograms {
  /// The folder of the newest installed version's `initdb`.
  static let folder: URL? = {
    let root = URL(filePath: "/usr/lib/postgresql")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return versions.sorted { ($0 as NSString).integerValue > ($1 as NSString).integerValue }
      .map { root.appending(path: "\($0)/bin") }
      .first { FileManager.default.isExecutableFile(atPath: $0.appending(path: "initdb").path) }
  }()

  /// Runs a program to its end.
  static func run(_ program: String, _ arguments: [String], asPostgres: Bool = true) throws {
    let log = Scratch.file("log")
    try Data().write(to: log)
    let process = process(program, arguments, asPostgres: asPostgres)
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.start()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ProgramFailed(program: program, output: (try? String(contentsOf: log, encoding: .utf8)) ?? "")
    }
    try FileManager.default.removeItem(at: log)
  }

  /// A silent process; of the user postgres where we are root, because PostgreSQL refuses root.
  static func process(_ program: String, _ arguments: [String], asPostgres: Bool = true) -> Process {
    let process = Process()
    let mustDrop = asPostgres && getuid() == 0
    process.executableURL = URL(filePath: mustDrop ? "/usr/bin/setpriv" : program)
    process.arguments =
      mustDrop
      ? ["--reuid", "postgres", "--regid", "postgres", "--clear-groups", program] + arguments : arguments
    process.currentDirectoryURL = URL(filePath: "/")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }
}

/// A program that did not do what the test needs, and what it said.
public struct ProgramFailed: Error {
  public let program: String
  public let output: String

  public init(program: String, output: String) {
    self.program = program
    self.output = output
  }
}
