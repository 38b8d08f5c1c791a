public import CaseWork
import Store

/// Where a student's case stands, for lists of students.
public struct CaseStanding: Hashable, Sendable {
  public let id: ID<CaseFile>
  public let school: ID<School>
  public let student: ID<Student>
  public let number: String
  public let stage: Stage
}

extension CaseFiles {
  /// The cases under way of some students, as far as this person sees them: not a colleague's.
  public func openStandings(of students: [ID<Student>]) throws -> [CaseStanding] {
    guard !students.isEmpty else { return [] }
    return try standings(
      "c.student_id IN \(SQL.list(students)) AND c.standing IN ('open', 'refused', 'suspended')")
  }

  /// The cases of a number that this person sees: `26-014` may be given in several schools.
  public func standings(numbered number: String) throws -> [CaseStanding] {
    try standings("c.number = \(number)")
  }

  private func standings(_ condition: SQL) throws -> [CaseStanding] {
    try session.rows(
      """
      SELECT c.id, c.school_id, c.student_id, c.number, c.stage
      FROM case_file c
      WHERE c.school_id IN (\(reachable)) AND \(condition) AND (\(visible))
      ORDER BY c.opened_on, c.id
      """
    ) { row in
      CaseStanding(
        id: try row.get(0), school: try row.get(1), student: try row.get(2), number: try row.get(3),
        stage: try row.get(4))
    }
  }
}
