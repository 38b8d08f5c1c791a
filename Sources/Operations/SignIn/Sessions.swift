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
}

extension SignInSession {
  /// Whether it has lasted as long as a session may, however lately it was used.
  func isOver(at instant: Date, in office: Office) -> Bool {
    instant.timeIntervalSince(begunAt) >= Double(office.practice.policy.signIn.sessionHours) * 3600
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
    let found = try await office.database.read { session -> (open: SignInSession, signedIn: SignedIn)? in
      guard
        let open = try session.signInSessions.find(
          tokenHash: token.hash, seenAfter: office.idleSince(instant)),
        !open.isOver(at: instant, in: office),
        let staff = try session.staffMembers(office.vault).find(open.staff, on: Day(inKoreaAt: instant)),
        let credential = try session.credentials(office.vault).find(open.staff)
      else { return nil }
      return (
        open,
        SignedIn(
          staff: staff, session: open.id, begunAt: open.begunAt, mustChangePassword: credential.mustChange,
          awaitsCode: open.awaitsCode)
      )
    }
    guard let found else { return nil }
    // Once a minute is enough to keep a session awake, and spares a write with every page.
    let earlier = instant.addingTimeInterval(-60)
    if found.open.seenAt <= earlier {
      try await office.database.write { session in
        try session.signInSessions.touch(found.open.id, at: instant, ifBefore: earlier)
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
        .filter { !$0.isOver(at: instant, in: office) }
    }
  }
}

/// Ends a session: one's own, here or on another device.
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
