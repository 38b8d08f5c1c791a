import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing
import Vault

/// Two programs serve one store, as behind a proxy; what one of them does counts at the other at once.
@Suite struct `Two programs on one store` {
  private struct Pair {
    let world: World
    let other: Office

    init(_ engine: Engine) async throws {
      let root = RootKey.random()
      let world = try await World.make(on: try await engine.migrated(), at: .on("2026-04-01"), root: root)
      self.world = world
      other = Office(
        database: world.database, vault: Vault(root: root), practice: world.office.practice,
        clock: { world.watch.now() }, random: { UUID() }, passwords: Passwords(rounds: 16))
    }
  }

  @Test(arguments: Engine.available)
  func `a key that one destroyed opens nothing at the other, which had it in use`(
    _ engine: Engine
  ) async throws {
    let pair = try await Pair(engine)
    let (student, school) = (pair.world.student(.noeul), pair.world.school.id)
    let owner = KeyOwner.student(student, school)
    let place = Binding(table: "test", record: student.description, version: 1)
    let (own, others) = (pair.world.office.vault, pair.other.vault)
    let sealed = try await pair.world.database.write { session in
      try session.keys(own).seal(text: "적은 말", for: owner, at: place)
    }
    let opened = try await pair.world.database.read { session in
      try session.keys(others).open(text: sealed, of: owner, at: place)
    }
    #expect(opened == "적은 말")
    let instant = pair.world.watch.now()
    try await pair.world.database.write { session in
      try session.keys(own).shred(student, in: school, at: instant)
    }
    await #expect(throws: VaultProblem.shredded(owner)) {
      try await pair.world.database.read { session in
        try session.keys(others).open(text: sealed, of: owner, at: place)
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a session, a role and a person ended at one are ended at the other`(_ engine: Engine) async throws {
    let pair = try await Pair(engine)
    let (world, other) = (pair.world, pair.other)
    let (name, password) = World.signIn(of: .specialist)
    func enter() async throws -> (token: SessionToken, signedIn: SignedIn) {
      try await SignIn(world.office)(name, password: password, from: "192.0.2.7", on: "Firefox")
    }
    let (first, second) = (try await enter(), try await enter())
    #expect(try await FindSession(other)(first.token)?.staff.id == world.id(.specialist))
    try await EndSession(world.office)(first.signedIn.session, by: first.signedIn.staff)
    #expect(try await FindSession(other)(first.token) == nil)

    let administrator = world.member(.administrator)
    #expect(try await FindSession(other)(second.token)?.staff.assignments.count == 1)
    try await SetRoles(world.office)(
      [.teacher], of: world.id(.specialist), in: world.school.id, by: administrator)
    let roles = try await FindSession(other)(second.token)?.staff.assignments.filter {
      $0.holds(on: world.today)
    }
    #expect(roles?.map(\.role) == [.teacher])

    try await EndStaff(world.office)(world.id(.specialist), by: administrator)
    #expect(try await FindSession(other)(second.token) == nil)
  }

  @Test(arguments: Engine.available)
  func `what fails at the door is counted at both together`(_ engine: Engine) async throws {
    let pair = try await Pair(engine)
    let offices = [pair.world.office, pair.other]
    let (name, password) = World.signIn(of: .teacher)
    let wrong = Refusal.invalid([Problem("password", "wrong-name-or-password")])
    for attempt in 0..<pair.other.practice.policy.signIn.failuresUntilLock {
      await #expect(throws: wrong) {
        try await SignIn(offices[attempt % 2])(name, password: "wrong", from: "192.0.2.7", on: "")
      }
    }
    for office in offices {
      await #expect(throws: wrong) {
        try await SignIn(office)(name, password: password, from: "192.0.2.7", on: "")
      }
    }
    let most = pair.other.practice.policy.signIn.addressFailures
    for attempt in 0..<most {
      await #expect(throws: wrong) {
        try await SignIn(offices[attempt % 2])("nobody\(attempt)", password: "x", from: "192.0.2.99", on: "")
      }
    }
    for office in offices {
      await #expect(throws: TooManyAttempts.self) {
        try await SignIn(office)("nobody", password: "x", from: "192.0.2.99", on: "")
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a form sent to both at once is done once`(_ engine: Engine) async throws {
    let pair = try await Pair(engine)
    let world = pair.world
    let id = UUID()
    @Sendable func send(_ office: Office, _ request: String, _ answers: Answers) async throws {
      let asker = Asker(
        staff: world.member(.teacher), address: "192.0.2.7", route: "/test",
        form: SentForm(id: id, request: request))
      try await SendReferral(office)(answers, for: world.student(.garam), in: world.school.id, by: asker)
    }
    // Refused, it was not done, and the same page may send it again.
    await #expect(throws: Refusal.self) { try await send(world.office, "first", Answers()) }
    let filled = Filled.referral
    let outcomes = await withTaskGroup(of: Bool.self, returning: [Bool].self) { group in
      for number in 0..<8 {
        group.addTask {
          do {
            try await send(number % 2 == 0 ? world.office : pair.other, "\(number)", filled)
            return true
          } catch {
            #expect(error is SentBefore, "\(error)")
            return false
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 } == 1)
    let count = try await world.database.read { session in
      try session.row("SELECT COUNT(*) FROM referral") { try $0.get(0, as: Int.self) }
    }
    #expect(count == 1)
    // One request may do several acts: whoever sent it, and nobody else's form of the same id, stands in the way.
    let colleague = Asker(
      staff: world.member(.homeroom), address: "192.0.2.7", route: "/test",
      form: SentForm(id: id, request: "own"))
    for _ in 0..<2 {
      try await SendReferral(world.office)(
        filled, for: world.student(.noeul), in: world.school.id, by: colleague)
    }
  }
}
