/// Why the vault cannot give or open something: a fault of keys or data, never of what a user typed.
public enum VaultProblem: Error, Hashable, Sendable {
  /// There is no key for this owner yet.
  case missing(KeyOwner)
  /// The key was destroyed on purpose; what it sealed is gone.
  case shredded(KeyOwner)
  /// The key above does not unwrap this one: another root key, or the row was changed.
  case wrongKey(KeyOwner)
  /// Sealed bytes that were changed, cut, moved to another place, or sealed with another key.
  case damaged(Binding)
  /// The file of the root key can be read by others than its owner; its mode must be 0600.
  case exposedKeyFile(mode: Int)
  /// What should be a root key is not 32 bytes, or the passphrase or its header cannot be taken.
  case unreadableRootKey
}
