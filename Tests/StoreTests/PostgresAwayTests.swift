import Foundation
import Glibc
import PostgresStore
import Store
import TestSupport
import Testing

/// What becomes of transactions when the server dies, hangs, or cannot promise what it did.
///
/// The bounds are wide, for other tests run beside these; what they tell apart is minutes, or for ever. In the long form
/// only: `Tests/trust/test_failover.py` asks the same of the running program each time.
@Suite(
  .enabled(if: Engine.available.contains(.postgres), "PostgreSQL is not installed"),
  .enabled(if: Length.isLong, "waits for minutes: bin/test --long"), .timeLimit(.minutes(5)))
struct `A PostgreSQL that is away` {
  @Test func `is waited for, and whoever comes late hears at once that it is not back`() async throws {
    let server = try PrivatePostgres("away", .quick)
    let database = try PostgresDatabase(url: server.url(of: "postgres"), connections: 4)
    try await database.makeThings()
    try server.kill(SIGQUIT)
    let clock = ContinuousClock()
    let patience = try await clock.measure { try await fails(database) }
    #expect(patience > .seconds(5) && patience < .seconds(40))
    // Many who come then do not wait one after the other.
    let rest = try await clock.measure {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<200 { group.addTask { try await fails(database) } }
        try await group.waitForAll()
      }
    }
    #expect(rest < .seconds(40))
    try server.start()
    let back = try await clock.measure {
      while (try? await database.things()) == nil { try await Task.sleep(for: .milliseconds(50)) }
    }
    #expect(back < .seconds(40))
  }

  @Test func `and comes back within a transaction's patience is not noticed but for the time`() async throws {
    let server = try PrivatePostgres("back", .durable)
    let database = try PostgresDatabase(url: server.url(of: "postgres"), connections: 2)
    try await database.makeThings()
    try server.kill(SIGKILL)
    async let written: Void = database.write { try $0.insert("a", 1) }
    async let read = database.things()
    try await Task.sleep(for: .seconds(1))
    try server.start()
    try await written
    _ = try await read
    #expect(try await database.things() == ["a": 1])
  }

  @Test func `hangs with its connections open and is given up`() async throws {
    let server = try PrivatePostgres("hangs", .quick)
    let database = try PostgresDatabase(url: server.url(of: "postgres"), connections: 2)
    try await database.makeThings()
    try server.signalAll(SIGSTOP)
    let duration = try await ContinuousClock().measure { try await fails(database) }
    #expect(duration < .seconds(80))
    try server.signalAll(SIGCONT)
    while (try? await database.things()) == nil { try await Task.sleep(for: .milliseconds(100)) }
  }

  @Test func `cannot say whether a standby has it does not acknowledge a write`() async throws {
    let server = try PrivatePostgres("unsure", .durable)
    let database = try PostgresDatabase(url: server.url(of: "postgres"), connections: 2)
    try await database.makeThings()
    try server.command("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    try server.command("SELECT pg_reload_conf()")
    async let written: Void = database.write { try $0.insert("a", 1) }
    let waiting: SQL = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    while try await database.read({ try $0.row(waiting) { try $0.get(0, as: Int.self) } }) != 1 {
      try await Task.sleep(for: .milliseconds(20))
    }
    // Broken off, PostgreSQL says it is committed and only warns that no other machine may have it.
    try server.command(
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
    do {
      try await written
      Issue.record("nobody knows whether it would outlive the server")
    } catch let fault as StoreFault {
      #expect(fault.code == "08007")
    }
  }

  private func fails(_ database: any Database) async throws {
    let fault = await #expect(throws: StoreFault.self) { try await database.things() }
    #expect(fault?.kind == .unavailable)
  }
}
