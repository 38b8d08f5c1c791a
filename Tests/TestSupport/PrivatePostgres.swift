import Foundation
import Glibc
import PostgresStore
import Store

/// A PostgreSQL of this test process alone, reached by a socket in the scratch folder and not over any network.
public struct PrivatePostgres: Sendable {
  private let programs: URL
  private let folder: URL

  /// Started when first asked for; stopped by the watch of `Scratch`.
  public static var shared: PrivatePostgres {
    get async throws { try await starting.value }
  }

  private static let starting = Task { try PrivatePostgres() }

  private init() throws {
    guard let programs = PostgresPrograms.folder else { throw CocoaError(.fileNoSuchFile) }
    self.programs = programs
    folder = Scratch.folder.appending(path: "postgres", directoryHint: .isDirectory)
    let data = Scratch.folder.appending(path: "data", directoryHint: .isDirectory)
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
    var options = ["-D", data.path, "-k", folder.path]
    for setting in PrivatePostgres.settings { options += ["-c", setting] }
    // Not by `pg_ctl`, because `Process` would wait for the server that outlives it.
    try PostgresPrograms.process(programs.appending(path: "postgres").path, options).run()
    try waitUntilReady()
  }

  /// Quick rather than safe: nothing here outlives the tests.
  private static let settings = [
    "listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
    "max_connections=400", "shared_buffers=64MB",
  ]

  private func waitUntilReady() throws {
    for _ in 0..<200 {
      if (try? PostgresDatabase(url: url(of: "postgres"), connections: 1)) != nil { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw ProgramFailed(program: "postgres", output: "not ready after ten seconds")
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
    try process.run()
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

struct ProgramFailed: Error {
  let program: String
  let output: String
}
