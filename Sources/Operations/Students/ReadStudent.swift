public import CaseWork
internal import Repositories
internal import Store

/// A student as everybody of the school who may refer sees them: no contacts, no household.
public struct StudentPage: Hashable, Sendable {
  public let id: ID<Student>
  public let school: ID<School>
  public let version: Int
  public let name: String
  public let birthDay: Day?
  public let number: String
  public let sex: String?
  /// The newest first.
  public let enrolments: [Enrolment]
}

/// Reads who a student is.
public struct ReadStudent: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<Student>, by asker: Asker) async throws -> StudentPage {
    let schools = asker.staff.schools(as: StudentRights.finding)
    let vault = office.vault
    let page = try await office.database.read { session in
      let students = session.students(of: schools, vault)
      let student = try students.find(id)
      return StudentPage(
        id: id, school: student.school, version: student.version, name: student.profile.name,
        birthDay: student.profile.birthDay, number: student.profile.number, sex: student.profile.sex,
        enrolments: try students.enrolments(of: id))
    }
    try await office.recordAccess(by: asker, work: "read-student", student: id, school: page.school)
    return page
  }
}
