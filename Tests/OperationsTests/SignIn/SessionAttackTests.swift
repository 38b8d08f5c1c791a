import CaseWork
import Foundation
import Operations
import TestSupport
import Testing
import Vault

/// What somebody tries who holds a code, a token or a browser that was another's.
@Suite struct `Sessions under attack` {
  @Test(arguments: Engine.available)
  func `of one code typed many times at once on two instances one is taken`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let office = world.office
    // Another instance knows of the first only what the store tells.
    let other = Office(
      database: office.database, vault: office.vault, practice: office.practice, clock: office.clock,
      random: { UUID() }, passwords: Passwords(rounds: 1 << 8))
    let secret = try await EnableTOTP(office).begin(for: world.manager.staff, issuer: "곁").secret
    let totp = try #require(TOTP(base32: secret))
    let first = totp.code(atStep: TOTP.step(at: world.time.now))
    _ = try await EnableTOTP(office)(
      secret: secret, code: first, password: DoorWorld.password, by: world.manager.staff)
    world.time.pass(minutes: 2)

    var tokens: [SessionToken] = []
    for _ in 0..<4 { tokens.append(try await world.signIn().token) }
    let code = totp.code(atStep: TOTP.step(at: world.time.now))
    let taken = await withTaskGroup { group in
      for (index, token) in tokens.enumerated() {
        group.addTask { try? await ConfirmCode(index.isMultiple(of: 2) ? office : other)(code, with: token) }
      }
      return await group.reduce(into: [SessionToken]()) { taken, next in if let next { taken.append(next) } }
    }
    #expect(taken.count == 1)
    #expect(try await FindSession(other)(try #require(taken.first))?.awaitsCode == false)
    #expect(!tokens.contains(try #require(taken.first)))
  }

  @Test(arguments: Engine.available)
  func `whoever signs in where somebody is signed in ends that session, whoever's it was`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    let (left, _) = try await world.signIn()
    let (elsewhere, _) = try await world.signIn()
    let enter = SignIn(world.office)
    await #expect(throws: Refusal.self) {
      try await enter(
        "gaon", password: "틀린 비밀번호 하나", from: "192.0.2.7", on: "Firefox", insteadOf: left)
    }
    #expect(try await FindSession(world.office)(left) != nil)
    let (token, _) = try await enter(
      "gaon", password: DoorWorld.password, from: "192.0.2.7", on: "Firefox", insteadOf: left)
    #expect(try await FindSession(world.office)(left) == nil)
    #expect(try await FindSession(world.office)(elsewhere) != nil)
    #expect(try await FindSession(world.office)(token)?.staff.id == world.officer.staff.id)
  }

  @Test(arguments: Engine.available)
  func `a session ends after its hours, however busily it is used`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, signedIn) = try await world.signIn()
    let steps = world.policy.sessionHours * 60 / (world.policy.idleMinutes - 1)
    for _ in 0..<steps {
      world.time.pass(minutes: world.policy.idleMinutes - 1)
      #expect(try await FindSession(world.office)(token) != nil)
    }
    world.time.pass(minutes: world.policy.idleMinutes - 1)
    #expect(try await FindSession(world.office)(token) == nil)
    #expect(try await ListSessions(world.office)(of: signedIn.staff).isEmpty)
  }
}
