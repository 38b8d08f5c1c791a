import PostgresStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: Engine.available.contains(.postgres)))
struct `A PostgreSQL store` {
  @Test func `connects again after its connections were broken off`() async throws {
    let database = try await Engine.postgres.withThings()
    try await database.write { try $0.insert("a", 1) }
    let other = try await breaker(of: database)
    try await other()
    #expect(try await database.things() == ["a": 1])
  }

  @Test func `runs a body again when its connection is broken off before the commit`() async throws {
    let database = try await Engine.postgres.withThings()
    let breakOff = try await breaker(of: database)
    let runs = Counter()
    let gate = Gate()
    async let written: Void = database.write { session in
      try session.insert("a", 1)
      if runs.next() == 1 { gate.holdUntilOpened() }
      try session.insert("b", 2)
    }
    await gate.reached()
    try await breakOff()
    gate.open()
    try await written
    #expect(runs.count == 2)
    #expect(try await database.things() == ["a": 1, "b": 2])
  }

  @Test func `does not run a body again when the commit's outcome is unknown`() async throws {
    let database = try await Engine.postgres.withThings()
    let breakOff = try await breaker(of: database)
    let runs = Counter()
    let gate = Gate()
    async let written: Void = database.write { session in
      try session.insert("a", 1)
      _ = runs.next()
      gate.holdUntilOpened()
    }
    await gate.reached()
    try await breakOff()
    gate.open()
    do {
      try await written
      Issue.record("the commit should have failed")
    } catch let fault as StoreFault {
      #expect(fault.code == "08007")
      #expect(fault.kind == .unavailable)
    }
    #expect(runs.count == 1)
  }

  @Test func `lets nobody wait behind an act that lasts`() async throws {
    let database = try await Engine.postgres.withThings()
    let gate = Gate()
    async let long: Void = database.write { session in
      try session.insert("long", 1)
      gate.holdUntilOpened()
    }
    await gate.reached()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { try await database.write { try $0.insert("short\(number)", number) } }
        group.addTask { _ = try await database.things() }
      }
      try await group.waitForAll()
    }
    gate.open()
    try await long
    #expect(try await database.things().count == 41)
  }

  @Test func `runs a body again after a conflict with another write`() async throws {
    let database = try await Engine.postgres.withThings()
    try await database.write { try $0.insert("a", 1) }
    let runs = Counter()
    let gate = Gate()
    async let slow: Void = database.write { session in
      let number: Int = try session.row("SELECT number FROM thing WHERE id = 'a'") { try $0.get(0) } ?? 0
      if runs.next() == 1 { gate.holdUntilOpened() }
      try session.execute("UPDATE thing SET number = \(number + 1) WHERE id = 'a'")
    }
    await gate.reached()
    try await database.write { try $0.execute("UPDATE thing SET number = 10 WHERE id = 'a'") }
    gate.open()
    try await slow
    #expect(runs.count == 2)
    #expect(try await database.things() == ["a": 11])
  }

  @Test func `runs a body again when another write took the number it chose`() async throws {
    let database = try await Engine.postgres.withThings()
    let runs = Counter()
    let gate = Gate()
    @Sendable func take(_ session: any Session) throws {
      let next = try session.count() + 1
      if runs.next() == 1 { gate.holdUntilOpened() }
      try session.insert("number \(next)", next)
    }
    async let slow: Void = database.write { try take($0) }
    await gate.reached()
    try await database.write { try take($0) }
    gate.open()
    try await slow
    #expect(try await database.things() == ["number 1": 1, "number 2": 2])
    // What is a duplicate however often one looks is told.
    let fault = await #expect(throws: StoreFault.self) {
      try await database.write { try $0.insert("number 1", 1) }
    }
    #expect(fault?.kind == .alreadyExists)
  }

  @Test func `gives up on a conflict that never ends`() async throws {
    let database = try await Engine.postgres.withThings()
    let runs = Counter()
    let fault = await #expect(throws: StoreFault.self) {
      try await database.write { session in
        _ = runs.next()
        try session.script("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
      }
    }
    #expect(fault?.code == "40001")
    #expect(fault?.kind == .unavailable)
    #expect(runs.count > 24)
  }

  @Test func `runs more statements than it keeps prepared`() async throws {
    let database = try await Engine.postgres.withThings()
    let last = try await database.write { session in
      for number in 0..<1_200 {
        try session.execute(SQL(stringLiteral: "INSERT INTO thing (id) VALUES ('n\(number)')"))
      }
      return try session.count()
    }
    #expect(last == 1_200)
  }

  @Test func `breaks off a statement that runs too long`() async throws {
    let url = try await PrivatePostgres.shared.makeURL()
    let database = try PostgresDatabase(url: url, connections: 1, statementSeconds: 1)
    let fault = await #expect(throws: StoreFault.self) {
      try await database.read { try $0.rows("SELECT pg_sleep(20)") { _ in } }
    }
    #expect(fault?.code == "57014")
    #expect(try await database.read { try $0.row("SELECT 1") { try $0.get(0) as Int } } == 1)
  }

  @Test func `goes to the host that takes writes`() async throws {
    let url = try await PrivatePostgres.shared.makeURL()
    let several =
      url.replacing("host=", with: "host=/nowhere,") + "&port=5432,5432&target_session_attrs=read-write"
    let database = try PostgresDatabase(url: several, connections: 1)
    try await database.makeThings()
    #expect(try await database.things().isEmpty)
  }

  @Test func `is refused where text would not sort by bytes`() async throws {
    let server = try await PrivatePostgres.shared
    let name = try await server.makeDatabase(collation: "en-US")
    let fault = #expect(throws: StoreFault.self) { try PostgresDatabase(url: server.url(of: name)) }
    #expect(fault?.message.contains("LC_COLLATE") == true)
  }

  @Test func `says so when nobody answers`() {
    let fault = #expect(throws: StoreFault.self) {
      try PostgresDatabase(url: "postgresql:///x?host=/nowhere")
    }
    #expect(fault?.kind == .unavailable)
  }

  /// Something that breaks off all other connections to the same database.
  private func breaker(of database: any Database) async throws -> @Sendable () async throws -> Void {
    let name: String? = try await database.read { session in
      try session.row("SELECT current_database()") { try $0.get(0) }
    }
    let url = try await PrivatePostgres.shared.url(of: try #require(name))
    let other = try PostgresDatabase(url: url, connections: 1)
    return {
      try await other.write { session in
        _ = try session.rows(
          """
          SELECT pg_terminate_backend(pid, 5000)
          FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          """
        ) { _ in }
      }
    }
  }
}

private final class Counter: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .sequentiallyConsistent) }

  func next() -> Int { value.add(1, ordering: .sequentiallyConsistent).newValue }
}
