internal import CaseWork
internal import Foundation
internal import Store

/// What tells whether the students of a school are still the same: a word that is another after each change.
///
/// It is never one that was there before, not even in a transaction that was given up.
struct StudentMarks {
  /// The tables of which a mark speaks: whatever lists show of students follows from them.
  static let tables: Set<String> = ["student", "enrolment", "sealing_key", "destruction"]

  let session: any Session

  /// The marks of some schools; the empty one where nothing has changed since marks are kept.
  func of(_ schools: [ID<School>]) throws -> [ID<School>: String] {
    var marks = Dictionary(schools.map { ($0, "") }, uniquingKeysWith: { first, _ in first })
    try session.forEach(
      "SELECT school_id, mark FROM student_mark WHERE school_id IN \(SQL.list(schools))"
    ) { marks[try $0.get(0)] = try $0.get(1) }
    return marks
  }

  func renew(_ schools: [String]) throws {
    for school in schools {
      try session.execute(
        """
        INSERT INTO student_mark (school_id, mark) VALUES (\(school), \(UUID().uuidString))
        ON CONFLICT (school_id) DO UPDATE SET mark = excluded.mark
        """)
    }
  }
}
