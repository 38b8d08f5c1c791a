public import CaseWork
internal import Foundation
internal import Repositories
internal import Store

/// Adds one student by hand: who came after the class list.
public struct AddStudent: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ profile: Student.Profile, enrolment: Enrolment, in school: ID<School>, by staff: Staff
  ) async throws -> ID<Student> {
    try StudentRights.require(StudentRights.importing, in: school, of: staff)
    let checked = try StudentInput.checked(profile)
    let instant = office.clock()
    let (id, event): (ID<Student>, ID<Event>) = (office.id(at: instant), office.id(at: instant))
    let vault = office.vault
    try await office.database.write { session in
      try session.students(of: [school], vault).insert(
        Student(id: id, school: school, version: 1, profile: checked), key: checked.number,
        enrolment: enrolment)
      try session.events.append(
        Event(
          id: event, school: school, staff: staff.id, at: instant, act: "add-student", subjectKind: "student",
          subject: id.description))
    }
    return id
  }
}
