public import CaseWork
public import Foundation
public import Store

/// A link as it lies in the store, with what its code is compared to.
public struct StoredAgencyLink: Sendable {
  public let link: AgencyLink
  /// The code under a key, which stays the same when the school's is changed.
  public let codeToken: String
  /// Whose key that is: the student's, or one of the agency's own, as if of a student, where none is known yet.
  public let holder: ID<Student>
}

/// The ways in for agencies, whatever they lead to.
public struct AgencyLinks {
  let session: any Session

  /// The one whose address hashes so, unless the student's records were destroyed; whose it is, is not known before.
  public func find(tokenHash: String) throws -> StoredAgencyLink? {
    let linkage = try session.row(
      """
      SELECT \(LinkTables.linkages.columns), c.student_id
      FROM \(LinkTables.linkages.tables)
      WHERE k.token_hash = \(tokenHash) AND \(SQL.kept("c.school_id", "c.student_id"))
      """
    ) { try StoredAgencyLink(row: $0) { .linkage(ID($0)) } }
    return try linkage
      ?? session.row(
        """
        SELECT \(LinkTables.referrals.columns), a.resource_id
        FROM \(LinkTables.referrals.tables)
        WHERE k.token_hash = \(tokenHash)
        """
      ) { try StoredAgencyLink(row: $0) { .referral(ID($0)) } }
  }

  /// The newest one of one linkage.
  public func newest(of linkage: ID<Linkage>, in school: ID<School>) throws -> StoredAgencyLink? {
    try session.row(
      """
      SELECT \(LinkTables.linkages.columns), c.student_id
      FROM \(LinkTables.linkages.tables)
      WHERE k.school_id = \(school) AND k.linkage_id = \(linkage)
      ORDER BY k.id DESC
      LIMIT 1
      """
    ) { try StoredAgencyLink(row: $0) { .linkage(ID($0)) } }
  }

  /// The newest one of each of some referrals of agencies.
  public func newest(of referrals: [AgencyReferral]) throws -> [ID<AgencyReferral>: AgencyLink] {
    let found = try session.rows(
      """
      SELECT \(LinkTables.referrals.columns), a.resource_id
      FROM \(LinkTables.referrals.tables)
      WHERE k.school_id IN \(SQL.list(Set(referrals.map(\.school)).sorted()))
        AND k.referral_id IN \(SQL.list(referrals.map(\.id)))
      ORDER BY k.id
      """
    ) { try StoredAgencyLink(row: $0) { .referral(ID($0)) }.link }
    return found.reduce(into: [:]) { newest, link in
      if case .referral(let id) = link.subject { newest[id] = link }
    }
  }

  public func insert(_ link: AgencyLink, tokenHash: String, codeToken: String) throws {
    let tables = LinkTables(link.subject)
    try session.execute(
      """
      INSERT INTO \(tables.link) (
        school_id, id, purpose, \(tables.subject), token_hash, code_token, made_at, expires_at, failures)
      VALUES (
        \(link.school), \(link.id), \(link.purpose), \(link.subject.id), \(tokenHash), \(codeToken), \(link.madeAt),
        \(link.expiresAt), 0)
      """
    )
  }

  /// One more wrong code, and the lock where it was one too many.
  public func setFailures(_ failures: Int, lockedAt: Date?, of link: AgencyLink) throws {
    try session.execute(
      """
      UPDATE \(LinkTables(link.subject).link)
      SET failures = \(failures), locked_at = \(lockedAt)
      WHERE school_id = \(link.school) AND id = \(link.id)
      """
    )
  }

