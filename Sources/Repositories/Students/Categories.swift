public import CaseWork
internal import Store

extension Students {
  /// The welfare categories and family forms that hold.
  public func categories(of student: Student) throws -> [CaseWork.Category] {
    try session.rows(
      """
      SELECT code, confirmed_on, confirmed_by
      FROM category
      WHERE school_id = \(student.school) AND student_id = \(student.id) AND ended_on IS NULL
        AND school_id IN \(SQL.list(schools))
      ORDER BY code, confirmed_on
      """
    ) { row in
      CaseWork.Category(code: try row.get(0), confirmedOn: try row.get(1), confirmedBy: try row.get(2))
    }
  }

  public func confirm(_ category: CaseWork.Category, of student: Student) throws {
    guard schools.contains(student.school) else { throw Refusal.notFound }
    guard try !categories(of: student).contains(where: { $0.code == category.code }) else {
      throw Refusal.conflict(.alreadyExists)
    }
    try session.execute(
      """
      INSERT INTO category (school_id, student_id, code, confirmed_on, confirmed_by, ended_on)
      VALUES
        (\(student.school), \(student.id), \(category.code), \(category.confirmedOn), \(category.confirmedBy), NULL)
      ON CONFLICT (school_id, student_id, code, confirmed_on) DO UPDATE
      SET confirmed_by = excluded.confirmed_by, ended_on = NULL
      """)
  }

  public func endCategory(_ code: String, of student: Student, on day: Day) throws {
    let changed = try session.execute(
      """
      UPDATE category
      SET ended_on = \(day)
      WHERE school_id = \(student.school) AND student_id = \(student.id) AND code = \(code) AND ended_on IS NULL
        AND school_id IN \(SQL.list(schools))
      """)
    guard changed > 0 else { throw Refusal.notFound }
  }
}
