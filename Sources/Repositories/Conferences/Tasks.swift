public import CaseWork
public import Foundation
public import Store

/// Something one person promised to do until a day: decided in a conference, or noted by oneself.
public struct CaseTask: Hashable, Sendable {
  public let id: ID<CaseTask>
  public let school: ID<School>
  public let caseFile: ID<CaseFile>
  public let record: ID<CaseRecord>?
  public let staff: ID<Staff>
  public let due: Day
  public let doneAt: Date?
  public let version: Int

  public init(
    id: ID<CaseTask>, school: ID<School>, caseFile: ID<CaseFile>, record: ID<CaseRecord>?, staff: ID<Staff>,
    due: Day,
    doneAt: Date? = nil, version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.caseFile = caseFile
    self.record = record
    self.staff = staff
    self.due = due
    self.doneAt = doneAt
    self.version = version
  }
}

public struct Tasks {
  let session: any Session

  /// Adds a task; `sealed` is what is to be done.
  public func insert(_ task: CaseTask, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO task (school_id, id, case_id, record_id, staff_id, due_day, sealed, version)
      VALUES (
        \(task.school), \(task.id), \(task.caseFile), \(task.record), \(task.staff), \(task.due), \(sealed),
        \(task.version))
      """
    )
  }

  /// A task as the one who shall do it, or who sees its case, finds it.
  public func find(_ id: ID<CaseTask>, in schools: [ID<School>]) throws -> (task: CaseTask, sealed: [UInt8]) {
    let found = try session.row(
      """
      SELECT \(CaseTask.columns)
      FROM task t
      WHERE t.school_id IN \(SQL.list(schools)) AND t.id = \(id)
      """
    ) { row in (task: try CaseTask(row: row), sealed: try row.get(8, as: [UInt8].self)) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  public func finish(_ task: CaseTask, at instant: Date) throws {
    let changed = try session.execute(
      """
      UPDATE task
      SET done_at = \(instant), version = version + 1
      WHERE school_id = \(task.school) AND id = \(task.id) AND version = \(task.version) AND done_at IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// What one person has still to do.
  public func open(
    of staff: ID<Staff>, atMost limit: Int
  ) throws -> [(task: CaseTask, student: ID<Student>, sealed: [UInt8])] {
    try session.rows(
      """
      SELECT \(CaseTask.columns), c.student_id
      FROM task t
      JOIN case_file c ON c.school_id = t.school_id AND c.id = t.case_id
      WHERE t.staff_id = \(staff) AND t.done_at IS NULL
      ORDER BY t.due_day, t.id
      LIMIT \(limit)
      """
    ) { row in
      (task: try CaseTask(row: row), student: try row.get(9), sealed: try row.get(8, as: [UInt8].self))
    }
  }

  public func of(_ file: CaseFile) throws -> [(task: CaseTask, sealed: [UInt8])] {
    try session.rows(
      """
      SELECT \(CaseTask.columns)
      FROM task t
      WHERE t.school_id = \(file.school) AND t.case_id = \(file.id)
      ORDER BY t.due_day, t.id
      """
    ) { row in (task: try CaseTask(row: row), sealed: try row.get(8, as: [UInt8].self)) }
  }
}

extension Session {
  public var tasks: Tasks { Tasks(session: self) }
}

extension CaseTask {
  static let columns: SQL =
    "t.id, t.school_id, t.case_id, t.record_id, t.staff_id, t.due_day, t.done_at, t.version, t.sealed"

  init(row: borrowing Row) throws {
    self.init(
      id: try row.get(0), school: try row.get(1), caseFile: try row.get(2), record: try row.optional(3),
      staff: try row.get(4), due: try row.get(5), doneAt: try row.optional(6), version: try row.get(7))
  }
}
