import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct `Staff and their rights` {
  @Test(arguments: Engine.available)
  func `a new person signs in with the first password and must change it`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let role = Assignment(school: world.school.id, role: .teacher, from: Day(inKoreaAt: world.time.now))
    let (id, first) = try await AddStaff(world.office)(
      "정나래", signInName: "Narae", assignments: [role], by: world.administrator.staff)
    let (_, signedIn) = try await world.signIn("narae", try #require(first))
    #expect(signedIn.staff.id == id)
    #expect(signedIn.mustChangePassword)
    await #expect(throws: Refusal.conflict(.alreadyExists)) {
      try await AddStaff(world.office)("김온유", signInName: "NARAE ", assignments: [role], by: nil)
    }
  }

  @Test(arguments: Engine.available)
  func `only the school's administrator gives roles, and not to themselves`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let other = try await AddSchool(world.office)("솔바람고(가상)", .high, by: nil)
    let set = SetRoles(world.office)
    await #expect(throws: Refusal.notAllowed) {
      try await set([.principal], of: world.officer.staff.id, in: world.school.id, by: world.manager.staff)
    }
    await #expect(throws: Refusal.notAllowed) {
      try await set(
        [.administrator, .caseManager], of: world.administrator.staff.id, in: world.school.id,
        by: world.administrator.staff)
    }
    await #expect(throws: Refusal.notAllowed) {
      try await set([.teacher], of: world.manager.staff.id, in: other.id, by: world.administrator.staff)
    }
  }

  @Test(arguments: Engine.available)
  func `a role that ends holds no more at once and stays on record`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, _) = try await world.signIn()
    world.time.pass(minutes: 1)
    try await SetRoles(world.office)(
      [.teacher], of: world.manager.staff.id, in: world.school.id, by: world.administrator.staff)
    #expect(try await FindSession(world.office)(token)?.staff.roles(in: world.school.id) == [.teacher])
    let member = try #require(try await world.member(world.manager.staff.id))
    #expect(member.assignments.map(\.role) == [.caseManager, .teacher])
    #expect(member.assignments.first?.until != nil)
    #expect(try await world.acts().suffix(2) == ["end-role", "grant-role"])
  }

  @Test(arguments: Engine.available)
  func `who has left is out at once`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, _) = try await world.signIn()
    try await EndStaff(world.office)(world.manager.staff.id, by: world.administrator.staff)
    #expect(try await FindSession(world.office)(token) == nil)
    #expect(
      try await ReadStaff(world.office).colleagues(in: world.school.id, of: world.officer.staff).map(\.name)
        == ["설아람", "표가온"])
  }

  @Test(arguments: Engine.available)
  func `a reset password ends sessions and lock, and is to be changed`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (token, _) = try await world.signIn()
    for _ in 0..<world.policy.failuresUntilLock { _ = try await world.opens("yedam", "아무 말이나 적어 봄") }
    let password = try await ResetPassword(world.office)(
      of: world.manager.staff.id, by: world.administrator.staff)
    #expect(try await FindSession(world.office)(token) == nil)
    #expect(try await world.signIn("yedam", password).signedIn.mustChangePassword)
    await #expect(throws: Refusal.notAllowed) {
      try await ResetPassword(world.office)(of: world.administrator.staff.id, by: world.manager.staff)
    }
  }

  @Test(arguments: Engine.available)
  func `the administrator reads accounts and leaves a row of it, others do not`(_ engine: Engine) async throws
  {
    let world = try await DoorWorld(engine)
    let rows = try await ReadStaff(world.office)(of: world.school.id, by: world.administrator)
    #expect(rows.map(\.name) == ["강예담", "설아람", "표가온"])
    #expect(try await world.count("SELECT COUNT(*) FROM access_row WHERE work = 'list-staff'") == 1)
    await #expect(throws: Refusal.notAllowed) {
      try await ReadStaff(world.office)(of: world.school.id, by: world.manager)
    }
  }

  @Test(arguments: Engine.available)
  func `the last administrator of a school stays`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let today = Day(inKoreaAt: world.time.now)
    let far = try await AddSchool(world.office)("솔바람고(가상)", .high, by: nil)
    let near = Assignment(school: world.school.id, role: .teacher, from: today)
    let alone = Assignment(school: far.id, role: .administrator, from: today)
    let id = try await AddStaff(world.office)(
      "차한결", signInName: "hangyeol", assignments: [near, alone], by: nil
    ).id
    await #expect(
      throws: Refusal.invalid([Problem("staff", "last-administrator", "솔바람고(가상)")])
    ) { try await EndStaff(world.office)(id, by: world.administrator.staff) }
    try await AddStaff(world.office)("엄시내", signInName: "sinae", assignments: [alone], by: nil)
    try await EndStaff(world.office)(id, by: world.administrator.staff)
  }

  @Test(arguments: Engine.available)
  func `whoever adds a school administers it, and reads no case there`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let school = try await AddSchool(world.office)("새솔중(가상)", .middle, by: world.administrator.staff)
    let row = try await ReadStaff(world.office)(world.administrator.staff.id, by: world.administrator)
    #expect(row.assignments.filter { $0.school == school.id }.map(\.role) == [.administrator])
  }
}
