import Store
import TestSupport
import Testing

struct `A migrator` {
  private let first = Migration(
    number: 1, name: "pupils", sql: "CREATE TABLE pupil (id text PRIMARY KEY, face {bytes});")
  private let second = Migration(
    number: 2, name: "marks", sql: "CREATE TABLE mark (id text PRIMARY KEY); INSERT INTO mark VALUES ('1')")

  @Test(arguments: Engine.available)
  func `applies what is missing, once`(_ engine: Engine) async throws {
    let database = try await engine.fresh()
    #expect(try await Migrator([second, first]).pending(database) == [first, second])
    try await Migrator([first]).migrate(database)
    #expect(try await Migrator([first, second]).pending(database) == [second])
    for _ in 0..<2 { try await Migrator([first, second]).migrate(database) }
    #expect(try await Migrator([first, second]).pending(database).isEmpty)
    #expect(try await database.names() == ["pupils", "marks"])
  }

  @Test(arguments: Engine.available)
  func `refuses a store that a newer program made, and changes nothing`(_ engine: Engine) async throws {
    let database = try await engine.fresh()
    try await Migrator([first, second]).migrate(database)
    await #expect(throws: SchemaProblem.newer(found: 2, known: 1)) {
      try await Migrator([first]).migrate(database)
    }
    #expect(try await database.names() == ["pupils", "marks"])
  }

  @Test(arguments: Engine.available)
  func `refuses a migration that was edited after it had been applied`(_ engine: Engine) async throws {
    let database = try await engine.fresh()
    try await Migrator([first]).migrate(database)
    let edited = Migration(number: 1, name: "pupils", sql: first.sql + " ")
    await #expect(throws: SchemaProblem.changed(number: 1, name: "pupils")) {
      try await Migrator([edited, second]).migrate(database)
    }
    #expect(try await database.names() == ["pupils"])
  }

  @Test(arguments: Engine.available)
  func `that fails leaves the schema as it was before the failing step`(_ engine: Engine) async throws {
    let database = try await engine.fresh()
    let broken = Migration(
      number: 2, name: "broken", sql: "CREATE TABLE half (id text); INSERT INTO nowhere VALUES (1)")
    await #expect(throws: StoreFault.self) { try await Migrator([first, broken]).migrate(database) }
    #expect(try await database.names() == ["pupils"])
    await #expect(throws: StoreFault.self) {
      try await database.read { try $0.rows("SELECT id FROM half") { _ in } }
    }
    try await Migrator([first, second]).migrate(database)
    #expect(try await database.names() == ["pupils", "marks"])
  }

  @Test(arguments: Engine.available)
  func `refuses migrations with a gap or a number twice`(_ engine: Engine) async throws {
    let database = try await engine.fresh()
    let third = Migration(number: 3, name: "third", sql: "SELECT 1")
    await #expect(throws: SchemaProblem.disordered(number: 3)) {
      try await Migrator([first, third]).migrate(database)
    }
    await #expect(throws: SchemaProblem.disordered(number: 1)) {
      try await Migrator([first, first]).migrate(database)
    }
  }

  @Test(arguments: Engine.available)
  func `makes the program's own schema`(_ engine: Engine) async throws {
    let names = try await engine.migrated().names()
    #expect(names.first == "foundation")
    #expect(names.count >= 3)
  }

  @Test(arguments: Engine.available)
  func `may start many times at once`(_ engine: Engine) async throws {
    let database = try await engine.fresh()
    let migrator = Migrator([first, second])
    try await withThrowingTaskGroup { group in
      for _ in 0..<4 { group.addTask { try await migrator.migrate(database) } }
      try await group.waitForAll()
    }
    #expect(try await database.names() == ["pupils", "marks"])
  }
}

extension Database {
  fileprivate func names() async throws -> [String] {
    try await read { try $0.rows("SELECT name FROM schema_migration ORDER BY number") { try $0.get(0) } }
  }
}
