public import CaseWork
public import Store

/// What is due in one case.
public struct Dues {
  let session: any Session
  let file: CaseFile

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

  /// Replaces all that was due in some cases; where nothing else is due than before, nothing is written.
  public func replaceDues(of files: [CaseFile], by dues: [ID<CaseFile>: [Due]]) throws {
    let before = try writtenDues(of: files)
    let changed = files.filter { file in
      let wanted = (dues[file.id] ?? []).map { WrittenDue(due: $0, staff: file.manager) }
      return Set(wanted) != before[file.id] ?? []
    }
    guard !changed.isEmpty else { return }
    if changed.contains(where: { before[$0.id] != nil }) {
      try execute("DELETE FROM due WHERE \(SQL.ofCases(changed))")
    }
    let rows = changed.flatMap { file in
      (dues[file.id] ?? []).map { due -> SQL in
        """
        (\(file.school), \(file.id), \(due.kind), \(due.number ?? 0), \(due.day), \(due.calendar.rawValue), \(file.manager))
        """
      }
    }
    for part in rows.parts(of: 100) {
      try execute(
        "INSERT INTO due (school_id, case_id, kind, number, day, calendar, staff_id) VALUES \(part.joined(by: ", "))"
      )
    }
    try setNext(of: changed, dues)
  }

  private func writtenDues(of files: [CaseFile]) throws -> [ID<CaseFile>: Set<WrittenDue>] {
    var written: [ID<CaseFile>: Set<WrittenDue>] = [:]
    try forEach("SELECT kind, day, calendar, number, staff_id, case_id FROM due WHERE \(SQL.ofCases(files))")
    {
      written[try $0.get(5), default: []].insert(WrittenDue(due: try Due(row: $0), staff: try $0.get(4)))
    }
    return written
  }

  /// Each case says itself what is due next, so that lists need not look.
  private func setNext(of files: [CaseFile], _ dues: [ID<CaseFile>: [Due]]) throws {
    let rows = files.map { file -> SQL in
      let next = (dues[file.id] ?? []).min { ($0.day, $0.kind) < ($1.day, $1.kind) }
      return "(\(file.school), \(file.id), \(next?.day), \(next?.kind))"
    }
    for part in rows.parts(of: 100) {
      try execute(
        """
        UPDATE case_file
        SET next_due_on = n.column3, next_due_kind = n.column4
        FROM (VALUES \(part.joined(by: ", "))) AS n
        WHERE case_file.school_id = n.column1 AND case_file.id = n.column2
        """
      )
    }
  }
}

/// What is due, and of whom it is asked.
private struct WrittenDue: Hashable {
  let due: Due
  let staff: ID<Staff>
}

extension Due {
  init(row: borrowing Row) throws {
    let number: Int = try row.get(3)
    self.init(
      kind: try row.get(0), day: try row.get(1), calendar: try row.get(2), number: number == 0 ? nil : number)
  }
}
