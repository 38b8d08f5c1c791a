public import CaseWork
import Foundation
public import Store

/// One row of the ledger of disclosures (제3자 제공대장) with the case it is about and the linkage it belongs to.
public struct StoredLedgerRow: Sendable {
  public let disclosure: Disclosure
  public let file: CaseFile
  /// Where the linkage it left by stands now.
  public let state: Linkage.State?
  public let withdrawnOn: Day?
  public let consentDay: Day?
  public let consentUntil: Day?
  /// Whether the student's records were destroyed, so that nothing of it opens.
  public let isDestroyed: Bool
  /// To whom and what for.
  public let sealed: [UInt8]
}

extension Session {
  /// What left the schools where `staff` watches over it, and the cases they lead, on some days, the newest first.
  public func ledger(
    seenBy staff: Staff, in school: ID<School>, days: ClosedRange<Day>, on today: Day, atMost limit: Int
  ) throws -> [StoredLedgerRow] {
    let isOfficer = staff.roles(in: school).contains(.privacyOfficer)
    let visible: SQL = isOfficer ? "1 = 1" : caseFiles(seenBy: staff, on: today).mine
    return try rows(
      """
      SELECT d.id, d.recipient_id, d.ground, d.consent_id, d.items, d.form, d.by_id, d.at, d.sealed,
        l.state, l.withdrawn_on, s.day, s.until_day,
        CASE WHEN \(SQL.kept("c.school_id", "c.student_id")) THEN 0 ELSE 1 END, \(CaseFile.columns)
      FROM disclosure d
      JOIN case_file c ON c.school_id = d.school_id AND c.id = d.case_id
      LEFT JOIN linkage l ON l.school_id = d.school_id AND l.disclosure_id = d.id
      LEFT JOIN consent s ON s.school_id = d.school_id AND s.case_id = d.case_id AND s.id = d.consent_id
      WHERE d.school_id = \(school) AND (\(visible))
        AND d.at >= \(days.lowerBound.startInKorea) AND d.at < \(days.upperBound.adding(days: 1).startInKorea)
      ORDER BY d.id DESC
      LIMIT \(limit)
      """
    ) { row in
      StoredLedgerRow(
        disclosure: Disclosure(
          id: try row.get(0), recipient: try row.optional(1), ground: try row.get(2),
          consent: try row.optional(3), items: codes(try row.get(4)), form: try row.get(5),
          by: try row.get(6), at: try row.get(7)),
        file: try CaseFile(row: row, at: 14), state: try row.optional(9), withdrawnOn: try row.optional(10),
        consentDay: try row.optional(11), consentUntil: try row.optional(12),
        isDestroyed: try row.get(13), sealed: try row.get(8))
    }
  }
}

extension CaseFiles {
  /// The cases this person leads as case manager, or covers.
  fileprivate var mine: SQL {
    """
    \(SQL.kept("c.school_id", "c.student_id")) AND c.school_id IN \(SQL.list(staff.schools(as: [.caseManager])))
    AND (c.manager_id = \(staff.id) OR EXISTS (
      SELECT 1 FROM case_participant p
      WHERE p.school_id = c.school_id AND p.case_id = c.id AND p.staff_id = \(staff.id)
        AND p.from_day <= \(day) AND (p.until_day IS NULL OR p.until_day >= \(day))
        AND p.capacity IN ('manager', 'cover')))
    """
  }
}
