public import CaseWork
internal import Foundation
public import Store
public import Vault

extension Session {
  public var storedKeys: StoredKeys { StoredKeys(session: self) }
}

/// The wrapped keys as rows: for changing the keys above them.
public struct StoredKeys {
  let session: any Session

  /// The office's and every school's, which the root key wraps.
  public func underRoot() throws -> [(owner: KeyOwner, wrapped: [UInt8])] {
    try session.rows(
      """
      SELECT school_id, wrapped
      FROM sealing_key
      WHERE owner_kind IN ('office', 'school') AND wrapped IS NOT NULL
      """
    ) { row in
      let school: String = try row.get(0)
      return (ID(school).map { KeyOwner.school($0) } ?? .office, try row.get(1))
    }
  }

  /// The school's own, and those of its students that are not destroyed.
  public func of(_ school: ID<School>) throws -> (own: [UInt8]?, students: [KeyOwner: [UInt8]]) {
    let own = try session.row(
      """
      SELECT wrapped
      FROM sealing_key
      WHERE school_id = \(school) AND owner_kind = 'school' AND owner_id = \(school)
      """
    ) { try $0.get(0, as: [UInt8].self) }
    let students = try session.rows(
      """
      SELECT owner_id, wrapped
      FROM sealing_key
      WHERE school_id = \(school) AND owner_kind = 'student' AND wrapped IS NOT NULL
      """
    ) { (KeyOwner.student(try $0.get(0), school), try $0.get(1, as: [UInt8].self)) }
    return (own, Dictionary(students) { first, _ in first })
  }

  public func replace(_ wrapped: [UInt8], of owner: KeyOwner) throws {
    try session.execute(
      """
      UPDATE sealing_key
      SET wrapped = \(wrapped)
      WHERE school_id = \(owner.school) AND owner_kind = \(owner.kind) AND owner_id = \(owner.id)
        AND wrapped IS NOT NULL
      """
    )
  }
}
