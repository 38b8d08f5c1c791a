import Store
import TestSupport
import Testing

struct `A statement` {
  @Test(arguments: Engine.available)
  func `may run again inside its own loop`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let pairs = try await database.write { session in
      for id in ["a", "b"] { try session.insert(id, 1) }
      let all: SQL = "SELECT id FROM thing ORDER BY id"
      return try session.rows(all) { outer in
        let id: String = try outer.get(0)
        return try session.rows(all) { id + (try $0.get(0) as String) }
      }.flatMap { $0 }
    }
    #expect(pairs == ["aa", "ab", "ba", "bb"])
  }

  @Test(arguments: Engine.available)
  func `says how many rows it changed`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let changed = try await database.write { session in
      for id in ["a", "b", "c"] { try session.insert(id, 1) }
      return try [1, 9].map { try session.execute("UPDATE thing SET number = 2 WHERE number = \($0)") }
    }
    #expect(changed == [3, 0])
  }

  @Test(arguments: Engine.available)
  func `that breaks a constraint says which kind`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    try await database.write { try $0.insert("a", 1) }
    let attempts: [(SQL, StoreFault.Kind)] = [
      ("INSERT INTO thing (id) VALUES ('a')", .alreadyExists),
      ("INSERT INTO thing (id) VALUES ('forbidden')", .constraint),
      ("INSERT INTO part (thing_id) VALUES ('nowhere')", .constraint),
      ("INSERT INTO part (thing_id) VALUES (NULL)", .constraint),
      ("INSERT INTO nothing (id) VALUES (1)", .other),
    ]
    for (sql, kind) in attempts {
      let fault = await #expect(throws: StoreFault.self) { try await database.write { try $0.execute(sql) } }
      #expect(fault?.kind == kind)
    }
  }

  @Test(arguments: Engine.available)
  func `that fails does not repeat the values it was given`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let secret = "이아무개"
    try await database.write { try $0.insert(secret, 1) }
    for sql: SQL in [
      "INSERT INTO thing (id) VALUES (\(secret))", "INSERT INTO part VALUES (\(secret + "2"))",
      "SELECT CAST(\(secret) AS bigint) / 0 FROM nothing",
    ] {
      let fault = await #expect(throws: StoreFault.self) { try await database.write { try $0.execute(sql) } }
      #expect(fault.map { !"\($0)".contains(secret) } == true)
    }
  }

  @Test(arguments: Engine.available)
  func `can be explained, and counted`(_ engine: Engine) async throws {
    let database = CountingDatabase(try await engine.withThings())
    database.statements.removeAll()
    let plan = try await database.read { session in
      _ = try session.count()
      return try session.explain("SELECT id FROM thing WHERE id = \("a")")
    }
    #expect(plan.contains(engine == .sqlite ? "USING" : "thing_pkey"), "\(plan)")
    #expect(database.statements.count == 2)
    #expect(database.statements.texts.first == "SELECT COUNT(*) FROM thing")
  }
}
