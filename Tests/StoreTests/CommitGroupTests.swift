import Store
import TestSupport
import Testing

@Suite struct `Acts that write at once` {
  private struct Refused: Error {}

  @Test(arguments: Engine.available)
  func `are each kept whole or not at all, and each hears of its own`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
      for number in 0..<200 {
        group.addTask {
          do {
            try await database.write { session in
              try session.insert("a\(number)", number)
              // Two of three fail, one by itself and one by the store; what they wrote before goes with them.
              if number % 3 == 1 { throw Refused() }
              if number % 3 == 2 { try session.insert("a\(number)", number) }
              try session.insert("b\(number)", number)
            }
            return (number, true)
          } catch {
            return (number, false)
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(outcomes.filter(\.value).count == 67)
    #expect(outcomes.allSatisfy { $0.value == ($0.key % 3 == 0) })
    let kept = try await database.read { session in
      try session.rows("SELECT id FROM thing ORDER BY id") { try $0.get(0, as: String.self) }
    }
    let wanted = (0..<200).filter { $0 % 3 == 0 }.flatMap { ["a\($0)", "b\($0)"] }
    #expect(Set(kept) == Set(wanted) && kept.count == wanted.count)
  }

  @Test(arguments: Engine.available)
  func `see each other as if one came after the other`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    try await database.write { try $0.insert("sum", 0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 {
        group.addTask {
          try await database.write { session in
            let sum =
              try session.row("SELECT number FROM thing WHERE id = 'sum'") { try $0.get(0, as: Int.self) }
              ?? 0
            try session.execute("UPDATE thing SET number = \(sum + 1) WHERE id = 'sum'")
          }
        }
      }
      try await group.waitForAll()
    }
    let sum = try await database.read { session in
      try session.row("SELECT number FROM thing WHERE id = 'sum'") { try $0.get(0, as: Int.self) }
    }
    #expect(sum == 100)
  }

  @Test(arguments: Engine.available)
  func `may each try something that fails and go on`(_ engine: Engine) async throws {
    let database = try await engine.withThings()
    try await database.write { try $0.insert("taken", 0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<50 {
        group.addTask {
          try await database.write { session in
            do {
              try session.savepoint { try session.insert("taken", number) }
            } catch is StoreFault {
              try session.insert("other\(number)", number)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await database.things().count == 51)
  }
}
