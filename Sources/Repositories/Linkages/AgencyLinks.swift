public import CaseWork
public import Foundation
public import Store

/// A link as it lies in the store, with what its code is compared to.
public struct StoredAgencyLink: Sendable {
  public let link: AgencyLink
  /// The code under the student's key.
  public let codeToken: String
  /// Whose key that is.
  public let student: ID<Student>
}

/// The ways in for agencies.
public struct AgencyLinks {
  let session: any Session

  /// The one whose address hashes so, unless the student's records were destroyed; whose it is, is not known before.
  public func find(tokenHash: String) throws -> StoredAgencyLink? {
    try session.row(
      """
      SELECT \(StoredAgencyLink.columns)
      FROM \(StoredAgencyLink.tables)
      WHERE k.token_hash = \(tokenHash) AND \(SQL.kept("c.school_id", "c.student_id"))
      """,
      StoredAgencyLink.init(row:))
  }

  /// Those of one linkage, the newest first.
  public func of(_ linkage: ID<Linkage>, in school: ID<School>) throws -> [StoredAgencyLink] {
    try session.rows(
      """
      SELECT \(StoredAgencyLink.columns)
      FROM \(StoredAgencyLink.tables)
      WHERE k.school_id = \(school) AND k.linkage_id = \(linkage)
      ORDER BY k.id DESC
      """,
      StoredAgencyLink.init(row:)
    )
  }

  public func insert(_ link: AgencyLink, tokenHash: String, codeToken: String) throws {
    try session.execute(
      """
      INSERT INTO agency_link (
        school_id, id, purpose, linkage_id, token_hash, code_token, made_at, expires_at, failures)
      VALUES (
        \(link.school), \(link.id), \(link.purpose), \(link.linkage), \(tokenHash), \(codeToken), \(link.madeAt),
        \(link.expiresAt), 0)
      """
    )
  }

  /// One more wrong code, and the lock where it was one too many.
  public func setFailures(_ failures: Int, lockedAt: Date?, of link: AgencyLink) throws {
    try session.execute(
      """
      UPDATE agency_link
      SET failures = \(failures), locked_at = \(lockedAt)
      WHERE school_id = \(link.school) AND id = \(link.id)
      """
    )
  }

  /// Uses the link up; refused where that has happened meanwhile.
  public func use(_ link: AgencyLink, at instant: Date) throws {
    let changed = try session.execute(
      """
      UPDATE agency_link
      SET used_at = \(instant)
      WHERE school_id = \(link.school) AND id = \(link.id) AND used_at IS NULL AND revoked_at IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.alreadyAnswered) }
  }

  /// Closes every link of a linkage that is still open.
  @discardableResult
  public func revokeAll(of linkage: ID<Linkage>, in school: ID<School>, at instant: Date) throws -> Int {
    try session.execute(
      """
      UPDATE agency_link
      SET revoked_at = \(instant)
      WHERE school_id = \(school) AND linkage_id = \(linkage) AND used_at IS NULL AND revoked_at IS NULL
      """
    )
  }

  public func add(_ opening: AgencyLink.Opening, id: ID<AgencyLink.Opening>, of link: AgencyLink) throws {
    try session.execute(
      """
      INSERT INTO agency_link_opening (school_id, link_id, id, at, address, outcome)
      VALUES (\(link.school), \(link.id), \(id), \(opening.at), \(opening.address), \(opening.outcome))
      """
    )
  }

  /// Every look at the links of a linkage, the newest first.
  public func openings(
    of linkage: ID<Linkage>, in school: ID<School>, atMost limit: Int
  ) throws -> [AgencyLink.Opening] {
    try session.rows(
      """
      SELECT o.at, o.address, o.outcome
      FROM agency_link_opening o
      JOIN agency_link k ON k.school_id = o.school_id AND k.id = o.link_id
      WHERE o.school_id = \(school) AND k.linkage_id = \(linkage)
      ORDER BY o.id DESC
      LIMIT \(limit)
      """
    ) { AgencyLink.Opening(at: try $0.get(0), address: try $0.get(1), outcome: try $0.get(2)) }
  }
}

extension Session {
  public var agencyLinks: AgencyLinks { AgencyLinks(session: self) }
}

extension StoredAgencyLink {
  static let columns: SQL = """
    k.id, k.school_id, k.purpose, k.linkage_id, k.made_at, k.expires_at, k.failures, k.used_at, k.revoked_at,
    k.locked_at, k.code_token, c.student_id
    """
  static let tables: SQL = """
    agency_link k
    JOIN linkage l ON l.school_id = k.school_id AND l.id = k.linkage_id
    JOIN case_file c ON c.school_id = l.school_id AND c.id = l.case_id
    """

  init(row: borrowing Row) throws {
    link = AgencyLink(
      id: try row.get(0), school: try row.get(1), purpose: try row.get(2), linkage: try row.get(3),
      madeAt: try row.get(4), expiresAt: try row.get(5), failures: try row.get(6),
      usedAt: try row.optional(7),
      revokedAt: try row.optional(8), lockedAt: try row.optional(9))
    codeToken = try row.get(10)
    student = try row.get(11)
  }
}

extension AgencyLink.Purpose: SQLValue {}
extension AgencyLink.Opening.Outcome: SQLValue {}
