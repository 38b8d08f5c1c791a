public import CaseWork
public import Foundation
internal import Store
internal import Vault

/// A relative with the version it was read in, and whether it still holds.
public struct KeptRelative: Hashable, Sendable {
  public let relative: Relative
  public let version: Int
  public let endedAt: Date?

  public init(relative: Relative, version: Int, endedAt: Date?) {
    self.relative = relative
    self.version = version
    self.endedAt = endedAt
  }
}

extension Students {
  /// The household of a student, those that ended last.
  public func relatives(of student: Student) throws -> [KeptRelative] {
    let owner = KeyOwner.student(student.id, student.school)
    return try session.rows(
      """
      SELECT id, version, ended_at, sealed
      FROM relative
      WHERE school_id = \(student.school) AND student_id = \(student.id) AND school_id IN \(SQL.list(schools))
      ORDER BY ended_at IS NOT NULL, id
      """
    ) { row in
      let id: ID<Relative> = try row.get(0)
      let version: Int = try row.get(1)
      return KeptRelative(
        relative: try sealer.open(
          json: Relative.self, row.get(3), of: owner, at: Self.relativePlace(id, version)),
        version: version, endedAt: try row.optional(2))
    }
  }

  public func insert(_ relative: Relative, of student: ID<Student>, in school: ID<School>) throws {
    guard schools.contains(school) else { throw Refusal.notFound }
    let sealed = try sealer.seal(
      json: relative, for: .student(student, school), at: Self.relativePlace(relative.id, 1))
    try session.execute(
      """
      INSERT INTO relative
        (school_id, student_id, id, relation, is_legal_guardian, must_not_contact, ended_at, sealed, version)
      VALUES
        (\(school), \(student), \(relative.id), \(relative.relation), \(relative.isLegalGuardian),
         \(relative.mustNotContact), NULL, \(sealed), 1)
      """)
  }

  public func update(
    _ relative: Relative, of student: ID<Student>, in school: ID<School>, version: Int
  ) throws {
    let sealed = try sealer.seal(
      json: relative, for: .student(student, school), at: Self.relativePlace(relative.id, version + 1))
    let changed = try session.execute(
      """
      UPDATE relative
      SET relation = \(relative.relation), is_legal_guardian = \(relative.isLegalGuardian),
        must_not_contact = \(relative.mustNotContact), sealed = \(sealed), version = \(version + 1)
      WHERE school_id = \(school) AND student_id = \(student) AND id = \(relative.id) AND version = \(version)
        AND ended_at IS NULL AND school_id IN \(SQL.list(schools))
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// Ends a relation without forgetting it. The version stays, for the sealed value is bound to it.
  public func end(
    _ relative: ID<Relative>, of student: ID<Student>, in school: ID<School>, version: Int, at instant: Date
  ) throws {
    let changed = try session.execute(
      """
      UPDATE relative
      SET ended_at = \(instant)
      WHERE school_id = \(school) AND student_id = \(student) AND id = \(relative) AND version = \(version)
        AND ended_at IS NULL AND school_id IN \(SQL.list(schools))
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  static func relativePlace(_ id: ID<Relative>, _ version: Int) -> Binding {
    Binding(table: "relative", record: id.description, version: version)
  }
}
