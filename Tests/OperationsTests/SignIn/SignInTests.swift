import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct `Signing in` {
  @Test(arguments: Engine.available)
  func `the right name and password open a session that is found by its token`(_ engine: Engine) async throws
  {
    let world = try await DoorWorld(engine)
    let (token, signedIn) = try await world.signIn(" Yedam ")
    #expect(signedIn.staff.name == "강예담")
    #expect(!signedIn.mustChangePassword && !signedIn.awaitsCode)
    let found = try #require(try await FindSession(world.office)(token))
    #expect(found.staff.id == world.manager.staff.id)
    #expect(found.staff.roles(in: world.school.id) == [.caseManager])
    #expect(found.session == signedIn.session)
    #expect(try await FindSession(world.office)(.random()) == nil)
    #expect(try await world.acts().last == "sign-in")
  }

  @Test(arguments: Engine.available)
  func `neither names nor passwords nor tokens lie readable in the store`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, _) = try await world.signIn()
    let texts = try await world.office.database.read { session in
      try session.rows("SELECT sign_in_token FROM staff") { try $0.get(0, as: String.self) }
        + session.rows("SELECT token_hash FROM sign_in_session") { try $0.get(0, as: String.self) }
        + session.rows("SELECT password_hash FROM credential") { try $0.get(0, as: String.self) }
        + session.rows("SELECT sealed FROM staff") {
          String(decoding: try $0.get(0, as: [UInt8].self), as: UTF8.self)
        }
    }
    for secret in ["yedam", "강예담", DoorWorld.password, token.text] {
      #expect(!texts.contains { $0.contains(secret) })
    }
  }

  @Test(arguments: Engine.available)
  func `a wrong password, an unknown name and one who has left get the same answer`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    #expect(try await !world.opens("yedam", "느티나무 아래 벤치 둘"))
    #expect(try await !world.opens("nobody"))
    #expect(try await !world.opens("", ""))
    try await EndStaff(world.office)(world.manager.staff.id, by: world.administrator.staff)
    #expect(try await !world.opens())
    #expect(try await world.acts().count { $0 == "sign-in-failed" } == 4)
  }

  @Test(arguments: Engine.available)
  func `too many failures from one address make it wait, whatever the names, and others do not`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    let signIn = SignIn(world.office)
    let limit = world.policy.addressFailures
    for number in 0..<limit { #expect(try await !world.opens("guess\(number)")) }
    world.time.pass(minutes: 4)
    let left = (world.policy.addressMinutes - 4) * 60
    // Also the right password is not looked at any more, and nothing is written.
    let acts = try await world.acts()
    await #expect(throws: TooManyAttempts(retryAfter: left)) { try await world.signIn() }
    #expect(TooManyAttempts(retryAfter: left).minutes == world.policy.addressMinutes - 4)
    #expect(try await world.acts() == acts)
    #expect(acts.last == "address-blocked")
    _ = try await signIn("yedam", password: DoorWorld.password, from: "198.51.100.4", on: "Firefox")
    world.time.pass(seconds: Double(left))
    #expect(try await world.opens())
    // The next failure begins a new window.
    #expect(try await !world.opens("nobody"))
    #expect(try await world.opens())
  }

  @Test(arguments: Engine.available)
  func `too many failures lock the account for a while, and it says so to nobody`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    for _ in 0..<world.policy.failuresUntilLock { #expect(try await !world.opens("yedam", "아무 말이나 적어 봄")) }
    #expect(try await !world.opens())
    #expect(try await world.opens("gaon"))
    world.time.pass(minutes: world.policy.lockMinutes)
    #expect(try await world.opens())
    #expect(try await world.acts().contains("account-locked"))
  }

  @Test(arguments: Engine.available)
  func `many guesses at once do not slip past the lock`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<12 { group.addTask { _ = try await world.opens("yedam", "틀린 비밀번호 \(number)") } }
      try await group.waitForAll()
    }
    #expect(try await !world.opens())
  }

  @Test(arguments: Engine.available)
  func `a success forgets earlier failures`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    for _ in 1..<world.policy.failuresUntilLock { _ = try await world.opens("yedam", "아무 말이나 적어 봄") }
    #expect(try await world.opens())
    for _ in 1..<world.policy.failuresUntilLock { _ = try await world.opens("yedam", "아무 말이나 적어 봄") }
    #expect(try await world.opens())
  }

  @Test(arguments: Engine.available)
  func `a password at another cost is hashed anew at sign-in`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let dearer = Office(
      database: world.office.database, vault: world.office.vault, practice: world.office.practice,
      clock: world.office.clock, random: world.office.random, passwords: Passwords(rounds: 1 << 9))
    _ = try await SignIn(dearer)("yedam", password: DoorWorld.password, from: "", on: "")
    #expect(
      try await world.count("SELECT COUNT(*) FROM credential WHERE password_hash LIKE 'scrypt$512$%'") == 1)
    #expect(try await world.opens())
  }
}