  /// Uses the link up; refused where that has happened meanwhile.
  public func use(_ link: AgencyLink, at instant: Date) throws {
    let changed = try session.execute(
      """
      UPDATE \(LinkTables(link.subject).link)
      SET used_at = \(instant)
      WHERE school_id = \(link.school) AND id = \(link.id) AND used_at IS NULL AND revoked_at IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.alreadyAnswered) }
  }

  /// Closes every link to something that is still open.
  @discardableResult
  public func revokeAll(
    of subject: AgencyLink.Subject, in school: ID<School>, at instant: Date
  ) throws -> Int {
    let tables = LinkTables(subject)
    return try session.execute(
      """
      UPDATE \(tables.link)
      SET revoked_at = \(instant)
      WHERE school_id = \(school) AND \(tables.subject) = \(subject.id) AND used_at IS NULL AND revoked_at IS NULL
      """
    )
  }

  /// Keeps a look. Where those of a kind have become very many, one of them a day.
  public func add(_ opening: AgencyLink.Opening, id: ID<AgencyLink.Opening>, of link: AgencyLink) throws {
    let tables = LinkTables(link.subject)
    let (known, last) =
      try session.row(
        """
        SELECT count(*), max(at)
        FROM \(tables.opening)
        WHERE school_id = \(link.school) AND link_id = \(link.id) AND outcome = \(opening.outcome)
        """
      ) { (try $0.get(0, as: Int.self), try $0.optional(1, as: Date.self)) } ?? (0, nil)
    if known >= AgencyLink.Opening.many, let last, opening.at.timeIntervalSince(last) < 86_400 { return }
    try session.execute(
      """
      INSERT INTO \(tables.opening) (school_id, link_id, id, at, address, outcome)
      VALUES (\(link.school), \(link.id), \(id), \(opening.at), \(opening.address), \(opening.outcome))
      """
    )
  }

  /// The looks at the links to something, the newest first.
  public func openings(
    of subject: AgencyLink.Subject, in school: ID<School>, atMost limit: Int
  ) throws -> [AgencyLink.Opening] {
    let tables = LinkTables(subject)
    return try session.rows(
      """
      SELECT o.at, o.address, o.outcome
      FROM \(tables.opening) o
      WHERE o.school_id = \(school) AND o.link_id IN (
        SELECT k.id FROM \(tables.link) k WHERE k.school_id = \(school) AND k.\(tables.subject) = \(subject.id)
      )
      ORDER BY o.id DESC
      LIMIT \(limit)
      """
    ) { AgencyLink.Opening(at: try $0.get(0), address: try $0.get(1), outcome: try $0.get(2)) }
  }
}

extension Session {
  public var agencyLinks: AgencyLinks { AgencyLinks(session: self) }
}

/// Where the links to one kind of thing lie: tables of one shape, each with a key into its own.
private struct LinkTables {
  let link: SQL
  let opening: SQL
  /// The column that says to what it leads.
  let subject: SQL
  /// What a link is read from.
  let tables: SQL

  static let linkages = LinkTables(
    link: "agency_link", opening: "agency_link_opening", subject: "linkage_id",
    tables: """
      agency_link k
      JOIN linkage l ON l.school_id = k.school_id AND l.id = k.linkage_id
      JOIN case_file c ON c.school_id = l.school_id AND c.id = l.case_id
      """)
  static let referrals = LinkTables(
    link: "referral_link", opening: "referral_link_opening", subject: "referral_id",
    tables: """
      referral_link k
      JOIN agency_referral a ON a.school_id = k.school_id AND a.id = k.referral_id
      """)

  private init(link: SQL, opening: SQL, subject: SQL, tables: SQL) {
    (self.link, self.opening, self.subject, self.tables) = (link, opening, subject, tables)
  }

  init(_ subject: AgencyLink.Subject) {
    switch subject {
    case .linkage: self = .linkages
    case .referral: self = .referrals
    }
  }

  var columns: SQL {
    """
    k.id, k.school_id, k.purpose, k.\(subject), k.made_at, k.expires_at, k.failures, k.used_at, k.revoked_at,
    k.locked_at, k.code_token
    """
  }
}

extension StoredAgencyLink {
  fileprivate init(row: borrowing Row, _ subject: (UUID) -> AgencyLink.Subject) throws {
    link = AgencyLink(
      id: try row.get(0), school: try row.get(1), purpose: try row.get(2),
      subject: subject(try row.get(3, as: ID<AgencyLink>.self).value), madeAt: try row.get(4),
      expiresAt: try row.get(5), failures: try row.get(6), usedAt: try row.optional(7),
      revokedAt: try row.optional(8), lockedAt: try row.optional(9))
    codeToken = try row.get(10)
    holder = try row.get(11)
  }
}

extension AgencyLink.Purpose: SQLValue {}
extension AgencyLink.Opening.Outcome: SQLValue {}
