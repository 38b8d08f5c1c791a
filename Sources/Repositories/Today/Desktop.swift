public import CaseWork
public import Foundation
public import Store

/// Something due, and the case it is due in.
public struct ListedDue: Hashable, Sendable {
  public let due: Due
  public let file: CaseFile
}

/// A record that waits for the approval of the head of a school.
public struct WaitingRecord: Hashable, Sendable {
  public let id: ID<CaseRecord>
  public let kind: CaseRecord.Kind
  public let series: Int
  public let author: ID<Staff>
  public let askedAt: Date
  public let file: CaseFile
}

/// A form that somebody began and has not sent.
public struct BegunForm: Hashable, Sendable {
  /// The form and what it is about: `contact/<case id>`.
  public let place: String
  public let savedAt: Date
}

extension CaseFiles {
  /// What is due until `last` in the cases this person leads or covers, the oldest first.
  public func dues(until last: Day, atMost limit: Int) throws -> [ListedDue] {
    let own = try session.rows(duesOwn(until: last, atMost: limit), listedDue)
    let covered = try session.rows(
      """
      SELECT d.kind, d.day, d.calendar, d.number, \(CaseFile.columns)
      FROM case_participant p
      JOIN due d ON d.school_id = p.school_id AND d.case_id = p.case_id
      JOIN case_file c ON c.school_id = d.school_id AND c.id = d.case_id
      WHERE p.staff_id = \(staff.id) AND p.capacity IN ('manager', 'cover') AND p.from_day <= \(day)
        AND (p.until_day IS NULL OR p.until_day >= \(day)) AND d.day <= \(last) AND d.staff_id <> \(staff.id)
        AND c.school_id IN (\(reachable)) AND (\(visible))
      ORDER BY d.day, d.case_id, d.kind
      LIMIT \(limit)
      """,
      listedDue
    )
    return Array(
      (own + covered).sorted { ($0.due.day, $0.due.kind) < ($1.due.day, $1.due.kind) }.prefix(limit))
  }

  /// The statement for this person's own cases, for tests of the query plan.
  public func duesOwn(until last: Day, atMost limit: Int) -> SQL {
    """
    SELECT d.kind, d.day, d.calendar, d.number, \(CaseFile.columns)
    FROM due d
    JOIN case_file c ON c.school_id = d.school_id AND c.id = d.case_id
    WHERE d.staff_id = \(staff.id) AND d.day <= \(last) AND (\(visible))
    ORDER BY d.day, d.case_id, d.kind
    LIMIT \(limit)
    """
  }

  /// What waits for the approval of the head of a school.
  public func waitingForApproval(in schools: [ID<School>], atMost limit: Int) throws -> [WaitingRecord] {
    guard !schools.isEmpty else { return [] }
    return try session.rows(
      """
      SELECT r.id, r.kind, r.series, r.author_id, r.asked_at, \(CaseFile.columns)
      FROM case_record r
      JOIN case_file c ON c.school_id = r.school_id AND c.id = r.case_id
      WHERE r.school_id IN \(SQL.list(schools)) AND r.asked_at IS NOT NULL AND r.approved_at IS NULL
        AND c.standing = 'open' AND (\(visible))
      ORDER BY r.asked_at
      LIMIT \(limit)
      """
    ) { row in
      WaitingRecord(
        id: try row.get(0), kind: try row.get(1), series: try row.get(2), author: try row.get(3),
        askedAt: try row.get(4), file: try CaseFile(row: row, at: 5))
    }
  }

  /// The cases among `ids` that this person sees.
  public func some(_ ids: [ID<CaseFile>]) throws -> [ID<CaseFile>: CaseFile] {
    guard !ids.isEmpty else { return [:] }
    let files = try session.rows(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.school_id IN (\(reachable)) AND c.id IN \(SQL.list(ids)) AND (\(visible))
      """
    ) { try CaseFile(row: $0) }
    return Dictionary(files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Forms this person began, newest first.
  public func begunForms(atMost limit: Int) throws -> [BegunForm] {
    try session.rows(
      """
      SELECT place, saved_at FROM draft
      WHERE staff_id = \(staff.id)
      ORDER BY saved_at DESC
      LIMIT \(limit)
      """
    ) { BegunForm(place: try $0.get(0), savedAt: try $0.get(1)) }
  }

  private func listedDue(_ row: borrowing Row) throws -> ListedDue {
    ListedDue(due: try Due(row: row), file: try CaseFile(row: row, at: 4))
  }
}
