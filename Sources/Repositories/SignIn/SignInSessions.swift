public import CaseWork
public import Foundation
public import Store

extension Session {
  public var signInSessions: SignInSessions { SignInSessions(session: self) }
}

/// One time somebody is signed in, on one device.
public struct SignInSession: Hashable, Sendable {
  public let id: ID<SignInSession>
  public let staff: ID<Staff>
  public let begunAt: Date
  public let seenAt: Date
  /// The password was right, the second step is still to come.
  public let awaitsCode: Bool
  public let address: String
  public let device: String

  public init(
    id: ID<SignInSession>, staff: ID<Staff>, begunAt: Date, seenAt: Date, awaitsCode: Bool, address: String,
    device: String
  ) {
    self.id = id
    self.staff = staff
    self.begunAt = begunAt
    self.seenAt = seenAt
    self.awaitsCode = awaitsCode
    self.address = address
    self.device = device
  }
}

/// Sessions by the hash of their token; none is deleted here, only ended.
public struct SignInSessions {
  let session: any Session

  public func begin(_ new: SignInSession, tokenHash: String) throws {
    try session.execute(
      """
      INSERT INTO sign_in_session (token_hash, id, staff_id, begun_at, seen_at, ended_at, awaits_code, address, device)
      VALUES (
        \(tokenHash), \(new.id), \(new.staff), \(new.begunAt), \(new.seenAt), NULL, \(new.awaitsCode), \(new.address),
        \(new.device)
      )
      """
    )
  }

  /// The session of this token that has not ended and was seen after `idleSince`.
  public func find(tokenHash: String, seenAfter idleSince: Date) throws -> SignInSession? {
    try list("token_hash = \(tokenHash) AND seen_at > \(idleSince)").first
  }

  /// The session of this token that has not ended and was seen after `idleSince`, with whose it is, where they have not
  /// left, and what they are on `day`: all that a request needs to know, in one statement.
  public func holder(tokenHash: String, seenAfter idleSince: Date, on day: Day) throws -> Holder? {
    var holder: Holder?
    try session.forEach(
      """
      SELECT o.id, o.begun_at, o.seen_at, o.awaits_code, s.id, s.sealed, s.version, c.must_change,
        r.school_id, r.role, r.from_day, r.until_day
      FROM sign_in_session o
      JOIN staff s ON s.id = o.staff_id
      JOIN credential c ON c.staff_id = o.staff_id
      LEFT JOIN staff_role r
        ON r.staff_id = o.staff_id AND r.from_day <= \(day) AND (r.until_day IS NULL OR r.until_day >= \(day))
      WHERE o.token_hash = \(tokenHash) AND o.ended_at IS NULL AND o.seen_at > \(idleSince) AND s.left_at IS NULL
      ORDER BY r.id
      """
    ) { row in
      if holder == nil {
        holder = Holder(
          session: try row.get(0), begunAt: try row.get(1), seenAt: try row.get(2),
          awaitsCode: try row.get(3),
          staff: try row.get(4), sealed: try row.get(5), version: try row.get(6), mustChange: try row.get(7))
      }
      // Somebody may have no role on that day.
      guard let school: ID<School> = try row.optional(8) else { return }
      holder?.assignments.append(
        Assignment(
          school: school, role: try row.get(9), from: try row.get(10), until: try row.optional(11)))
    }
    return holder
  }

  /// Whose a session is, before the name is opened.
  public struct Holder {
    public let session: ID<SignInSession>
    public let begunAt: Date
    public let seenAt: Date
    public let awaitsCode: Bool
    public let staff: ID<Staff>
    let sealed: [UInt8]
    let version: Int
    public let mustChange: Bool
    fileprivate(set) var assignments: [Assignment] = []
  }

  /// Those of one person that go on, the one seen last first.
  public func of(_ staff: ID<Staff>, seenAfter idleSince: Date) throws -> [SignInSession] {
    try list("staff_id = \(staff) AND seen_at > \(idleSince)")
  }

  /// Notes that the session is in use, unless that was noted since `earlier`.
  public func touch(_ id: ID<SignInSession>, at instant: Date, ifBefore earlier: Date) throws {
    try session.execute(
      """
      UPDATE sign_in_session
      SET seen_at = \(instant)
      WHERE id = \(id) AND ended_at IS NULL AND seen_at <= \(earlier)
      """
    )
  }

  /// The second step is done: the session goes on under a new token.
  public func confirm(_ id: ID<SignInSession>, tokenHash: String, at instant: Date) throws {
    try session.execute(
      """
      UPDATE sign_in_session
      SET token_hash = \(tokenHash), awaits_code = 0, seen_at = \(instant)
      WHERE id = \(id) AND ended_at IS NULL
      """
    )
  }

  /// Ends one session of this person; says whether there was one to end.
  @discardableResult
  public func end(_ id: ID<SignInSession>, of staff: ID<Staff>, at instant: Date) throws -> Bool {
    try session.execute(
      """
      UPDATE sign_in_session
      SET ended_at = \(instant)
      WHERE id = \(id) AND staff_id = \(staff) AND ended_at IS NULL
      """
    ) == 1
  }

  public func endAll(of staff: ID<Staff>, at instant: Date) throws {
    try session.execute(
      "UPDATE sign_in_session SET ended_at = \(instant) WHERE staff_id = \(staff) AND ended_at IS NULL")
  }

  private func list(_ condition: SQL) throws -> [SignInSession] {
    try session.rows(
      """
      SELECT id, staff_id, begun_at, seen_at, awaits_code, address, device
      FROM sign_in_session
      WHERE ended_at IS NULL AND \(condition)
      ORDER BY seen_at DESC, id DESC
      """
    ) { row in
      SignInSession(
        id: try row.get(0), staff: try row.get(1), begunAt: try row.get(2), seenAt: try row.get(3),
        awaitsCode: try row.get(4), address: try row.get(5), device: try row.get(6))
    }
  }
}