@Suite struct `Sessions` {
  @Test(arguments: Engine.available)
  func `a session ends when nobody has used it for too long`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, _) = try await world.signIn()
    for _ in 0..<3 {
      world.time.pass(minutes: world.policy.idleMinutes - 1)
      #expect(try await FindSession(world.office)(token) != nil)
    }
    world.time.pass(minutes: world.policy.idleMinutes)
    #expect(try await FindSession(world.office)(token) == nil)
  }

  @Test(arguments: Engine.available)
  func `use is noted once a minute at most`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, signedIn) = try await world.signIn()
    world.time.pass(seconds: 30)
    _ = try await FindSession(world.office)(token)
    let first = try await ListSessions(world.office)(of: signedIn.staff)
    #expect(first.map(\.seenAt) == [signedIn.begunAt])
    world.time.pass(seconds: 40)
    _ = try await FindSession(world.office)(token)
    #expect(try await ListSessions(world.office)(of: signedIn.staff).map(\.seenAt) == [world.time.now])
  }

  @Test(arguments: Engine.available)
  func `one's own session can be ended, another's is not found`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, signedIn) = try await world.signIn()
    let (kept, _) = try await world.signIn()
    await #expect(throws: Refusal.notFound) {
      try await EndSession(world.office)(signedIn.session, by: world.officer.staff)
    }
    try await EndSession(world.office)(signedIn.session, by: signedIn.staff)
    #expect(try await FindSession(world.office)(token) == nil)
    #expect(try await FindSession(world.office)(kept) != nil)
    #expect(try await ListSessions(world.office)(of: signedIn.staff).count == 1)
  }

  @Test(arguments: Engine.available)
  func `a session on another device is ended against the password`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, elsewhere) = try await world.signIn()
    let (_, here) = try await world.signIn()
    let end = EndSessionElsewhere(world.office)
    await #expect(throws: Refusal.invalid([Problem("password", "wrong-password")])) {
      try await end(elsewhere.session, password: "틀린 비밀번호", by: here.staff)
    }
    await #expect(throws: Refusal.notFound) {
      try await end(elsewhere.session, password: DoorWorld.password, by: world.officer.staff)
    }
    #expect(try await FindSession(world.office)(token) != nil)
    try await end(elsewhere.session, password: DoorWorld.password, by: here.staff)
    #expect(try await FindSession(world.office)(token) == nil)
  }

  @Test(arguments: Engine.available)
  func `what many choose, and names of person, school and office, are no new password`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    try await SetUpOffice(world.office)("너울지원청(가상)")
    let signedIn = try await world.signIn().signedIn
    let change = ChangePassword(world.office)
    for common in ["P@ssw0rd2026!", "달무리초 20260301", "rkddPeka123!", "너울지원청 2026!"] {
      await #expect(throws: Refusal.invalid([Problem("password", "too-common")]), "\(common)") {
        try await change(from: DoorWorld.password, to: common, by: signedIn, address: "", device: "")
      }
    }
    _ = try await change(
      from: DoorWorld.password, to: "달무리초의 낡은 시소 셋", by: signedIn, address: "", device: "")
  }

  @Test(arguments: Engine.available)
  func `a new password ends every session but the one that goes on under a new token`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    let (other, _) = try await world.signIn()
    let (token, signedIn) = try await world.signIn()
    let change = ChangePassword(world.office)
    await #expect(throws: Refusal.invalid([Problem("old-password", "wrong-password")])) {
      try await change(from: "틀린 옛 비밀번호", to: "새 비밀번호는 더 길게", by: signedIn, address: "", device: "")
    }
    await #expect(throws: Refusal.invalid([Problem("password", "same-as-old")])) {
      try await change(
        from: DoorWorld.password, to: DoorWorld.password, by: signedIn, address: "", device: "")
    }
    await #expect(throws: Refusal.self) {
      try await change(from: DoorWorld.password, to: "짧다", by: signedIn, address: "", device: "")
    }
    let next = try await change(
      from: DoorWorld.password, to: "새 비밀번호는 더 길게", by: signedIn, address: "", device: "")
    #expect(try await FindSession(world.office)(token) == nil)
    #expect(try await FindSession(world.office)(other) == nil)
    #expect(try await FindSession(world.office)(next) != nil)
    #expect(try await !world.opens())
    #expect(try await world.opens("yedam", "새 비밀번호는 더 길게"))
  }
}

