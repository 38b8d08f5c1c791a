import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct `Keys in the store` {
  let place = Binding(table: "student", record: "s", version: 1)
  let plain = Array("이름".utf8)

  @Test(arguments: Engine.available)
  func `what is sealed in one transaction opens in another and in another program`(
    _ engine: Engine
  ) async throws {
    let database = try await engine.migrated()
    let root = RootKey.random()
    let (owner, place, plain) = (KeyOwner.compartment(ID(UUID()), ID(UUID())), place, plain)
    let vault = Vault(root: root)
    let sealed = try await database.write { try $0.keys(vault).seal(plain, for: owner, at: place) }
    for vault in [vault, Vault(root: root)] {
      #expect(try await database.read { try $0.keys(vault).open(sealed, of: owner, at: place) } == plain)
    }
    let stranger = Vault(root: .random())
    await #expect(throws: VaultProblem.self) {
      try await database.read { try $0.keys(stranger).open(sealed, of: owner, at: place) }
    }
  }

  @Test(arguments: Engine.available)
  func `a key whose transaction was rolled back is never used`(_ engine: Engine) async throws {
    struct Stop: Error {}
    let database = try await engine.migrated()
    let root = RootKey.random()
    let vault = Vault(root: root)
    let (owner, place, plain) = (KeyOwner.student(ID(UUID()), ID(UUID())), place, plain)
    await #expect(throws: Stop.self) {
      try await database.write { session in
        _ = try session.keys(vault).seal(plain, for: owner, at: place)
        _ = try session.keys(vault).seal(plain, for: owner, at: place)
        throw Stop()
      }
    }
    let sealed = try await database.write { try $0.keys(vault).seal(plain, for: owner, at: place) }
    #expect(
      try await database.read { try $0.keys(Vault(root: root)).open(sealed, of: owner, at: place) } == plain)
    #expect(try await database.read { try $0.keys(vault).open(sealed, of: owner, at: place) } == plain)
  }

  @Test(arguments: Engine.available)
  func `many who need the same new key at once get the same one`(_ engine: Engine) async throws {
    let database = try await engine.migrated()
    let vault = Vault(root: .random())
    let (owner, place, plain) = (KeyOwner.student(ID(UUID()), ID(UUID())), place, plain)
    let sealed = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<8 {
        group.addTask { try await database.write { try $0.keys(vault).seal(plain, for: owner, at: place) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for one in sealed {
      #expect(try await database.read { try $0.keys(vault).open(one, of: owner, at: place) } == plain)
    }
  }

  @Test(arguments: Engine.available)
  func `a shredded student's records never open again, and no new key is made`(_ engine: Engine) async throws
  {
    let database = try await engine.migrated()
    let vault = Vault(root: .random())
    let (student, school) = (ID<Student>(UUID()), ID<School>(UUID()))
    let (owner, place, plain) = (KeyOwner.student(student, school), place, plain)
    let sibling = KeyOwner.student(ID(UUID()), school)
    let (sealed, kept) = try await database.write { session in
      let keys = session.keys(vault)
      return (
        try keys.seal(plain, for: owner, at: place), try keys.seal(plain, for: sibling, at: place)
      )
    }
    try await database.write { try $0.keys(vault).shred(student, in: school, at: Date()) }
    vault.forget(owner)
    await #expect(throws: VaultProblem.shredded(owner)) {
      try await database.read { try $0.keys(vault).open(sealed, of: owner, at: place) }
    }
    await #expect(throws: VaultProblem.shredded(owner)) {
      try await database.write { try $0.keys(vault).seal(plain, for: owner, at: place) }
    }
    #expect(try await database.read { try $0.keys(vault).open(kept, of: sibling, at: place) } == plain)
  }

  @Test(arguments: Engine.available)
  func `root and school keys change and everybody still signs in`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let office = world.office
    let (owner, place, plain) = (KeyOwner.student(ID(UUID()), world.school.id), place, plain)
    let sealed = try await office.database.write {
      try $0.keys(office.vault).seal(plain, for: owner, at: place)
    }
    #expect(try await ChangeSchoolKey(office)(of: world.school.id, by: world.administrator.staff) == 1)
    let root = RootKey.random()
    #expect(try await ChangeRootKey(office)(to: root) == 2)
    let moved = Office(
      database: office.database, vault: Vault(root: root), practice: office.practice, clock: office.clock,
      random: office.random, passwords: Passwords(rounds: 1 << 8))
    _ = try await SignIn(moved)("yedam", password: DoorWorld.password, from: "", on: "")
    #expect(
      try await moved.database.read { try $0.keys(moved.vault).open(sealed, of: owner, at: place) } == plain)
  }
}
