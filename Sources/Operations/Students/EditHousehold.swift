public import CaseWork
internal import Foundation
internal import Practice
internal import Repositories
internal import Store

/// Changes what is known of a student and the people around them.
///
/// Each of these is one act with its own event; they share the right and the way the student is found.
public struct EditHousehold: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves a changed profile; `version` is the version it was read in.
  public func profile(
    _ profile: Student.Profile, of id: ID<Student>, version: Int, by staff: Staff
  ) async throws {
    let checked = try StudentInput.checked(profile)
    try await change(id, by: staff, act: "edit-profile") { students, student, _ in
      guard student.version == version else { throw Refusal.conflict(.changedByAnother) }
      var changed = student
      changed.profile = checked
      try students.update(changed)
    }
  }

  /// Adds a relative; the id it carries is kept, and what was sent as `form` is done once.
  public func add(
    _ relative: Relative, to id: ID<Student>, by staff: Staff, form: SentForm? = nil
  ) async throws {
    let checked = try StudentInput.checked(relative, relations: relations)
    try await change(id, by: staff, form: form, act: "add-relative", detail: relative.id.description) {
      students, student, _ in
      try students.insert(checked, of: student.id, in: student.school)
    }
  }

  public func change(_ relative: Relative, of id: ID<Student>, version: Int, by staff: Staff) async throws {
    let checked = try StudentInput.checked(relative, relations: relations)
    try await change(id, by: staff, act: "change-relative", detail: relative.id.description) {
      students, student, _ in
      try students.update(checked, of: student.id, in: student.school, version: version)
    }
  }

  /// Ends a relation: the person stays in the history and is called no more.
  public func end(_ relative: ID<Relative>, of id: ID<Student>, version: Int, by staff: Staff) async throws {
    try await change(id, by: staff, act: "end-relative", detail: relative.description) {
      students, student, instant in
      try students.end(relative, of: student.id, in: student.school, version: version, at: instant)
    }
  }

  /// That a welfare category or family form was confirmed on `day`; never the evidence.
  public func confirm(_ code: String, on day: Day, of id: ID<Student>, by staff: Staff) async throws {
    let lists = ["welfare-category", "family-form"].compactMap {
      office.practice.codes[CodeList.Name(rawValue: $0)]
    }
    guard lists.contains(where: { $0[code] != nil }) else {
      throw Refusal.invalid([Problem("code", "unknown-code")])
    }
    guard day <= Day(inKoreaAt: office.clock()) else {
      throw Refusal.invalid([Problem("day", "in-the-future")])
    }
    try await change(id, by: staff, act: "confirm-category", detail: code) { students, student, _ in
      try students.confirm(
        CaseWork.Category(code: code, confirmedOn: day, confirmedBy: staff.id), of: student)
    }
  }

  public func endCategory(_ code: String, on day: Day, of id: ID<Student>, by staff: Staff) async throws {
    try await change(id, by: staff, act: "end-category", detail: code) { students, student, _ in
      try students.endCategory(code, of: student, on: day)
    }
  }

  private var relations: CodeList? { office.practice.codes[CodeList.Name(rawValue: "relation")] }

  private func change(
    _ id: ID<Student>, by staff: Staff, form: SentForm? = nil, act: String, detail: String = "",
    _ body: @escaping @Sendable (Students, Student, Date) throws -> Void
  ) async throws {
    let instant = office.clock()
    let event: ID<Event> = office.id(at: instant)
    let (vault, permissions) = (office.vault, office.practice.permissions)
    try await office.database.write { session in
      try form?.take(by: staff.id, at: instant, in: session)
      let students = session.students(of: staff.schools, vault)
      let student = try students.find(id)
      try StudentRights.requireHousehold(.editHousehold, in: student.school, of: staff, by: permissions)
      try body(students, student, instant)
      try session.events.append(
        Event(
          id: event, school: student.school, staff: staff.id, at: instant, act: act, subjectKind: "student",
          subject: id.description, detail: detail))
    }
  }
}
