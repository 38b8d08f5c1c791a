extension RootKey {
  /// The key of one sealed archive, so that no two archives share a key.
  ///
  /// Its `salt` is chosen at random for the archive and written in its clear header.
  public func archiveKey(salt: [UInt8]) -> SealingKey { sealingKey.derived(for: "archive", salt: salt) }
}
