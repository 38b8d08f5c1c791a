public import CaseWork
public import Foundation
public import Store

/// One version of what is told of somebody around a student, as it lies in the store.
public struct StoredInformalResource: Sendable {
  public let id: ID<InformalResource>
  public let version: Int
  public let by: ID<Staff>
  public let at: Date
  public let sealed: [UInt8]
}

/// The people around one student who can help, found only through a case of the student.
public struct InformalResources {
  let session: any Session
  let file: CaseFile

  /// Every version of each, the oldest first.
  public func all() throws -> [StoredInformalResource] {
    try session.rows(
      """
      SELECT id, version, by_id, at, sealed
      FROM informal_resource
      WHERE school_id = \(file.school) AND student_id = \(file.student)
      ORDER BY id, version
      """
    ) { row in
      StoredInformalResource(
        id: try row.get(0), version: try row.get(1), by: try row.get(2), at: try row.get(3),
        sealed: try row.get(4))
    }
  }

  /// Adds the next version; what was told before stays.
  ///
  /// - Throws: `Refusal.conflict` where another has changed it since `version - 1`.
  public func add(
    _ id: ID<InformalResource>, version: Int, by staff: ID<Staff>, at instant: Date, sealed: [UInt8]
  ) throws {
    let newest = try session.row(
      """
      SELECT version
      FROM informal_resource
      WHERE school_id = \(file.school) AND student_id = \(file.student) AND id = \(id)
      ORDER BY version DESC
      LIMIT 1
      """
    ) { try $0.get(0, as: Int.self) }
    guard (newest ?? 0) == version - 1 else { throw Refusal.conflict(.changedByAnother) }
    try session.execute(
      """
      INSERT INTO informal_resource (school_id, student_id, id, version, by_id, at, sealed)
      VALUES (\(file.school), \(file.student), \(id), \(version), \(staff), \(instant), \(sealed))
      """)
  }
}

extension Session {
  public func informalResources(of file: CaseFile) -> InformalResources {
    InformalResources(session: self, file: file)
  }
}
