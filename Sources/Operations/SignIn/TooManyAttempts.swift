internal import CaseWork
import Foundation
internal import Practice
internal import Repositories
internal import Store

/// So many sign-ins failed from one network address that it has to wait: an answer, given before any password is looked
/// at, so that guessing many names costs the office nothing. The lock of one account is apart from it.
public struct TooManyAttempts: Error, Hashable, Sendable {
  /// Seconds until the next attempt is taken, at least 1: for `Retry-After`.
  public let retryAfter: Int

  public init(retryAfter: Int) {
    self.retryAfter = retryAfter
  }

  /// For people: minutes, rounded up.
  public var minutes: Int { (retryAfter + 59) / 60 }
}

extension Office {
  /// Refuses an address from which too much has failed within the window.
  func admit(_ address: String, at instant: Date) async throws {
    let policy = practice.policy.signIn
    guard !address.isEmpty else { return }
    let found = try await database.read { try $0.signInAddresses.find(address) }
    guard let found, found.count >= policy.addressFailures else { return }
    let left = found.since.addingTimeInterval(policy.addressWindow).timeIntervalSince(instant)
    guard left > 0 else { return }
    throw TooManyAttempts(retryAfter: max(1, Int(left.rounded(.up))))
  }

  func countFailure(from address: String, at instant: Date, in session: any Session) throws {
    guard !address.isEmpty else { return }
    let earliest = instant.addingTimeInterval(-practice.policy.signIn.addressWindow)
    try session.signInAddresses.count(address, at: instant, notBefore: earliest)
    if try session.signInAddresses.find(address)?.count == practice.policy.signIn.addressFailures {
      try noteSignIn("address-blocked", of: nil, detail: address, at: instant, in: session)
    }
  }
}

extension Policy.SignIn {
  /// In seconds.
  fileprivate var addressWindow: TimeInterval { Double(addressMinutes) * 60 }
}
