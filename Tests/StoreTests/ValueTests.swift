import Store
import TestSupport
import Testing

struct `A value` {
  @Test(arguments: Engine.available)
  func `of text sorts by its bytes`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let texts = ["힣", "가", "각", "a", "Z", "ㄱ", "1", "나", "ㅎ", "~", "😀", "강 하늘", "강하늘"]
    let sorted = try await database.write { session in
      for text in texts { try session.insert(text, 0) }
      return try session.rows("SELECT id FROM thing ORDER BY id") { try $0.get(0) as String }
    }
    #expect(sorted == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test(arguments: Engine.available)
  func `of text with a NUL is refused`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let fault = await #expect(throws: StoreFault.self) {
      try await database.write { try $0.insert("하늘\u{0}바다", 1) }
    }
    #expect(fault?.code == "22021")
    #expect(try await database.things().isEmpty)
  }

  @Test(arguments: Engine.available)
  func `may be large`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let text = String(repeating: "곁", count: 1_000_000)
    let bytes = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try await database.write { session in
      try session.execute("INSERT INTO thing (id, number, content) VALUES ('x', 1, \(bytes))")
    }
    try await database.write { try $0.execute("UPDATE thing SET number = length(\(text)) WHERE id = 'x'") }
    let found = try await database.read { session in
      try session.row("SELECT content, number, \(text) FROM thing") {
        (try $0.get(0) as [UInt8], try $0.get(1) as Int, try $0.get(2) as String)
      }
    }
    #expect(found?.0 == bytes)
    #expect(found?.1 == 1_000_000)
    #expect(found?.2 == text)
  }

  @Test(arguments: Engine.available)
  func `computed by the engine is a whole number`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let numbers = try await database.write { session in
      for number in [10_000, 20_000, 4_000_000_000, -7] { try session.insert("n\(number)", number) }
      return try session.rows(
        """
        SELECT COUNT(*), SUM(number), SUM(number) - SUM(number), -SUM(number), 7, number IS NOT NULL, MIN(number)
        FROM thing
        GROUP BY number IS NOT NULL
        """
      ) { row in
        try (0..<7).map { try row.get($0) as Int }
      }
    }
    #expect(numbers == [[4, 4_000_029_993, 0, -4_000_029_993, 7, 1, -7]])
  }

  @Test(arguments: Engine.available)
  func `that is missing is NULL wherever it stands`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let none: String? = nil
    let some: String? = "a"
    let found = try await database.write { session in
      try session.insert("a", 1)
      return try [none, some].map { wanted in
        try session.rows("SELECT id FROM thing WHERE \(wanted) IS NULL OR id = \(wanted)") {
          try $0.get(0) as String
        }
      }
    }
    #expect(found == [["a"], ["a"]])
  }

  @Test(arguments: Engine.available)
  func `of another kind than asked for is a fault`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    await #expect(throws: UnreadableColumn(index: 0)) {
      try await database.read { try $0.row("SELECT 'a'") { try $0.get(0) as Int } }
    }
    await #expect(throws: UnreadableColumn(index: 1)) {
      try await database.read { try $0.row("SELECT 'a'") { try $0.get(1) as String } }
    }
  }

  @Test(arguments: Engine.available)
  func `list matches each of its values, and an empty one nothing`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let found = try await database.write { session in
      for (number, id) in ["a", "b", "c"].enumerated() { try session.insert(id, number) }
      return try [[0, 2, 9], []].map { numbers in
        try session.rows("SELECT id FROM thing WHERE number IN \(SQL.list(numbers)) ORDER BY id") {
          try $0.get(0) as String
        }
      }
    }
    #expect(found == [["a", "c"], []])
  }
}
