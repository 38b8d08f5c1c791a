import CaseWork
import Foundation
import Operations
import PostgresStore
import Repositories
import SQLiteStore
import Store
import TestSupport
import Vault

/// Where the store of one engine lies, so that programs may start, end and die on it.
struct ProgramPlace {
  let postgres: PrivatePostgres?
  let options: [String]
  let root: RootKey
  private let url: String

  /// A PostgreSQL of its own, called `name`, with the care of an office.
  init(_ engine: Engine, _ name: String, root: RootKey = .random()) throws {
    self.root = root
    let key = Scratch.file("key")
    try root.write(to: key)
    switch engine {
    case .sqlite:
      postgres = nil
      url = Scratch.file("sqlite").path
    case .postgres:
      let server = try PrivatePostgres(name, .durable)
      postgres = server
      url = server.url(of: "postgres")
    }
    options = ["--database", url, "--key-file", key.path]
  }

  /// An office with four cases in service, as of yesterday.
  func settle() async throws -> World {
    let database = try open()
    try await Migrator(Schema.migrations).migrate(database)
    let world = try await World.make(
      on: database, at: Day(inKoreaAt: Date()).adding(days: -1), root: root)
    try await SetUpOffice(world.office)("다솜구(가상)")
    return world
  }

  /// The store as it lies there, past the program.
  func open() throws -> any Database {
    postgres == nil ? try SQLiteDatabase(path: url) : try PostgresDatabase(url: url)
  }

  func serve(_ settings: [String: String] = [:]) throws -> Program.Server {
    try Program.Server(
      ["serve"] + options, environment: settings.merging(["GYEOT_LOG_LEVEL": "error"]) { own, _ in own })
  }
}
