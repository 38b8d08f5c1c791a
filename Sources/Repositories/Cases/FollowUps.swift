public import CaseWork
public import Store

/// What is planned for after the closure of one case (사후관리).
public struct FollowUps {
  let session: any Session
  let file: CaseFile

  public func plan(_ days: [Day]) throws {
    for (index, day) in days.enumerated() {
      try session.execute(
        """
        INSERT INTO follow_up (school_id, case_id, number, due_day)
        VALUES (\(file.school), \(file.id), \(index + 1), \(day))
        """
      )
    }
  }

  public func finish(_ number: Int, with record: ID<CaseRecord>, on day: Day) throws {
    let changed = try session.execute(
      """
      UPDATE follow_up
      SET record_id = \(record), done_on = \(day)
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND number = \(number) AND done_on IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// Nothing more is looked at: somebody decided that the follow-up ends here.
  public func giveUpRest(on day: Day) throws {
    try session.execute(
      """
      UPDATE follow_up
      SET done_on = \(day)
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND done_on IS NULL
      """
    )
  }

  public func all() throws -> [CaseFacts.FollowUp] {
    try session.rows(
      """
      SELECT number, due_day, done_on
      FROM follow_up
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY number
      """
    ) { CaseFacts.FollowUp(number: try $0.get(0), due: try $0.get(1), doneOn: try $0.optional(2)) }
  }
}

extension Session {
  public func followUps(of file: CaseFile) -> FollowUps { FollowUps(session: self, file: file) }
}
