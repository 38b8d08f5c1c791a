internal import Synchronization

/// Holds the root key, unwraps the others, and remembers some of them for a while.
public final class Vault: Sendable {
  private let root: SealingKey
  private let cache: Mutex<KeyCache>
  private let now: @Sendable () -> ContinuousClock.Instant

  /// - Parameters:
  ///   - root: the key above all.
  ///   - cachedKeys: how many unwrapped keys are remembered at most.
  ///   - lifetime: how long one is remembered, so that a key destroyed by another program is forgotten here too.
  ///   - now: what counts the lifetime.
  public init(
    root: RootKey, cachedKeys: Int = 16_384, lifetime: Duration = .seconds(60),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.root = root.sealingKey
    self.now = now
    cache = Mutex(KeyCache(capacity: cachedKeys, lifetime: lifetime))
  }

  /// The key of `owner`: remembered, or unwrapped by walking up its parents.
  ///
  /// - Parameters:
  ///   - owner: whose key.
  ///   - wrapped: the stored bytes of an owner's key, `nil` where there are none; throws `VaultProblem.shredded`.
  /// - Returns: the key, for this transaction only.
  /// - Throws: `VaultProblem.missing`, `.shredded`, `.wrongKey`.
  public func key(for owner: KeyOwner, wrapped: (KeyOwner) throws -> [UInt8]?) throws -> SealingKey {
    let instant = now()
    if let key = cache.withLock({ $0.key(of: owner, at: instant) }) { return key }
    return try storedKey(for: owner, wrapped: wrapped)
  }

  /// The key of `owner` as it is stored now, whatever is remembered: for sealing, so that nothing is ever sealed with a
  /// key whose transaction was rolled back.
  public func storedKey(for owner: KeyOwner, wrapped: (KeyOwner) throws -> [UInt8]?) throws -> SealingKey {
    guard let stored = try wrapped(owner) else { throw VaultProblem.missing(owner) }
    let instant = now()
    if let key = cache.withLock({ $0.key(of: owner, wrapped: stored, at: instant) }) { return key }
    let parent = try owner.parent.map { try storedKey(for: $0, wrapped: wrapped) } ?? root
    let key = try parent.unwrap(stored, of: owner)
    cache.withLock { $0.remember(key, of: owner, wrapped: stored, at: instant) }
    return key
  }

  /// A new key for `owner`, wrapped by its parent's key (the root's where there is none), and not remembered: the
  /// transaction that stores it may yet be rolled back.
  public func makeKey(for owner: KeyOwner, under parent: SealingKey?) throws -> [UInt8] {
    try above(owner, parent).wrap(.random(for: owner), of: owner)
  }

  /// Unwraps without remembering.
  public func unwrap(_ wrapped: [UInt8], of owner: KeyOwner, with parent: SealingKey?) throws -> SealingKey {
    try above(owner, parent).unwrap(wrapped, of: owner)
  }

  /// Unwraps what is stored for `owner` and remembers it, as `storedKey` does, where the parent's key is at hand.
  public func storedKey(
    for owner: KeyOwner, wrapped: [UInt8], with parent: SealingKey
  ) throws -> SealingKey {
    let instant = now()
    if let key = cache.withLock({ $0.key(of: owner, wrapped: wrapped, at: instant) }) { return key }
    let key = try parent.unwrap(wrapped, of: owner)
    cache.withLock { $0.remember(key, of: owner, wrapped: wrapped, at: instant) }
    return key
  }

  /// The same key wrapped by another root key: for `office` and `school` when the root is changed.
  public func rewrap(_ wrapped: [UInt8], of owner: KeyOwner, under other: RootKey) throws -> [UInt8] {
    precondition(owner.parent == nil, "only keys directly under the root are wrapped by it")
    return try other.sealingKey.wrap(try root.unwrap(wrapped, of: owner), of: owner)
  }

  /// The keys of a school's students under a new wrapping key of the school; what the school's own key sealed still
  /// opens, and its tokens still find.
  ///
  /// - Parameters:
  ///   - school: an owner directly under the root.
  ///   - wrapped: its stored bytes.
  ///   - children: the stored bytes of the keys it wraps.
  /// - Returns: what is to be stored in their place.
  /// - Throws: `VaultProblem.wrongKey`.
  public func rotate(
    _ school: KeyOwner, wrapped: [UInt8], children: [KeyOwner: [UInt8]]
  ) throws -> (own: [UInt8], children: [KeyOwner: [UInt8]]) {
    precondition(school.parent == nil, "only a key directly under the root is rotated here")
    let old = try root.unwrap(wrapped, of: school)
    let new = old.withNewWrapping()
    var rewrapped: [KeyOwner: [UInt8]] = [:]
    for (child, bytes) in children {
      rewrapped[child] = try new.wrap(try old.unwrap(bytes, of: child), of: child)
    }
    return (try root.wrap(new, of: school), rewrapped)
  }

  /// Forgets one owner's key, and those below it.
  public func forget(_ owner: KeyOwner) {
    cache.withLock { $0.forget(owner) }
  }

  public func forgetAll() {
    cache.withLock { $0.forgetAll() }
  }

  /// How many keys are remembered now.
  public var remembered: Int { cache.withLock { $0.count } }

  private func above(_ owner: KeyOwner, _ parent: SealingKey?) throws -> SealingKey {
    guard let parentOwner = owner.parent else { return root }
    guard let parent else { throw VaultProblem.missing(parentOwner) }
    return parent
  }
}
