public import CaseWork
public import Foundation
public import Store
public import Vault

extension Session {
  /// The sealing keys as they are stored here.
  public func keys(_ vault: Vault) -> Sealer { Sealer(vault: vault, session: self) }
}

/// Seals and opens for an owner inside one transaction; sealing makes the key that is not there yet, so it needs a write.
public struct Sealer {
  private let vault: Vault
  private let session: any Session
  /// Keys read or made in this transaction; forgotten with it.
  private let own = OwnKeys()

  init(vault: Vault, session: any Session) {
    self.vault = vault
    self.session = session
  }

  /// Seals `plain` for one place: in a write only.
  public func seal(_ plain: [UInt8], for owner: KeyOwner, at place: Binding) throws -> [UInt8] {
    try sealingKey(for: owner).seal(plain, at: place)
  }

  public func open(_ sealed: [UInt8], of owner: KeyOwner, at place: Binding) throws -> [UInt8] {
    if let key = own.keys[owner] { return try key.open(sealed, at: place) }
    switch owner {
    // Another program may have destroyed it: whatever the vault remembers, it must be stored still.
    case .student, .compartment: return try storedKey(for: owner).open(sealed, at: place)
    case .office, .school: break
    }
    do {
      return try vault.key(for: owner, wrapped: wrapped).open(sealed, at: place)
    } catch is VaultProblem {
      // What is remembered may be older than what is stored.
      return try storedKey(for: owner).open(sealed, at: place)
    }
  }

  /// The token of `text` under the key of `owner`, which is made if need be: in a write only.
  public func makeToken(_ text: String, purpose: String, of owner: KeyOwner) throws -> String {
    try sealingKey(for: owner).token(text, purpose: purpose)
  }

  /// The tokens of many texts, in their order: in a write only.
  public func makeTokens(_ texts: [String], purpose: String, of owner: KeyOwner) throws -> [String] {
    try sealingKey(for: owner).tokens(texts, purpose: purpose)
  }

  /// The token of `text`, to find by; throws `VaultProblem.missing` where there is no key, so nothing to be found.
  public func token(_ text: String, purpose: String, of owner: KeyOwner) throws -> String {
    try storedKey(for: owner).token(text, purpose: purpose)
  }

  /// The tokens of many texts, to find by.
  public func tokens(_ texts: [String], purpose: String, of owner: KeyOwner) throws -> [String] {
    try storedKey(for: owner).tokens(texts, purpose: purpose)
  }

  /// The key as it is stored; never made here.
  public func storedKey(for owner: KeyOwner) throws -> SealingKey {
    if let key = own.keys[owner] { return key }
    if let key = try expectedKey(for: owner) { return key }
    let key = try vault.storedKey(for: owner, wrapped: wrapped)
    own.keys[owner] = key
    return key
  }

  /// Says of whom something may be opened in this transaction: the first key that is asked for brings the others.
  func expect(_ students: [(student: ID<Student>, school: ID<School>)]) {
    for (student, school) in students { own.expected[school, default: []].insert(student) }
  }

  private func expectedKey(for owner: KeyOwner) throws -> SealingKey? {
    guard case .student(let student, let school) = owner, own.expected[school]?.contains(student) ?? false,
      let students = own.expected.removeValue(forKey: school)
    else { return nil }
    try gather(students, of: school)
    return own.keys[owner]
  }

  /// Reads the keys of many students of one school in one statement, before a list opens their names. What the vault
  /// remembers is not unwrapped again where it is stored still.
  ///
  /// Students without a key, or with a shredded one, are left out: opening will say so.
  public func gather(_ students: some Collection<ID<Student>>, of school: ID<School>) throws {
    let wanted = Set(students).filter { own.keys[.student($0, school)] == nil }
    guard !wanted.isEmpty, let parent = try parent(of: school) else { return }
    try session.forEach(
      """
      SELECT owner_id, wrapped
      FROM sealing_key
      WHERE school_id = \(school) AND owner_kind = 'student' AND owner_id IN \(SQL.list(wanted.sorted()))
        AND wrapped IS NOT NULL
      """
    ) {
      let owner = KeyOwner.student(try $0.get(0), school)
      own.keys[owner] = try vault.storedKey(for: owner, wrapped: $0.get(1), with: parent)
    }
  }

  /// Reads the key of a school, where it has one, before the keys of its students come with other rows (`take`).
  func prepare(for school: ID<School>) throws { _ = try parent(of: school) }

  /// The key above those of the school's students; `nil` where nothing of the school is sealed yet.
  private func parent(of school: ID<School>) throws -> SealingKey? {
    do {
      return try storedKey(for: .school(school))
    } catch VaultProblem.missing(let owner) where owner == .school(school) {
      return nil
    }
  }

  /// Takes in the key of a student as it came with another row of this transaction.
  func take(_ wrapped: [UInt8]?, of student: ID<Student>, in school: ID<School>) throws {
    let owner = KeyOwner.student(student, school)
    guard let wrapped, own.keys[owner] == nil else { return }
    own.keys[owner] = try vault.storedKey(
      for: owner, wrapped: wrapped, with: storedKey(for: .school(school)))
  }

