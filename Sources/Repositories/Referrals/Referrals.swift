public import CaseWork
public import Foundation
public import Store

/// A referral as it lies in the store: what it says is still sealed.
public struct StoredReferral: Sendable {
  /// With empty answers.
  public let header: Referral
  public let sealed: [UInt8]
}

/// A reply as it lies in the store.
public struct StoredReply: Sendable {
  public let id: ID<Referral.Reply>
  public let referral: ID<Referral>
  public let kind: Referral.Reply.Kind
  public let by: ID<Staff>
  public let at: Date
  public let sealed: [UInt8]
}

/// The referrals one person may see: those they sent, and, as case manager or head of a school, those of the school.
public struct Referrals {
  let session: any Session
  let staff: Staff

  public func find(_ id: ID<Referral>) throws -> StoredReferral {
    let referral = try session.row(
      """
      SELECT \(StoredReferral.columns)
      FROM referral f
      WHERE \(SQL.kept("f.school_id", "f.student_id")) AND f.school_id IN \(SQL.list(staff.schools)) AND f.id = \(id)
        AND (f.by_id = \(staff.id) AND f.agency_id IS NULL OR f.school_id IN \(SQL.list(received)))
      """,
      StoredReferral.init(row:)
    )
    guard let referral else { throw Refusal.notFound }
    return referral
  }

  /// What this person sent, newest first.
  public func sent(atMost limit: Int) throws -> [StoredReferral] {
    try session.rows(
      """
      SELECT \(StoredReferral.columns)
      FROM referral f
      WHERE \(SQL.kept("f.school_id", "f.student_id")) AND f.by_id = \(staff.id) AND f.agency_id IS NULL
        AND f.school_id IN \(SQL.list(staff.schools))
      ORDER BY f.at DESC
      LIMIT \(limit)
      """,
      StoredReferral.init(row:)
    )
  }

  /// What waits to be received in the schools of this case manager, the urgent ones first.
  public func waiting(atMost limit: Int) throws -> [StoredReferral] {
    try session.rows(
      """
      SELECT \(StoredReferral.columns)
      FROM referral f
      WHERE \(SQL.kept("f.school_id", "f.student_id")) AND f.school_id IN \(SQL.list(received)) AND f.status = 'sent'
      ORDER BY f.is_urgent DESC, f.at
      LIMIT \(limit)
      """,
      StoredReferral.init(row:)
    )
  }

  /// What was received already, newest first.
  public func received(atMost limit: Int) throws -> [StoredReferral] {
    try session.rows(
      """
      SELECT \(StoredReferral.columns)
      FROM referral f
      WHERE \(SQL.kept("f.school_id", "f.student_id")) AND f.school_id IN \(SQL.list(received)) AND f.status <> 'sent'
      ORDER BY f.at DESC
      LIMIT \(limit)
      """,
      StoredReferral.init(row:)
    )
  }

  public func insert(_ referral: Referral, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO referral (
        school_id, id, student_id, by_id, route, at, is_urgent, red_flags, needs, family_knows, status, case_id,
        handler_id, agency_id, is_joint, sealed, version)
      VALUES (
        \(referral.school), \(referral.id), \(referral.student), \(referral.by), \(referral.route), \(referral.at),
        \(referral.isUrgent), \(text(referral.redFlags)), \(text(referral.needs)), \(referral.familyKnows),
        \(referral.status), \(referral.caseFile), \(referral.handler), \(referral.agency),
        \(referral.isJoint), \(sealed), \(referral.version))
      """
    )
  }

  public func update(_ referral: Referral) throws {
    let changed = try session.execute(
      """
      UPDATE referral
      SET status = \(referral.status), case_id = \(referral.caseFile), handler_id = \(referral.handler),
        version = \(referral.version + 1)
      WHERE school_id = \(referral.school) AND id = \(referral.id) AND version = \(referral.version)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  public func addReply(
    _ id: ID<Referral.Reply>, to referral: Referral, kind: Referral.Reply.Kind, at instant: Date,
    sealed: [UInt8]
  ) throws {
    try session.execute(
      """
      INSERT INTO referral_reply (school_id, referral_id, id, kind, by_id, at, sealed)
      VALUES (
        \(referral.school), \(referral.id), \(id), \(kind), \(staff.id), \(instant), \(sealed))
      """
    )
  }

  /// The replies to some referrals, oldest first, in one statement.
  public func replies(to referrals: [Referral]) throws -> [StoredReply] {
    try session.rows(
      """
      SELECT id, referral_id, kind, by_id, at, sealed
      FROM referral_reply
      WHERE school_id IN \(SQL.list(Set(referrals.map(\.school)).sorted()))
        AND referral_id IN \(SQL.list(referrals.map(\.id)))
      ORDER BY referral_id, id
      """
    ) {
      StoredReply(
        id: try $0.get(0), referral: try $0.get(1), kind: try $0.get(2), by: try $0.get(3), at: try $0.get(4),
        sealed: try $0.get(5))
    }
  }

  private var received: [ID<School>] { staff.schools(as: [.caseManager]) }
}

extension Session {
  public func referrals(seenBy staff: Staff) -> Referrals { Referrals(session: self, staff: staff) }

  /// The referral a case began with; who found the case may read it.
  public func referral(of file: CaseFile) throws -> StoredReferral? {
    guard let referral = file.referral else { return nil }
    return try row(
      """
      SELECT \(StoredReferral.columns)
      FROM referral f
      WHERE \(SQL.kept("f.school_id", "f.student_id")) AND f.school_id = \(file.school) AND f.id = \(referral)
      """,
      StoredReferral.init(row:)
    )
  }
}

extension StoredReferral {
  static let columns: SQL = """
    f.id, f.school_id, f.student_id, f.by_id, f.route, f.at, f.is_urgent, f.red_flags, f.needs, f.family_knows,
    f.status, f.case_id, f.handler_id, f.version, f.sealed, f.agency_id, f.is_joint
    """

  init(row: borrowing Row) throws {
    header = Referral(
      id: try row.get(0), school: try row.get(1), student: try row.get(2), by: try row.get(3),
      route: try row.get(4),
      at: try row.get(5), isUrgent: try row.get(6), redFlags: codes(try row.get(7)),
      needs: codes(try row.get(8)),
      familyKnows: try row.get(9), status: try row.get(10), caseFile: try row.optional(11),
      handler: try row.optional(12), agency: try row.optional(15), isJoint: try row.optional(16) ?? false,
      answers: Answers(), version: try row.get(13))
    sealed = try row.get(14)
  }
}
