public import CaseWork
import Foundation
public import Store
import Vault

extension Session {
  /// Whether the student is one of the school's.
  public func isStudent(_ student: ID<Student>, of school: ID<School>) throws -> Bool {
    try row(
      """
      SELECT 1 FROM student s
      WHERE s.school_id = \(school) AND s.id = \(student) AND \(SQL.kept("s.school_id", "s.id"))
      """
    ) { _ in true } ?? false
  }

  /// Students of some schools, opened with keys that one transaction shares.
  public func students(
    of schools: [ID<School>], with sealer: Sealer, remembering memory: RememberedStudents? = nil
  ) -> Students {
    Students(session: self, sealer: sealer, schools: schools, memory: memory)
  }

  /// The names of some members of staff, in one statement.
  public func staffNames(of ids: Set<ID<Staff>>, with sealer: Sealer) throws -> [ID<Staff>: String] {
    var names: [ID<Staff>: String] = [:]
    guard !ids.isEmpty else { return names }
    try forEach("SELECT id, sealed, version FROM staff WHERE id IN \(SQL.list(ids.sorted()))") {
      let id: ID<Staff> = try $0.get(0)
      let place = Binding(table: "staff", record: id.description, version: try $0.get(2))
      names[id] = try sealer.open(json: StaffName.self, $0.get(1), of: .office, at: place).name
    }
    return names
  }
}

/// The part of a member of staff that lists show.
private struct StaffName: Decodable {
  let name: String
}
