public import CaseWork
public import Store

/// A referral of an agency as it lies in the store: what it says is sealed, and only there while it waits.
public struct StoredAgencyReferral: Sendable {
  public let header: AgencyReferral
  public let sealed: [UInt8]?
}

/// What agencies were asked to refer to some schools, and what has come.
public struct AgencyReferrals {
  let session: any Session

  /// Not found outside of `schools`.
  public func find(_ id: ID<AgencyReferral>, in schools: [ID<School>]) throws -> StoredAgencyReferral {
    let found = try session.row(
      """
      SELECT \(StoredAgencyReferral.columns)
      FROM agency_referral a
      WHERE a.school_id IN \(SQL.list(schools)) AND a.id = \(id)
      """,
      StoredAgencyReferral.init(row:))
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// What waits for its student, the urgent first, and then the oldest.
  public func waiting(in schools: [ID<School>], atMost limit: Int) throws -> [StoredAgencyReferral] {
    try session.rows(
      """
      SELECT \(StoredAgencyReferral.columns)
      FROM agency_referral a
      WHERE a.school_id IN \(SQL.list(schools)) AND a.state = 'sent'
      ORDER BY a.is_urgent DESC, a.sent_at, a.id
      LIMIT \(limit)
      """,
      StoredAgencyReferral.init(row:))
  }

  /// Every one, whatever became of it, the newest first.
  public func all(in schools: [ID<School>], atMost limit: Int) throws -> [StoredAgencyReferral] {
    try session.rows(
      """
      SELECT \(StoredAgencyReferral.columns)
      FROM agency_referral a
      WHERE a.school_id IN \(SQL.list(schools))
      ORDER BY a.id DESC
      LIMIT \(limit)
      """,
      StoredAgencyReferral.init(row:))
  }

  public func insert(_ referral: AgencyReferral) throws {
    try session.execute(
      """
      INSERT INTO agency_referral (school_id, id, resource_id, by_id, made_at, state, is_urgent, version)
      VALUES (
        \(referral.school), \(referral.id), \(referral.agency), \(referral.by), \(referral.madeAt), \(referral.state),
        \(referral.isUrgent), \(referral.version))
      """
    )
  }

  /// Saves it as the next version.
  ///
  /// - Parameter sealed: what was written; `nil` where it is not here any more.
  public func update(_ referral: AgencyReferral, sealed: [UInt8]?) throws {
    let changed = try session.execute(
      """
      UPDATE agency_referral
      SET state = \(referral.state), receipt = \(referral.receipt), sent_at = \(referral.sentAt),
        is_urgent = \(referral.isUrgent), handler_id = \(referral.handler), handled_at = \(referral.handledAt),
        sealed = \(sealed), version = \(referral.version + 1)
      WHERE school_id = \(referral.school) AND id = \(referral.id) AND version = \(referral.version)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }
}

extension Session {
  public var agencyReferrals: AgencyReferrals { AgencyReferrals(session: self) }

  /// The agencies that referred to a case and lead it together with the school.
  public func jointAgencies(of file: CaseFile) throws -> [ID<Resource>] {
    try rows(
      """
      SELECT DISTINCT agency_id
      FROM referral
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND agency_id IS NOT NULL AND is_joint = 1
      ORDER BY agency_id
      """
    ) { try $0.get(0) }
  }
}

extension StoredAgencyReferral {
  fileprivate static let columns: SQL = """
    a.id, a.school_id, a.resource_id, a.by_id, a.made_at, a.state, a.receipt, a.sent_at, a.is_urgent, a.handler_id,
    a.handled_at, a.version, a.sealed
    """

  fileprivate init(row: borrowing Row) throws {
    header = AgencyReferral(
      id: try row.get(0), school: try row.get(1), agency: try row.get(2), by: try row.get(3),
      madeAt: try row.get(4), state: try row.get(5), receipt: try row.optional(6),
      sentAt: try row.optional(7),
      isUrgent: try row.get(8), handler: try row.optional(9), handledAt: try row.optional(10),
      version: try row.get(11))
    sealed = try row.optional(12)
  }
}

extension AgencyReferral.State: SQLValue {}
