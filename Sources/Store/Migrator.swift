public import Foundation

/// Brings a store to the newest schema, one transaction a migration.
///
/// Several programs may start at once on one store: each migration is applied by one of them.
public struct Migrator: Sendable {
  public let migrations: [Migration]

  public init(_ migrations: [Migration]) {
    self.migrations = migrations.sorted { $0.number < $1.number }
  }

  /// Applies what is missing; a migration that fails leaves the schema as it was before it.
  public func migrate(_ database: any Database, at instant: Date = Date()) async throws {
    guard try await !pending(database).isEmpty else { return }
    try await makeTable(database)
    for migration in migrations {
      try await database.write { session in
        try session.prepareToMigrate()
        guard try missing(from: session.appliedMigrations()).contains(migration) else { return }
        try session.script(migration.script(for: session.dialect))
        try session.execute(
          """
          INSERT INTO schema_migration (number, name, digest, applied_at)
          VALUES (\(migration.number), \(migration.name), \(migration.digest), \(instant))
          """)
      }
    }
  }

  /// The migrations that the store has not seen; throws `SchemaProblem` where it can never get there.
  public func pending(_ database: any Database) async throws -> [Migration] {
    for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
      throw SchemaProblem.disordered(number: migration.number)
    }
    return try await database.read { session in
      try missing(from: session.hasMigrationTable() ? session.appliedMigrations() : [])
    }
  }

  private func makeTable(_ database: any Database) async throws {
    do {
      try await database.write { session in
        try session.execute(
          """
          CREATE TABLE IF NOT EXISTS schema_migration (
            number bigint PRIMARY KEY,
            name text NOT NULL,
            digest text NOT NULL,
            applied_at bigint NOT NULL
          )
          """)
      }
    } catch let fault as StoreFault where fault.kind == .alreadyExists || fault.code == "42P07" {
      // Another program made it in the same moment: PostgreSQL's IF NOT EXISTS does not wait.
    }
  }

  private func missing(from applied: [Applied]) throws -> [Migration] {
    for row in applied {
      guard let known = migrations.first(where: { $0.number == row.number }) else {
        throw SchemaProblem.newer(found: row.number, known: migrations.last?.number ?? 0)
      }
      guard known.digest == row.digest else {
        throw SchemaProblem.changed(number: known.number, name: known.name)
      }
    }
    let numbers = Set(applied.map(\.number))
    return migrations.filter { !numbers.contains($0.number) }
  }
}

private struct Applied {
  let number: Int
  let digest: String
}

extension Session {
  fileprivate func hasMigrationTable() throws -> Bool {
    switch dialect {
    case .sqlite:
      try row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'") { _ in true }
        ?? false
    case .postgres:
      try row("SELECT to_regclass('schema_migration') IS NOT NULL") { try $0.get(0) } ?? false
    }
  }

  /// Newest first, so that a newer store is named by its newest migration.
  fileprivate func appliedMigrations() throws -> [Applied] {
    try rows("SELECT number, digest FROM schema_migration ORDER BY number DESC") {
      Applied(number: try $0.get(0), digest: try $0.get(1))
    }
  }

  /// Lets one migrator in at a time, for as long as it takes; SQLite's write transaction is alone already.
  ///
  /// LOCK comes before the first query on purpose: only then the snapshot sees what the one before us did.
  fileprivate func prepareToMigrate() throws {
    guard dialect == .postgres else { return }
    try script("SET LOCAL statement_timeout = 0; LOCK TABLE schema_migration IN EXCLUSIVE MODE")
  }
}
