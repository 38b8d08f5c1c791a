internal import CaseWork
internal import Foundation
internal import Store

/// What tells whether the students of a school are still the same: a word that is another after each change.
///
/// It is never one that was there before, not even in a transaction that was given up.
struct StudentStamps {
  /// The tables of which a stamp speaks: whatever lists show of students follows from them.
  static let tables: Set<String> = ["student", "enrolment", "sealing_key", "destruction"]

  let session: any Session

  /// The stamps of some schools; the empty one where nothing has changed since stamps are kept.
  func of(_ schools: [ID<School>]) throws -> [ID<School>: String] {
    var stamps = Dictionary(schools.map { ($0, "") }, uniquingKeysWith: { first, _ in first })
    try session.forEach(
      "SELECT school_id, stamp FROM student_stamp WHERE school_id IN \(SQL.list(schools))"
    ) { stamps[try $0.get(0)] = try $0.get(1) }
    return stamps
  }

  func renew(_ schools: [String]) throws {
    for school in schools {
      try session.execute(
        """
        INSERT INTO student_stamp (school_id, stamp) VALUES (\(school), \(UUID().uuidString))
        ON CONFLICT (school_id) DO UPDATE SET stamp = excluded.stamp
        """)
    }
  }
}
