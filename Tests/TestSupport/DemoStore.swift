public import CaseWork
public import Foundation
public import Operations
import PostgresStore
public import Practice
import Repositories
import SQLiteStore
import Store
import Vault

/// The demo world, loaded once a test run into a store of each engine; tests read it and change nothing that others see.
public struct DemoStore: Sendable {
  public let office: Office
  public let script: DemoScript
  /// The newest case of each script, by the script's name.
  public let cases: [String: ID<CaseFile>]
  private let path: String?
  private let postgres: PrivatePostgres?

  /// The evening of the day on which the demo's story stands.
  public static let now = Date(timeIntervalSince1970: 1_795_500_000)

  public static func loaded(on engine: Engine) async throws -> DemoStore {
    switch engine {
    case .sqlite: try await sqlite.value
    case .postgres: try await postgres.value
    }
  }

  /// A member of the demo's staff, by the sign-in name, with all of today's roles.
  public func asker(_ name: String) async throws -> Asker {
    let (vault, day) = (office.vault, Day(inKoreaAt: office.clock()))
    let staff = try await office.database.read { session in
      let members = session.staffMembers(vault)
      return try members.id(signingInAs: name).flatMap { try members.find($0, on: day) }
    }
    guard let staff else { throw Refusal.notFound }
    return Asker(staff: staff, address: "192.0.2.7", route: "/test")
  }

  /// The files in which everything lies, as somebody finds them who has stolen the disk.
  public func files() async throws -> [URL] {
    if let path {
      return ["", "-wal"].map { URL(filePath: path + $0) }
    }
    guard let postgres else { return [] }
    try await office.database.write { try $0.script("CHECKPOINT") }
    let names = try FileManager.default.subpathsOfDirectory(atPath: postgres.dataFolder.path)
    return names.map { postgres.dataFolder.appending(path: $0) }.filter { !$0.hasDirectoryPath }
  }

  /// What `pg_dump` writes; `nil` where there is no PostgreSQL.
  public func dump() throws -> Data? {
    try postgres?.dump(of: "postgres")
  }

  private static let sqlite = Task {
    let path = Scratch.file("sqlite").path
    return try await DemoStore(try SQLiteDatabase(path: path), path: path, postgres: nil)
  }

  private static let postgres = Task {
    let server = try PrivatePostgres("demo", .quick)
    return try await DemoStore(
      try PostgresDatabase(url: server.url(of: "postgres")), path: nil, postgres: server)
  }

  private init(_ database: any Database, path: String?, postgres: PrivatePostgres?) async throws {
    self.path = path
    self.postgres = postgres
    try await Migrator(Schema.migrations).migrate(database)
    office = Office(
      database: database, vault: Vault(root: .random()), practice: try .bundled(), clock: { Self.now },
      random: { UUID() }, passwords: Passwords(rounds: 1 << 4))
    guard let script = try DemoScript(folder: Practice.bundledFolder()) else {
      throw CocoaError(.fileNoSuchFile)
    }
    self.script = script
    cases = try await DemoWorld(office, script).load()
  }
}
