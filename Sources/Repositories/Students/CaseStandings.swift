public import CaseWork
public import Store

/// Where a student's case stands, for lists of students.
public struct CaseStanding: Hashable, Sendable {
  public let id: ID<CaseFile>
  public let school: ID<School>
  public let student: ID<Student>
  public let number: String
  public let stage: Stage
}

extension Session {
  /// The cases under way of some students, in some schools.
  public func openCaseStandings(of students: [ID<Student>], in schools: [ID<School>]) throws -> [CaseStanding]
  {
    guard !students.isEmpty, !schools.isEmpty else { return [] }
    return try caseStandings(
      "student_id IN \(SQL.list(students)) AND standing IN ('open', 'refused', 'suspended')", in: schools)
  }

  /// The cases of a number: `26-014` may be given in several schools.
  public func caseStandings(numbered number: String, in schools: [ID<School>]) throws -> [CaseStanding] {
    guard !schools.isEmpty else { return [] }
    return try caseStandings("number = \(number)", in: schools)
  }

  private func caseStandings(_ condition: SQL, in schools: [ID<School>]) throws -> [CaseStanding] {
    try rows(
      """
      SELECT id, school_id, student_id, number, stage
      FROM case_file
      WHERE school_id IN \(SQL.list(schools)) AND \(condition)
      ORDER BY opened_on, id
      """
    ) { row in
      CaseStanding(
        id: try row.get(0), school: try row.get(1), student: try row.get(2), number: try row.get(3),
        stage: try row.get(4))
    }
  }
}
