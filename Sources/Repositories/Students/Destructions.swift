public import CaseWork
public import Foundation
public import Store

/// That everything told of one student was destroyed (파기대장, 개인정보 보호법 제21조).
public struct Destruction: Hashable, Sendable {
  public let id: ID<Destruction>
  public let school: ID<School>
  /// The id is all that is left.
  public let student: ID<Student>
  /// How many episodes there were.
  public let cases: Int
  public let by: ID<Staff>
  public let at: Date

  public init(
    id: ID<Destruction>, school: ID<School>, student: ID<Student>, cases: Int, by: ID<Staff>, at: Date
  ) {
    self.id = id
    self.school = school
    self.student = student
    self.cases = cases
    self.by = by
    self.at = at
  }
}

/// The destructions of one school.
public struct Destructions {
  let session: any Session
  let school: ID<School>

  public func all() throws -> [(destruction: Destruction, sealed: [UInt8])] {
    try session.rows(
      """
      SELECT id, student_id, cases, by_id, at, sealed
      FROM destruction
      WHERE school_id = \(school)
      ORDER BY id DESC
      """
    ) { row in
      (
        destruction: Destruction(
          id: try row.get(0), school: school, student: try row.get(1), cases: try row.get(2),
          by: try row.get(3), at: try row.get(4)),
        sealed: try row.get(5)
      )
    }
  }

  /// Takes away what identifies the student beside the sealed values: search tokens, the number, household, class and seat,
  /// drafts, tasks and news. What is left are ids, codes and days, for the counts.
  ///
  /// The key is the caller's to destroy (`Sealer.shred`).
  public func add(_ destruction: Destruction, sealed: [UInt8]) throws {
    let student = destruction.student
    try session.execute(
      """
      INSERT INTO destruction (school_id, student_id, id, cases, by_id, at, sealed)
      VALUES (
        \(school), \(student), \(destruction.id), \(destruction.cases), \(destruction.by), \(destruction.at),
        \(sealed))
      """
    )
    let cases: SQL = "SELECT id FROM case_file WHERE school_id = \(school) AND student_id = \(student)"
    let referrals: SQL = "SELECT id FROM referral WHERE school_id = \(school) AND student_id = \(student)"
    for statement: SQL in [
      "DELETE FROM search_token WHERE school_id = \(school) AND student_id = \(student)",
      "DELETE FROM relative WHERE school_id = \(school) AND student_id = \(student)",
      "DELETE FROM draft WHERE school_id = \(school) AND student_id = \(student)",
      "DELETE FROM task WHERE school_id = \(school) AND case_id IN (\(cases))",
      """
      DELETE FROM notice
      WHERE school_id = \(school) AND (case_id IN (\(cases)) OR referral_id IN (\(referrals)))
      """,
      """
      UPDATE student
      SET number_token = \("destroyed:" + student.description)
      WHERE school_id = \(school) AND id = \(student)
      """,
      """
      UPDATE enrolment
      SET class_name = '', seat = NULL, status = 'left'
      WHERE school_id = \(school) AND student_id = \(student)
      """,
    ] { try session.execute(statement) }
  }
}

extension Session {
  public func destructions(of school: ID<School>) -> Destructions {
    Destructions(session: self, school: school)
  }

  /// Every episode of a student, whoever leads it, the oldest first: for the end of retention only.
  public func episodes(of student: ID<Student>, in school: ID<School>) throws -> [CaseFile] {
    try rows(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.school_id = \(school) AND c.student_id = \(student)
      ORDER BY c.episode
      """
    ) { try CaseFile(row: $0) }
  }
}

extension SQL {
  /// The condition that the student of a row was not destroyed.
  static func kept(_ school: SQL, _ student: SQL) -> SQL {
    "NOT EXISTS (SELECT 1 FROM destruction gone WHERE gone.school_id = \(school) AND gone.student_id = \(student))"
  }
}
