/// Unwrapped keys, as many as allowed and no longer than allowed; the one used longest ago goes first.
struct KeyCache {
  private struct Entry {
    let key: SealingKey
    let wrapped: [UInt8]
    let since: ContinuousClock.Instant
    var used: UInt64
  }

  private let capacity: Int
  private let lifetime: Duration
  private var entries: [KeyOwner: Entry] = [:]
  private var uses: UInt64 = 0

  init(capacity: Int, lifetime: Duration) {
    self.capacity = capacity
    self.lifetime = lifetime
  }

  var count: Int { entries.count }

  /// The key of `owner`; where it is known what is stored now as `wrapped`, only the key stored there.
  mutating func key(
    of owner: KeyOwner, wrapped: [UInt8]? = nil, at instant: ContinuousClock.Instant
  ) -> SealingKey? {
    guard let place = entries.index(forKey: owner) else { return nil }
    let entry = entries.values[place]
    guard instant - entry.since < lifetime, wrapped.map({ $0 == entry.wrapped }) ?? true else {
      entries.remove(at: place)
      return nil
    }
    uses += 1
    entries.values[place].used = uses
    return entry.key
  }

  mutating func remember(
    _ key: SealingKey, of owner: KeyOwner, wrapped: [UInt8], at instant: ContinuousClock.Instant
  ) {
    guard capacity > 0 else { return }
    if entries[owner] == nil, entries.count >= capacity { shrink(at: instant) }
    uses += 1
    entries[owner] = Entry(key: key, wrapped: wrapped, since: instant, used: uses)
  }

  mutating func forget(_ owner: KeyOwner) {
    entries = entries.filter { kept, _ in
      var above: KeyOwner? = kept
      while let next = above {
        if next == owner { return false }
        above = next.parent
      }
      return true
    }
  }

  mutating func forgetAll() {
    entries = [:]
  }

  /// Drops what is too old, and of the rest the eighth used longest ago, so that not every new key searches for one.
  private mutating func shrink(at instant: ContinuousClock.Instant) {
    entries = entries.filter { instant - $0.value.since < lifetime }
    guard entries.count >= capacity else { return }
    for (owner, _) in entries.sorted(by: { $0.value.used < $1.value.used }).prefix(max(1, capacity / 8)) {
      entries[owner] = nil
    }
  }
}
