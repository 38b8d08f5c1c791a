public import CaseWork
public import Store

/// What is due in one case.
public struct Dues {
  let session: any Session
  let file: CaseFile

  /// Replaces all that was due by `dues`.
  public func replace(with dues: [Due]) throws {
    try session.execute("DELETE FROM due WHERE school_id = \(file.school) AND case_id = \(file.id)")
    if !dues.isEmpty {
      let rows = dues.map { due -> SQL in
        """
        (\(file.school), \(file.id), \(due.kind), \(due.number ?? 0), \(due.day), \(due.calendar.rawValue), \(file.manager))
        """
      }
      try session.execute(
        """
        INSERT INTO due (school_id, case_id, kind, number, day, calendar, staff_id)
        VALUES \(rows.joined(by: ", "))
        """
      )
    }
    let next = dues.min { ($0.day, $0.kind) < ($1.day, $1.kind) }
    try session.execute(
      """
      UPDATE case_file
      SET next_due_on = \(next?.day), next_due_kind = \(next?.kind)
      WHERE school_id = \(file.school) AND id = \(file.id)
      """
    )
  }

  public func all() throws -> [Due] {
    try session.rows(
      """
      SELECT kind, day, calendar, number
      FROM due
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY day, kind
      """,
      Due.init(row:)
    )
  }
}

extension Session {
  public func dues(of file: CaseFile) -> Dues { Dues(session: self, file: file) }
}

extension Due {
  init(row: borrowing Row) throws {
    let number: Int = try row.get(3)
    self.init(
      kind: try row.get(0), day: try row.get(1), calendar: try row.get(2), number: number == 0 ? nil : number)
  }
}
