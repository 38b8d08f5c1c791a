public import CaseWork
public import Foundation
public import Store

/// F27: a suspicion of abuse that was reported. It lies in a compartment of its own and is counted nowhere.
public struct StoredAbuseReport: Sendable {
  public let id: ID<AbuseReport>
  public let school: ID<School>
  public let student: ID<Student>
  public let manager: ID<Staff>
  public let madeAt: Date
  public let version: Int
  public let sealed: [UInt8]

  public init(
    id: ID<AbuseReport>, school: ID<School>, student: ID<Student>, manager: ID<Staff>, madeAt: Date,
    version: Int,
    sealed: [UInt8]
  ) {
    self.id = id
    self.school = school
    self.student = student
    self.manager = manager
    self.madeAt = madeAt
    self.version = version
    self.sealed = sealed
  }
}

/// The identity of an abuse report.
public enum AbuseReport {}

/// The reports that a person may see: their own as case manager, those of the school as its principal.
public struct AbuseReports {
  let session: any Session
  let staff: Staff

  public func all() throws -> [StoredAbuseReport] {
    try session.rows(
      """
      SELECT \(columns)
      FROM abuse_report a
      WHERE \(visible)
      ORDER BY a.id DESC
      """,
      report
    )
  }

  public func find(_ id: ID<AbuseReport>) throws -> StoredAbuseReport {
    let found = try session.row(
      """
      SELECT \(columns)
      FROM abuse_report a
      WHERE a.school_id IN \(SQL.list(staff.schools(as: [.caseManager, .principal]))) AND a.id = \(id) AND (\(visible))
      """,
      report
    )
    guard let found else { throw Refusal.notFound }
    return found
  }

  public func insert(_ report: StoredAbuseReport) throws {
    try session.execute(
      """
      INSERT INTO abuse_report (school_id, id, student_id, manager_id, made_at, sealed, version)
      VALUES (
        \(report.school), \(report.id), \(report.student), \(report.manager), \(report.madeAt), \(report.sealed),
        \(report.version))
      """
    )
  }

  /// Saves a completed report; `report.version` is the next version.
  public func update(_ report: StoredAbuseReport) throws {
    let changed = try session.execute(
      """
      UPDATE abuse_report
      SET sealed = \(report.sealed), version = \(report.version)
      WHERE school_id = \(report.school) AND id = \(report.id) AND version = \(report.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  private var visible: SQL {
    """
    \(SQL.kept("a.school_id", "a.student_id")) AND (
    (a.manager_id = \(staff.id) AND a.school_id IN \(SQL.list(staff.schools(as: [.caseManager]))))
    OR a.school_id IN \(SQL.list(staff.schools(as: [.principal]))))
    """
  }

  private var columns: SQL { "a.id, a.school_id, a.student_id, a.manager_id, a.made_at, a.version, a.sealed" }

  private func report(_ row: borrowing Row) throws -> StoredAbuseReport {
    StoredAbuseReport(
      id: try row.get(0), school: try row.get(1), student: try row.get(2), manager: try row.get(3),
      madeAt: try row.get(4), version: try row.get(5), sealed: try row.get(6))
  }
}

extension Session {
  public func abuseReports(seenBy staff: Staff) -> AbuseReports { AbuseReports(session: self, staff: staff) }
}
