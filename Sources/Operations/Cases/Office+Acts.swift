import CaseWork
import Foundation
import Repositories
import Store
import Vault

extension Office {
  /// One act: one transaction, one reading of the clock, and a row of the access log for each student it touched.
  func act<T: Sendable>(by asker: Asker, _ body: @escaping @Sendable (Desk) throws -> T) async throws -> T {
    let instant = time
    return try await database.write { session in
      try asker.form?.take(by: asker.staff.id, at: instant, in: session)
      let desk = Desk(
        office: self, session: session, asker: asker, instant: instant, sealer: session.keys(vault))
      let result = try body(desk)
      if let draft = asker.draft { try session.drafts(of: asker.staff.id, vault).discard(draft) }
      try session.accessRows.append(
        desk.touched.subjects.sorted { $0.student < $1.student }.map {
          desk.accessRow(work: "write", student: $0.student, school: $0.school, subjects: 1)
        })
      return result
    }
  }

  /// One reading: a snapshot, and its rows of the access log durable before the answer goes out.
  func look<T: Sendable>(
    _ work: String, by asker: Asker, _ body: @escaping @Sendable (Desk) throws -> Looked<T>
  ) async throws -> T {
    let instant = time
    let (value, rows) = try await database.read { session in
      let desk = Desk(
        office: self, session: session, asker: asker, instant: instant, sealer: session.keys(vault))
      let looked = try body(desk)
      return (looked.value, desk.rows(of: looked, work: work))
    }
    try await trail.record(rows)
    return value
  }
}

/// A student of a school, as keys and the access log name them.
struct Subject: Hashable, Sendable {
  let student: ID<Student>
  let school: ID<School>

  init(_ student: ID<Student>, _ school: ID<School>) {
    self.student = student
    self.school = school
  }
}

/// Collects whose data one act touched, and what it has opened; a box, for the desk is a value. It lives as long as the
/// transaction.
final class Touched {
  var subjects: Set<Subject> = []
  var opened: [Binding: Answers] = [:]
}

/// What was read, and whose it was.
struct Looked<Value> {
  let value: Value
  let students: [Subject]
  /// Schools in which something was read that the log may not tie to a student.
  let unnamed: [ID<School>]

  init(_ value: Value, at students: [Subject]) {
    self.value = value
    self.students = students
    unnamed = []
  }

  init(_ value: Value, unnamedAt schools: [ID<School>]) {
    self.value = value
    students = []
    unnamed = schools
  }
}

extension Desk {
  func accessRow(work: String, student: ID<Student>?, school: ID<School>, subjects: Int) -> AccessRow {
    AccessRow(
      id: newID(), school: school, staff: staff.id, at: instant, address: asker.address, student: student,
      work: work,
      route: asker.route, subjects: subjects)
  }

  /// One row a student where few were read, one a school for a list.
  fileprivate func rows<T>(of looked: Looked<T>, work: String) -> [AccessRow] {
    let students = Set(looked.students)
    if students.count == 1, let only = students.first {
      return [accessRow(work: work, student: only.student, school: only.school, subjects: 1)]
    }
    let counts = Dictionary(grouping: students, by: \.school).mapValues(\.count)
    let unnamed = Dictionary(grouping: looked.unnamed) { $0 }.mapValues(\.count)
    return counts.merging(unnamed, uniquingKeysWith: +).sorted { $0.key < $1.key }.map { school, count in
      accessRow(work: work, student: nil, school: school, subjects: count)
    }
  }

  func note(
    _ act: String, _ kind: String, _ subject: String, in school: ID<School>, caseFile: ID<CaseFile>? = nil,
    detail: String = ""
  ) throws {
    try session.events.append(
      Event(
        id: newID(), school: school, staff: staff.id, at: instant, act: act, subjectKind: kind,
        subject: subject,
        caseFile: caseFile, detail: detail))
  }
}
