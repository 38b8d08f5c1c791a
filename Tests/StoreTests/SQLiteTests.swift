import Foundation
import SQLiteStore
import Store
import TestSupport
import Testing

struct `A SQLite store` {
  @Test func `syncs every commit, in WAL, with foreign keys`() async throws {
    let database = try await Engine.sqlite.fresh()
    let settings = try await database.write { session in
      [
        try session.row("PRAGMA synchronous") { try $0.get(0) as Value },
        try session.row("PRAGMA journal_mode") { try $0.get(0) as Value },
        try session.row("PRAGMA foreign_keys") { try $0.get(0) as Value },
      ]
    }
    #expect(settings == [.integer(2), .text("wal"), .integer(1)])
  }

  @Test func `keeps its records after it was closed`() async throws {
    let path = Scratch.file("sqlite").path
    let first = try SQLiteDatabase(path: path)
    try await first.makeThings()
    try await first.write { try $0.insert("a", 1) }
    try await first.close()
    #expect(try await SQLiteDatabase(path: path).things() == ["a": 1])
  }

  @Test func `waits for another program's write`() async throws {
    let path = Scratch.file("sqlite").path
    let stores = try [SQLiteDatabase(path: path), SQLiteDatabase(path: path)]
    try await stores[0].makeThings()
    try await withThrowingTaskGroup { group in
      for (number, store) in (stores + stores + stores).enumerated() {
        group.addTask { try await store.write { try $0.insert("n\(number)", number) } }
      }
      try await group.waitForAll()
    }
    #expect(try await stores[1].things().count == 6)
  }

  @Test func `says so when it cannot be opened`() {
    let fault = #expect(throws: StoreFault.self) { try SQLiteDatabase(path: "/nowhere/at/all.sqlite") }
    #expect(fault?.kind == .unavailable)
  }
}
