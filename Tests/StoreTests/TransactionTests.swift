import Store
import TestSupport
import Testing

struct `A transaction` {
  @Test(arguments: Engine.available)
  func `keeps what it wrote, and reads it back by position`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let none: Int? = nil
    try await database.write { session in
      try session.execute("INSERT INTO thing VALUES (\("ㄱ"), \(Int.min), \([UInt8](0...255)))")
      try session.execute("INSERT INTO thing VALUES (\(""), \(none), \([UInt8]()))")
    }
    let things = try await database.read { session in
      try session.rows("SELECT id, number, content FROM thing ORDER BY id") {
        (try $0.get(0) as String, try $0.optional(1, as: Int.self), try $0.get(2) as [UInt8])
      }
    }
    #expect(things.map(\.0) == ["", "ㄱ"])
    #expect(things.map(\.1) == [nil, Int.min])
    #expect(things.map(\.2) == [[], [UInt8](0...255)])
  }

  @Test(arguments: Engine.available)
  func `that throws leaves no trace`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    await #expect(throws: Halt.self) {
      try await database.write { session in
        try session.insert("a", 1)
        throw Halt()
      }
    }
    #expect(try await database.things().isEmpty)
  }

  @Test(arguments: Engine.available)
  func `with a failed statement is not kept, even where the failure was caught`(_ engine: Engine) async throws
  {
    let database = try await engine.withThings()
    await #expect(throws: StoreFault.self) {
      try await database.write { session in
        try session.insert("a", 1)
        try? session.insert("a", 2)
      }
    }
    #expect(try await database.things().isEmpty)
  }

  @Test(arguments: Engine.available)
  func `goes on after a savepoint that failed`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let kinds = try await database.write { session in
      try session.insert("a", 1)
      var kinds: [StoreFault.Kind] = []
      for number in 2...3 {
        do {
          try session.savepoint {
            try session.insert("b\(number)", number)
            try session.savepoint { try session.insert("c\(number)", number) }
            try session.insert("a", number)
          }
        } catch let fault as StoreFault {
          kinds.append(fault.kind)
        }
      }
      try session.savepoint { try session.insert("d", 4) }
      return kinds
    }
    #expect(kinds == [.alreadyExists, .alreadyExists])
    #expect(try await database.things() == ["a": 1, "d": 4])
  }

  @Test(arguments: Engine.available)
  func `that only reads cannot write`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    await #expect(throws: StoreFault.self) {
      try await database.read { try $0.insert("a", 1) }
    }
    #expect(try await database.things().isEmpty)
  }

  @Test(arguments: Engine.available)
  func `that reads sees one moment, whatever is written meanwhile`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    try await database.write { try $0.insert("a", 1) }
    let gate = Gate()
    async let counts = database.read { session in
      let before = try session.count()
      gate.holdUntilOpened()
      return [before, try session.count()]
    }
    await gate.reached()
    try await database.write { try $0.insert("b", 2) }
    gate.open()
    #expect(try await counts == [1, 1])
    #expect(try await database.things().count == 2)
  }

  @Test(arguments: Engine.available)
  func `counts on a number like every other at the same time, and none is lost`(_ engine: Engine) async throws
  {
    let database = try await engine.withThings()
    try await database.write { try $0.insert("sum", 0) }
    try await withThrowingTaskGroup { group in
      for _ in 0..<40 {
        group.addTask {
          try await database.write { session in
            let number = try session.row("SELECT number FROM thing WHERE id = 'sum'") { try $0.get(0) as Int }
            guard let number else { throw Halt() }
            try session.execute("UPDATE thing SET number = \(number + 1) WHERE id = 'sum'")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await database.things() == ["sum": 40])
  }

  @Test(arguments: Engine.available)
  func `upholds a rule over two rows although each writes only one`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    try await database.write { session in
      try session.insert("a", 1)
      try session.insert("b", 1)
    }
    // Each may go off duty only while the other stays: write skew, which snapshot isolation alone lets through.
    await withTaskGroup { group in
      for id in ["a", "b"] {
        group.addTask {
          _ = try? await database.write { session in
            let onDuty: Int? = try session.row("SELECT COUNT(*) FROM thing WHERE number = 1") {
              try $0.get(0)
            }
            guard onDuty == 2 else { throw Halt() }
            try session.execute("UPDATE thing SET number = 0 WHERE id = \(id)")
          }
        }
      }
    }
    #expect(try await database.things().values.sorted() == [0, 1])
  }

  @Test(arguments: Engine.available)
  func `is refused once the store is closed`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    try await database.close()
    await #expect(throws: StoreFault.self) { try await database.things() }
  }
}
