public import CaseWork
public import Store
import Vault

/// The steps a case took; rows are only ever added.
public struct Transitions {
  let session: any Session
  let file: CaseFile

  /// Adds a step; `sealed` is the reason in words, where one was given.
  public func add(_ transition: Transition, sealed: [UInt8]?) throws {
    try session.execute(
      """
      INSERT INTO case_transition (
        school_id, case_id, id, from_stage, to_stage, standing, reason, by_id, at_day, sealed)
      VALUES (
        \(file.school), \(file.id), \(transition.id), \(transition.from), \(transition.to), \(transition.standing),
        \(transition.reason), \(transition.by), \(transition.at), \(sealed))
      """
    )
  }

  public func all() throws -> [Transition] {
    try session.rows(
      """
      SELECT \(Transition.columns)
      FROM case_transition
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY id
      """,
      Transition.init(row:))
  }
}

extension Session {
  public func transitions(of file: CaseFile) -> Transitions { Transitions(session: self, file: file) }
}

extension Transition {
  static let columns: SQL = "id, case_id, from_stage, to_stage, standing, reason, by_id, at_day"

  init(row: borrowing Row) throws {
    self.init(
      id: try row.get(0), caseFile: try row.get(1), from: try row.optional(2), to: try row.get(3),
      standing: try row.get(4), reason: try row.get(5), by: try row.get(6), at: try row.get(7))
  }
}
