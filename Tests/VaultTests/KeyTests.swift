import CaseWork
import Foundation
import Synchronization
import Testing

@testable import Vault

@Suite struct `Keys` {
  let school = ID<School>(UUID())
  let student = ID<Student>(UUID())
  let store = WrappedKeys()
  let place = Binding(table: "case_record", record: "r1", version: 1)
  let plain = Array("기록".utf8)
  var owner: KeyOwner { .student(student, school) }

  @Test func `a shredded key opens nothing, though its siblings and the backup are there`() throws {
    let root = RootKey.random()
    let vault = Vault(root: root)
    let sealed = try store.key(owner, in: vault).seal(plain, at: place)
    let report = try store.key(.compartment(student, school), in: vault).seal(plain, at: place)
    let sibling = KeyOwner.student(ID(UUID()), school)
    let kept = try store.key(sibling, in: vault).seal(plain, at: place)

    store.shredded = [owner]
    vault.forget(owner)
    #expect(throws: VaultProblem.shredded(owner)) {
      try vault.key(for: owner, wrapped: store.wrapped).open(sealed, at: place)
    }
    #expect(throws: VaultProblem.shredded(owner)) {
      try vault.key(for: .compartment(student, school), wrapped: store.wrapped).open(report, at: place)
    }
    #expect(try vault.key(for: sibling, wrapped: store.wrapped).open(kept, at: place) == plain)
    #expect(throws: VaultProblem.shredded(owner)) {
      try Vault(root: root).key(for: owner, wrapped: store.wrapped)
    }
  }

  @Test func `a missing key is told apart from a shredded one`() throws {
    #expect(throws: VaultProblem.missing(owner)) {
      try Vault(root: .random()).key(for: owner, wrapped: store.wrapped)
    }
  }

  @Test func `after the root is changed, old records open with the new root only`() throws {
    let old = Vault(root: .random())
    let sealed = try store.key(owner, in: old).seal(plain, at: place)
    let next = RootKey.random()
    store.keys[.school(school)] = try old.rewrap(
      try #require(store.keys[.school(school)]), of: .school(school), under: next)
    #expect(try Vault(root: next).key(for: owner, wrapped: store.wrapped).open(sealed, at: place) == plain)
    old.forgetAll()
    #expect(throws: VaultProblem.wrongKey(.school(school))) {
      try old.key(for: owner, wrapped: store.wrapped)
    }
  }

  @Test
  func
    `after a school's key is changed, its students' records still open and the old school key is of no use`()
    throws
  {
    let root = RootKey.random()
    let vault = Vault(root: root)
    let sealed = try store.key(owner, in: vault).seal(plain, at: place)
    let token = try store.key(.school(school), in: vault).token("민수", purpose: "name")
    let before = try #require(store.keys[.school(school)])
    let (own, children) = try vault.rotate(
      .school(school), wrapped: before, children: [owner: try #require(store.keys[owner])])
    store.keys[.school(school)] = own
    store.keys.merge(children) { _, new in new }
    #expect(
      try Vault(root: root).key(for: .school(school), wrapped: store.wrapped).token("민수", purpose: "name")
        == token)
    #expect(try Vault(root: root).key(for: owner, wrapped: store.wrapped).open(sealed, at: place) == plain)
    store.keys[.school(school)] = before
    #expect(throws: VaultProblem.wrongKey(owner)) {
      try Vault(root: root).key(for: owner, wrapped: store.wrapped)
    }
  }

  @Test func `a remembered key is not read again until it is forgotten`() throws {
    let vault = Vault(root: .random())
    _ = try store.key(owner, in: vault)
    store.reads = 0
    _ = try vault.key(for: owner, wrapped: store.wrapped)
    #expect(store.reads == 0)
    vault.forget(.school(school))
    #expect(vault.remembered == 0)
    _ = try vault.key(for: owner, wrapped: store.wrapped)
    #expect(store.reads == 2)
  }

  @Test func `no more keys are remembered than allowed`() throws {
    let vault = Vault(root: .random(), cachedKeys: 16)
    for _ in 0..<100 { _ = try store.key(.student(ID(UUID()), school), in: vault) }
    #expect(vault.remembered <= 16)
  }

  @Test func `a key is forgotten after its time`() throws {
    let instant = Mutex(ContinuousClock.now)
    let vault = Vault(root: .random(), lifetime: .seconds(60)) { instant.withLock { $0 } }
    _ = try store.key(owner, in: vault)
    store.shredded = [owner]
    _ = try vault.key(for: owner, wrapped: store.wrapped)
    instant.withLock { $0 += .seconds(61) }
    #expect(throws: VaultProblem.shredded(owner)) { try vault.key(for: owner, wrapped: store.wrapped) }
  }

  @Test func `sealing takes the key that is stored, not the one remembered`() throws {
    let vault = Vault(root: .random())
    let rolledBack = try store.key(owner, in: vault)
    store.keys[owner] = nil
    #expect(throws: VaultProblem.missing(owner)) { try vault.storedKey(for: owner, wrapped: store.wrapped) }
    store.keys[owner] = try vault.makeKey(
      for: owner, under: vault.storedKey(for: .school(school), wrapped: store.wrapped))
    let sealed = try vault.storedKey(for: owner, wrapped: store.wrapped).seal(plain, at: place)
    #expect(throws: VaultProblem.damaged(place)) { try rolledBack.open(sealed, at: place) }
  }
}