@Suite struct `Second step` {
  @Test(arguments: Engine.available)
  func `with a second step the password alone opens nothing`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (totp, recovery) = try await enable(world)
    world.time.pass(minutes: 2)
    let (token, signedIn) = try await world.signIn()
    #expect(signedIn.awaitsCode)
    #expect(try await FindSession(world.office)(token)?.awaitsCode == true)
    let confirm = ConfirmCode(world.office)
    await #expect(throws: Refusal.invalid([Problem("code", "wrong-code")])) {
      try await confirm("000000", with: token)
    }
    let code = totp.code(atStep: TOTP.step(at: world.time.now))
    let next = try await confirm(code, with: token)
    #expect(try await FindSession(world.office)(token) == nil)
    #expect(try await FindSession(world.office)(next)?.awaitsCode == false)

    let (again, _) = try await world.signIn()
    await #expect(throws: Refusal.invalid([Problem("code", "wrong-code")])) {
      try await confirm(code, with: again)
    }
    let spent = try await confirm(recovery.codes[0], with: again)
    #expect(try await FindSession(world.office)(spent)?.awaitsCode == false)
    #expect(try await ReadSecondStep(world.office)(of: signedIn.staff).recoveryCodesLeft == 9)
    let (third, _) = try await world.signIn()
    await #expect(throws: Refusal.invalid([Problem("code", "wrong-code")])) {
      try await confirm(recovery.codes[0], with: third)
    }
  }

  @Test(arguments: Engine.available)
  func `wrong codes lock the account as wrong passwords do`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (totp, _) = try await enable(world)
    world.time.pass(minutes: 2)
    let (token, _) = try await world.signIn()
    for _ in 0..<world.policy.failuresUntilLock {
      await #expect(throws: Refusal.self) { try await ConfirmCode(world.office)("111111", with: token) }
    }
    await #expect(throws: Refusal.notFound) {
      try await ConfirmCode(world.office)(totp.code(atStep: TOTP.step(at: world.time.now)), with: token)
    }
    #expect(try await !world.opens())
  }

  @Test(arguments: Engine.available)
  func `it goes off against a code and the password only`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (_, recovery) = try await enable(world)
    let staff = world.manager.staff
    await #expect(throws: Refusal.invalid([Problem("code", "wrong-code")])) {
      try await DisableTOTP(world.office)(code: "222222", password: DoorWorld.password, by: staff)
    }
    await #expect(throws: Refusal.invalid([Problem("password", "wrong-password")])) {
      try await DisableTOTP(world.office)(code: recovery.codes[3], password: "틀린 비밀번호", by: staff)
    }
    try await DisableTOTP(world.office)(code: recovery.codes[3], password: DoorWorld.password, by: staff)
    #expect(try await ReadSecondStep(world.office)(of: staff).isOn == false)
    #expect(try await !world.signIn().signedIn.awaitsCode)
  }

  @Test(arguments: Engine.available)
  func `it goes on against the password only, and wrong ones lock the account`(_ engine: Engine) async throws
  {
    let world = try await DoorWorld(engine)
    let staff = world.manager.staff
    let enable = EnableTOTP(world.office)
    let secret = try await enable.begin(for: staff, issuer: "곁").secret
    let code = try #require(TOTP(base32: secret)).code(atStep: TOTP.step(at: world.time.now))
    await #expect(throws: Refusal.invalid([Problem("password", "required")])) {
      try await enable(secret: secret, code: code, password: "", by: staff)
    }
    for _ in 0..<world.policy.failuresUntilLock {
      await #expect(throws: Refusal.invalid([Problem("password", "wrong-password")])) {
        try await enable(secret: secret, code: code, password: "틀린 비밀번호", by: staff)
      }
    }
    await #expect(throws: Refusal.notAllowed) {
      try await enable(secret: secret, code: code, password: DoorWorld.password, by: staff)
    }
    #expect(try await ReadSecondStep(world.office)(of: staff).isOn == false)
    #expect(try await world.acts().contains("account-locked"))
  }

  @Test(arguments: Engine.available)
  func `a shorter recovery code of before still lets in, once`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    _ = try await enable(world)
    let old = RecoveryCodes.hash(of: "KLIO-2FUA-PT4C")
    try await world.office.database.write { session in
      try session.execute(
        "INSERT INTO recovery_code (staff_id, code_hash) VALUES (\(world.manager.staff.id), \(old))")
    }
    let confirm = ConfirmCode(world.office)
    let token = try await world.signIn().token
    // Every letter meant itself in them.
    await #expect(throws: Refusal.self) { try await confirm("K110-2FUA-PT4C", with: token) }
    let next = try await confirm("klio 2fua pt4c", with: token)
    #expect(try await FindSession(world.office)(next)?.awaitsCode == false)
    let again = try await world.signIn().token
    await #expect(throws: Refusal.self) { try await confirm("KLIO-2FUA-PT4C", with: again) }
  }

  private func enable(_ world: DoorWorld) async throws -> (TOTP, RecoveryCodes) {
    let staff = world.manager.staff
    let (secret, address) = try await EnableTOTP(world.office).begin(for: staff, issuer: "곁")
    let totp = try #require(TOTP(base32: secret))
    #expect(address.contains(secret))
    let code = totp.code(atStep: TOTP.step(at: world.time.now))
    let recovery = try await EnableTOTP(world.office)(
      secret: secret, code: code, password: DoorWorld.password, by: staff)
    return (totp, recovery)
  }
}
