public import CaseWork
internal import Foundation
internal import Practice
public import Repositories
internal import Store
public import Vault

extension Office {
  /// A session not seen since then has ended by itself.
  func idleSince(_ instant: Date) -> Date {
    instant.addingTimeInterval(-Double(practice.policy.signIn.idleMinutes) * 60)
  }

  /// Whether a session begun then has lasted as long as one may, however lately it was used.
  func isOver(since begunAt: Date, at instant: Date) -> Bool {
    instant.timeIntervalSince(begunAt) >= Double(practice.policy.signIn.sessionHours) * 3600
  }
}

/// Finds who a session's token belongs to, on every request.
public struct FindSession: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Returns: `nil` where there is no such session, it has ended, lain idle too long or lasted too long, or the person has left.
  public func callAsFunction(_ token: SessionToken) async throws -> SignedIn? {
    let office = office
    let instant = office.clock()
    let found = try await office.database.read { session -> (seenAt: Date, signedIn: SignedIn)? in
      guard
        let holder = try session.signInSessions.holder(
          tokenHash: token.hash, seenAfter: office.idleSince(instant), on: Day(inKoreaAt: instant)),
        !office.isOver(since: holder.begunAt, at: instant)
      else { return nil }
      let staff = try session.staffMembers(office.vault).open(holder)
      return (
        holder.seenAt,
        SignedIn(
          staff: staff, session: holder.session, begunAt: holder.begunAt,
          mustChangePassword: holder.mustChange,
          awaitsCode: holder.awaitsCode)
      )
    }
    guard let found else { return nil }
    // Once a minute is enough to keep a session awake, and spares a write with every page.
    let earlier = instant.addingTimeInterval(-60)
    if found.seenAt <= earlier {
      try await office.database.write { session in
        try session.signInSessions.touch(found.signedIn.session, at: instant, ifBefore: earlier)
      }
    }
    return found.signedIn
  }
}

/// The sessions of one person that go on: where and since when they are signed in.
public struct ListSessions: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(of staff: Staff) async throws -> [SignInSession] {
    let (office, instant) = (office, office.clock())
    return try await office.database.read { session in
      try session.signInSessions.of(staff.id, seenAfter: office.idleSince(instant))
        .filter { !office.isOver(since: $0.begunAt, at: instant) }
    }
  }
}

/// Ends a session of one's own on another device, against one's password.
///
/// Whoever has got hold of an open session cannot end those of its owner; one's own is ended by leaving, without.
public struct EndSessionElsewhere: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.invalid` with `wrong-password`; `.notFound` where one has no such session.
  public func callAsFunction(_ id: ID<SignInSession>, password: String, by staff: Staff) async throws {
    try await office.askOnceMore(for: password, of: staff.id)
    try await EndSession(office)(id, by: staff)
  }
}

/// Ends a session of one's own.
public struct EndSession: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<SignInSession>, by staff: Staff) async throws {
    let office = office
    try await office.database.write { session in
      let instant = office.clock()
      guard try session.signInSessions.end(id, of: staff.id, at: instant) else { throw Refusal.notFound }
      try office.noteSignIn("sign-out", of: staff.id, at: instant, in: session)
    }
  }
}
