import Foundation
import PostgresStore
import Repositories
import SQLiteStore
public import Store

/// The engines that tests of SQL run on: `@Test(arguments: Engine.available)`.
public enum Engine: String, CaseIterable, Sendable {
  case sqlite, postgres

  /// Both, or SQLite alone where PostgreSQL is not installed; the one that `GYEOT_TEST_ENGINE` names.
  public static let available: [Engine] = allCases.filter { engine in
    let isWanted =
      ProcessInfo.processInfo.environment["GYEOT_TEST_ENGINE"].map { name in name == engine.rawValue } ?? true
    return isWanted && (engine == .sqlite || PostgresPrograms.folder != nil)
  }

  /// A new store without any table.
  public func fresh() async throws -> any Database {
    switch self {
    case .sqlite: try SQLiteDatabase(path: Scratch.file("sqlite").path)
    case .postgres: try PostgresDatabase(url: await PrivatePostgres.shared.url(of: newDatabase()))
    }
  }

  /// A new store with the whole schema.
  public func migrated() async throws -> any Database {
    switch self {
    case .sqlite:
      let database = try await fresh()
      try await Migrator(Schema.migrations).migrate(database)
      return database
    case .postgres:
      let server = try await PrivatePostgres.shared
      let name = try await server.makeDatabase(like: try await MigratedTemplate.name)
      return try PostgresDatabase(url: server.url(of: name))
    }
  }

  private func newDatabase() async throws -> String {
    try await PrivatePostgres.shared.makeDatabase()
  }
}

/// The database that the migrated ones are copied from, for copying is faster than migrating.
private enum MigratedTemplate {
  static var name: String {
    get async throws { try await making.value }
  }

  private static let making = Task {
    let server = try await PrivatePostgres.shared
    let name = try await server.makeDatabase()
    let database = try PostgresDatabase(url: server.url(of: name), connections: 1)
    try await Migrator(Schema.migrations).migrate(database)
    try await database.close()
    return name
  }
}
