public import CaseWork
public import Store

/// What was spent for students, by fund.
public struct Spending {
  let session: any Session
  let school: ID<School>

  /// Won spent for one student by fund, over all episodes, from the first to the last day of `days`.
  public func byFund(
    for student: ID<Student>, in days: ClosedRange<Day>, besides record: ID<CaseRecord>? = nil
  ) throws -> [String: Int] {
    var sums: [String: Int] = [:]
    try session.forEach(
      """
      SELECT fund, CAST(SUM(amount) AS bigint)
      FROM service_given
      WHERE school_id = \(school) AND student_id = \(student) AND fund IS NOT NULL
        AND day BETWEEN \(days.lowerBound) AND \(days.upperBound) AND record_id <> \(record?.description ?? "")
      GROUP BY fund
      """
    ) { sums[try $0.get(0)] = try $0.get(1) }
    return sums
  }

  /// Won spent from one fund for all students of a household, over all their schools and episodes.
  public func ofFamily(
    _ family: ID<Household>, from fund: String, in days: ClosedRange<Day>,
    besides record: ID<CaseRecord>? = nil
  ) throws -> Int {
    try session.row(
      """
      SELECT CAST(COALESCE(SUM(s.amount), 0) AS bigint)
      FROM (SELECT DISTINCT school_id, student_id FROM case_file WHERE family_id = \(family)) m
      JOIN service_given s ON s.school_id = m.school_id AND s.student_id = m.student_id
      WHERE s.fund = \(fund)
        AND s.day BETWEEN \(days.lowerBound) AND \(days.upperBound) AND s.record_id <> \(record?.description ?? "")
      """
    ) { try $0.get(0, as: Int.self) } ?? 0
  }
}

extension Session {
  public func spending(in school: ID<School>) -> Spending { Spending(session: self, school: school) }
}
