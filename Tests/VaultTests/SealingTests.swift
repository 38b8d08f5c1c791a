import CaseWork
import Foundation
import Testing

@testable import Vault

@Suite struct `Sealing` {
  let school = ID<School>(UUID())
  let student = ID<Student>(UUID())
  let store = WrappedKeys()
  let place = Binding(table: "case_record", record: "r1", version: 1)
  let plain = Array("학생이 한 말".utf8)

  @Test func `what was sealed opens at its place`() throws {
    let key = try store.key(.student(student, school), in: Vault(root: .random()))
    let sealed = try key.seal(plain, at: place)
    #expect(try key.open(sealed, at: place) == plain)
    #expect(sealed.count == plain.count + 29)
    #expect(sealed[0] == 1)
    #expect(try key.seal(plain, at: place) != sealed)
  }

  @Test func `nothing and a megabyte are sealed as well`() throws {
    let key = try store.key(.office, in: Vault(root: .random()))
    for plain in [[], [UInt8](repeating: 7, count: 1 << 20)] {
      #expect(try key.open(key.seal(plain, at: place), at: place) == plain)
    }
  }

  @Test(arguments: [
    Binding(table: "case_record", record: "r2", version: 1),
    Binding(table: "case_record", record: "r1", version: 2),
    Binding(table: "case_recor", record: "dr1", version: 1),
    Binding(table: "referral", record: "r1", version: 1),
  ])
  func `at another place it does not open`(_ other: Binding) throws {
    let key = try store.key(.student(student, school), in: Vault(root: .random()))
    let sealed = try key.seal(plain, at: place)
    #expect(throws: VaultProblem.damaged(other)) { try key.open(sealed, at: other) }
  }

  @Test func `with the key of another student it does not open`() throws {
    let vault = Vault(root: .random())
    let sealed = try store.key(.student(student, school), in: vault).seal(plain, at: place)
    let other = try store.key(.student(ID(UUID()), school), in: vault)
    #expect(throws: VaultProblem.damaged(place)) { try other.open(sealed, at: place) }
    let compartment = try store.key(.compartment(student, school), in: vault)
    #expect(throws: VaultProblem.damaged(place)) { try compartment.open(sealed, at: place) }
  }

  @Test func `no byte can be changed and no end cut`() throws {
    let key = try store.key(.office, in: Vault(root: .random()))
    let sealed = try key.seal(plain, at: place)
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: VaultProblem.damaged(place)) { try key.open(changed, at: place) }
    }
    for length in 0..<sealed.count {
      #expect(throws: VaultProblem.damaged(place)) { try key.open(Array(sealed.prefix(length)), at: place) }
    }
  }

  @Test func `another root key opens nothing`() throws {
    _ = try store.key(.student(student, school), in: Vault(root: .random()))
    let stranger = Vault(root: .random())
    #expect(throws: VaultProblem.wrongKey(.school(school))) {
      try stranger.key(for: .student(student, school), wrapped: store.wrapped)
    }
  }

  @Test func `the wrapped key of one student is not taken for another's`() throws {
    let vault = Vault(root: .random())
    let other = KeyOwner.student(ID(UUID()), school)
    _ = try store.key(.student(student, school), in: vault)
    _ = try store.key(other, in: vault)
    store.keys[other] = store.keys[.student(student, school)]
    #expect(throws: VaultProblem.wrongKey(other)) { try vault.storedKey(for: other, wrapped: store.wrapped) }
  }

  @Test func `tokens are the same for the same text, key and purpose only`() throws {
    let vault = Vault(root: .random())
    let key = try store.key(.school(school), in: vault)
    let other = try store.key(.school(ID(UUID())), in: vault)
    let token = key.token("민수", purpose: "name")
    #expect(token == key.token("민수", purpose: "name"))
    #expect(token.count == 32)
    #expect(key.tokens(["민수", "수민"], purpose: "name").first == token)
    #expect(token != key.token("민수", purpose: "number"))
    #expect(token != key.token("민서", purpose: "name"))
    #expect(token != other.token("민수", purpose: "name"))
  }
}

/// The table of wrapped keys, in memory.
final class WrappedKeys {
  var keys: [KeyOwner: [UInt8]] = [:]
  var shredded: Set<KeyOwner> = []
  var reads = 0

  func wrapped(_ owner: KeyOwner) throws -> [UInt8]? {
    reads += 1
    if shredded.contains(owner) { throw VaultProblem.shredded(owner) }
    return keys[owner]
  }

  func key(_ owner: KeyOwner, in vault: Vault) throws -> SealingKey {
    if keys[owner] == nil {
      keys[owner] = try vault.makeKey(for: owner, under: owner.parent.map { try key($0, in: vault) })
    }
    return try vault.key(for: owner, wrapped: wrapped)
  }
}
