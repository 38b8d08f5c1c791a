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
      SELECT id, from_stage, to_stage, standing, reason, by_id, at_day
      FROM case_transition
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY id
      """
    ) {
      Transition(
        id: try $0.get(0), caseFile: file.id, from: try $0.optional(1), to: try $0.get(2),
        standing: try $0.get(3),
        reason: try $0.get(4), by: try $0.get(5), at: try $0.get(6))
    }
  }
}

extension Session {
  public func transitions(of file: CaseFile) -> Transitions { Transitions(session: self, file: file) }
}
