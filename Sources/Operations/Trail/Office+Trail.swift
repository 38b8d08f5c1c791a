public import CaseWork
internal import Foundation
internal import Repositories
internal import Store

extension Office {
  /// Leaves the access row of one reading; durable when this returns, so call it before the answer goes out.
  ///
  /// - Parameters:
  ///   - asker: who read, from where, on which page.
  ///   - work: what was done: `read-case`, `list-cases`, `export`.
  ///   - student: whose data, where it was one student's.
  ///   - school: the student's, or the one whose list was read.
  ///   - subjects: how many people's data were shown.
  /// - Throws: what the store throws; then nothing may be shown.
  public func recordAccess(
    by asker: Asker, work: String, student: ID<Student>? = nil, school: ID<School>?, subjects: Int = 1
  ) async throws {
    let instant = time
    try await trail.record(
      AccessRow(
        id: id(at: instant), school: school, staff: asker.staff.id, at: instant, address: asker.address,
        student: student, work: work, route: asker.route, subjects: subjects))
  }
}
