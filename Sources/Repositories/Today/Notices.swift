public import CaseWork
public import Foundation
public import Store

/// News for one person; the page finds the words by `kind`.
public struct Notice: Hashable, Sendable {
  public let id: ID<Notice>
  public let school: ID<School>
  public let staff: ID<Staff>
  public let kind: Kind
  public let caseFile: ID<CaseFile>?
  public let referral: ID<Referral>?
  public let record: ID<CaseRecord>?
  public let at: Date

  public init(
    id: ID<Notice>, school: ID<School>, staff: ID<Staff>, kind: Kind, caseFile: ID<CaseFile>? = nil,
    referral: ID<Referral>? = nil, record: ID<CaseRecord>? = nil, at: Date
  ) {
    self.id = id
    self.school = school
    self.staff = staff
    self.kind = kind
    self.caseFile = caseFile
    self.referral = referral
    self.record = record
    self.at = at
  }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Another referral was taken up into a case under way: for who leads it.
    case referred
    case replied
    case approvalAsked = "approval-asked"
    case approved
    case handedBack = "handed-back"
    case assigned
    case taskGiven = "task-given"
    case consentWithdrawn = "consent-withdrawn"
    case unsafe
    case accessAsked = "access-asked"
    /// An agency has answered.
    case linkageAnswered = "linkage-answered"
    /// An agency has not answered in time: for the supervisor.
    case linkageLate = "linkage-late"
  }
}

/// The news of one person, and no other's.
public struct Notices {
  let session: any Session
  let staff: ID<Staff>

  public func add(_ notice: Notice) throws {
    try session.execute(
      """
      INSERT INTO notice (id, school_id, staff_id, kind, case_id, referral_id, record_id, at)
      VALUES (
        \(notice.id), \(notice.school), \(staff), \(notice.kind), \(notice.caseFile), \(notice.referral),
        \(notice.record), \(notice.at))
      """
    )
  }

  public func unseen(atMost limit: Int) throws -> [Notice] {
    try session.rows(
      """
      SELECT id, school_id, kind, case_id, referral_id, record_id, at
      FROM notice
      WHERE staff_id = \(staff) AND seen_at IS NULL
      ORDER BY id DESC
      LIMIT \(limit)
      """
    ) {
      Notice(
        id: try $0.get(0), school: try $0.get(1), staff: staff, kind: try $0.get(2),
        caseFile: try $0.optional(3),
        referral: try $0.optional(4), record: try $0.optional(5), at: try $0.get(6))
    }
  }

  public func see(_ ids: [ID<Notice>], at instant: Date) throws {
    try session.execute(
      """
      UPDATE notice
      SET seen_at = \(instant)
      WHERE staff_id = \(staff) AND seen_at IS NULL AND id IN \(SQL.list(ids))
      """
    )
  }
}

extension Session {
  public func notices(of staff: ID<Staff>) -> Notices { Notices(session: self, staff: staff) }
}

extension Notice.Kind: SQLValue {}
