internal import CaseWork
internal import Vault

/// Hashes and verifies passwords one at a time: each takes 32 MiB and a core, and a crowd at the door must not take the
/// whole machine. An actor because it guards that.
actor PasswordDesk {
  private let passwords: Passwords

  init(_ passwords: Passwords) {
    self.passwords = passwords
  }

  func hash(_ password: String) throws -> String { try passwords.hash(password) }

  /// Verifies against the stored hash; without one it does the same work and says no.
  func verify(_ password: String, against stored: String?) throws -> Bool {
    guard let stored else {
      try passwords.pretend(password)
      return false
    }
    return try passwords.verify(password, against: stored)
  }

  /// The hash at today's cost, where the stored one has another.
  func rehash(_ password: String, insteadOf stored: String) throws -> String? {
    passwords.needsRehash(stored) ? try passwords.hash(password) : nil
  }
}

extension Policy.SignIn {
  /// What is wrong with a new password; nothing about kinds of characters, for length is what counts.
  func problems(with password: String, field: String = "password", signInName: String) -> [Problem] {
    guard password.count >= minimumPasswordLength else {
      return [Problem(field, "too-short", String(minimumPasswordLength))]
    }
    guard password.utf8.count <= 1024 else { return [Problem(field, "too-long", "1024")] }
    guard Set(password).count > 3, !password.lowercased().contains(signInName.lowercased()) else {
      return [Problem(field, "too-simple")]
    }
    return []
  }
}
