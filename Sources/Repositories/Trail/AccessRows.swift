public import CaseWork
internal import Foundation
public import Store

extension Session {
  public var accessRows: AccessRows { AccessRows(session: self) }
}

/// Who read whose data: only ever added to, kept two years at least (안전성 확보조치 기준 제8조①).
public struct AccessRows {
  let session: any Session

  /// Adds rows, and leaves them for the notary to link.
  public func append(_ rows: [AccessRow]) throws {
    guard !rows.isEmpty else { return }
    if let keeper = session as? any TrailKeeping { return keeper.keep(rows) }
    try insert(rows)
    try session.trailChain.wait(for: [], rows)
  }

  func insert(_ rows: [AccessRow]) throws {
    for part in rows.parts(of: 200) {
      try session.execute(
        """
        INSERT INTO access_row (id, school_id, staff_id, at, address, student_id, work, route, subjects)
        VALUES \(part.map(AccessRows.values).joined(by: ", "))
        """
      )
    }
  }

  /// The last one in the order of ids, of the whole office.
  public var newest: ID<AccessRow>? {
    get throws { try session.row("SELECT id FROM access_row ORDER BY id DESC LIMIT 1") { try $0.get(0) } }
  }

  /// The newest first, of one school: for its privacy officer.
  public func of(
    _ school: ID<School>, before cursor: ID<AccessRow>? = nil, atMost limit: Int = 100
  ) throws -> [AccessRow] {
    try list("school_id = \(school)", before: cursor, atMost: limit)
  }

  /// The newest first, of one student.
  public func of(
    _ student: ID<Student>, in school: ID<School>, before cursor: ID<AccessRow>? = nil,
    atMost limit: Int = 100
  ) throws -> [AccessRow] {
    try list("school_id = \(school) AND student_id = \(student)", before: cursor, atMost: limit)
  }

  /// The newest first, of one school: narrowed to a student, a member of staff, some days.
  public func of(
    _ school: ID<School>, student: ID<Student>?, staff: ID<Staff>?, days: ClosedRange<Day>?,
    before cursor: ID<AccessRow>? = nil, atMost limit: Int = 100
  ) throws -> [AccessRow] {
    var condition: SQL = "school_id = \(school)"
    if let student { condition = "\(condition) AND student_id = \(student)" }
    if let staff { condition = "\(condition) AND staff_id = \(staff)" }
    if let days {
      // Ids sort by time, so the index of the school serves for days as well.
      let first = AccessRows.firstID(of: days.lowerBound)
      let next = AccessRows.firstID(of: days.upperBound.adding(days: 1))
      condition = "\(condition) AND id >= \(first) AND id < \(next)"
    }
    return try list(condition, before: cursor, atMost: limit)
  }

  /// No id made on the day sorts before it.
  private static func firstID(of day: Day) -> ID<AccessRow> {
    ID(at: day.startInKorea, random: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
  }

  /// The newest first, of one member of staff.
  public func by(
    _ staff: ID<Staff>, before cursor: ID<AccessRow>? = nil, atMost limit: Int = 100
  ) throws -> [AccessRow] {
    try list("staff_id = \(staff)", before: cursor, atMost: limit)
  }

  private func list(_ condition: SQL, before cursor: ID<AccessRow>?, atMost limit: Int) throws -> [AccessRow]
  {
    let page: SQL = cursor.map { "AND id < \($0)" } ?? ""
    return try session.rows(
      """
      SELECT id, school_id, staff_id, at, address, student_id, work, route, subjects
      FROM access_row
      WHERE \(condition) \(page)
      ORDER BY id DESC
      LIMIT \(limit)
      """
    ) { row in
      AccessRow(
        id: try row.get(0), school: ID(try row.get(1, as: String.self)), staff: try row.get(2),
        at: try row.get(3),
        address: try row.get(4), student: try row.optional(5), work: try row.get(6), route: try row.get(7),
        subjects: try row.get(8))
    }
  }

  private static func values(_ row: AccessRow) -> SQL {
    """
    (
      \(row.id), \(trailSchool(row.school)), \(row.staff), \(row.at), \(row.address), \(row.student), \(row.work),
      \(row.route), \(row.subjects)
    )
    """
  }
}