  /// Destroys the keys of one student, so that nothing sealed with them opens ever again, here or in any backup of the
  /// records.
  ///
  /// Search tokens and whatever lies in the clear are the caller's to delete.
  ///
  /// Call `vault.forget(.student(…))` once the transaction is durable.
  public func shred(_ student: ID<Student>, in school: ID<School>, at instant: Date) throws {
    for owner in [KeyOwner.student(student, school), .compartment(student, school)] {
      try session.execute(
        """
        INSERT INTO sealing_key (owner_kind, owner_id, school_id, wrapped, shredded_at)
        VALUES (\(owner.kind), \(owner.id), \(owner.school), NULL, \(instant))
        ON CONFLICT (school_id, owner_kind, owner_id) DO UPDATE
        SET wrapped = NULL, shredded_at = excluded.shredded_at
        WHERE sealing_key.shredded_at IS NULL
        """
      )
      own.keys[owner] = nil
      vault.forget(owner)
    }
  }

  /// Makes the keys of many new students of a school in a few statements, before something of them is sealed: in a write
  /// only.
  public func makeKeys(for students: [ID<Student>], of school: ID<School>) throws {
    let parent = try sealingKey(for: .school(school))
    for start in stride(from: 0, to: students.count, by: SQL.rowsAtOnce) {
      let owners = students[start..<min(start + SQL.rowsAtOnce, students.count)].map {
        KeyOwner.student($0, school)
      }
      let wrapped = try owners.map { try vault.makeKey(for: $0, under: parent) }
      let rows = zip(owners, wrapped).map { owner, wrapped -> [Value] in
        [
          owner.kind.sqlValue, owner.id.sqlValue, owner.school.sqlValue, .bytes(wrapped), .null,
        ]
      }
      let made = try session.execute(
        """
        INSERT INTO sealing_key (owner_kind, owner_id, school_id, wrapped, shredded_at)
        VALUES \(SQL.rows(rows))
        ON CONFLICT (school_id, owner_kind, owner_id) DO NOTHING
        """)
      // Where one had a key already, each reads its own when it seals.
      guard made == owners.count else { continue }
      for (owner, wrapped) in zip(owners, wrapped) {
        own.keys[owner] = try vault.unwrap(wrapped, of: owner, with: parent)
      }
    }
  }

  /// The key as it is stored, made if need be: in a write only.
  public func sealingKey(for owner: KeyOwner) throws -> SealingKey {
    do {
      return try storedKey(for: owner)
    } catch VaultProblem.missing(_) {
      try make(owner)
      return try makeKnown(owner)
    }
  }

  /// The key as it is remembered, read only where it is not, made if need be: for one that never changes, in a write only.
  func knownKey(for owner: KeyOwner) throws -> SealingKey {
    if let key = own.keys[owner] { return key }
    do {
      return try vault.key(for: owner, wrapped: wrapped)
    } catch VaultProblem.missing(_) {
      return try sealingKey(for: owner)
    }
  }

  /// Reads the key back without letting the vault remember it: the transaction may yet be rolled back.
  private func makeKnown(_ owner: KeyOwner) throws -> SealingKey {
    let parent = try owner.parent.map { try sealingKey(for: $0) }
    guard let stored = try wrapped(owner) else { throw VaultProblem.missing(owner) }
    let key = try vault.unwrap(stored, of: owner, with: parent)
    own.keys[owner] = key
    return key
  }

  private func make(_ owner: KeyOwner) throws {
    let parent = try owner.parent.map { try sealingKey(for: $0) }
    let new = try vault.makeKey(for: owner, under: parent)
    // Another transaction may make the same key at this moment; then PostgreSQL runs this one again.
    try session.execute(
      """
      INSERT INTO sealing_key (owner_kind, owner_id, school_id, wrapped, shredded_at)
      VALUES (\(owner.kind), \(owner.id), \(owner.school), \(new), NULL)
      ON CONFLICT (school_id, owner_kind, owner_id) DO NOTHING
      """
    )
  }

  private func wrapped(_ owner: KeyOwner) throws -> [UInt8]? {
    let stored = try session.row(
      """
      SELECT wrapped
      FROM sealing_key
      WHERE school_id = \(owner.school) AND owner_kind = \(owner.kind) AND owner_id = \(owner.id)
      """
    ) { try $0.optional(0, as: [UInt8].self) }
    guard let stored else { return nil }
    guard let bytes = stored else { throw VaultProblem.shredded(owner) }
    return bytes
  }
}

extension Sealer {
  /// Seals a value as JSON with sorted keys.
  public func seal(json value: some Encodable, for owner: KeyOwner, at place: Binding) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try seal(Array(encoder.encode(value)), for: owner, at: place)
  }

  public func open<T: Decodable>(
    json type: T.Type, _ sealed: [UInt8], of owner: KeyOwner, at place: Binding
  ) throws -> T {
    try JSONDecoder().decode(type, from: Data(open(sealed, of: owner, at: place)))
  }

  public func seal(text: String, for owner: KeyOwner, at place: Binding) throws -> [UInt8] {
    try seal(Array(text.utf8), for: owner, at: place)
  }

  public func open(text sealed: [UInt8], of owner: KeyOwner, at place: Binding) throws -> String {
    String(decoding: try open(sealed, of: owner, at: place), as: UTF8.self)
  }
}

/// A box, for a `Sealer` is a value and its copies share what the transaction knows.
private final class OwnKeys {
  var keys: [KeyOwner: SealingKey] = [:]
  /// Students of whom something may be opened yet.
  var expected: [ID<School>: Set<ID<Student>>] = [:]
}
