public import CaseWork
internal import Foundation
internal import Practice
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
  public let schoolName: String
  /// Those the reader may see, the newest episode first.
  public let cases: [CaseFile]
  public let rights: Rights

  /// What the reader may do from here.
  public struct Rights: Hashable, Sendable {
    public let readsHousehold: Bool
    public let editsHousehold: Bool
    public let refers: Bool
    public let startsEmergency: Bool

    public init(readsHousehold: Bool, editsHousehold: Bool, refers: Bool, startsEmergency: Bool) {
      self.readsHousehold = readsHousehold
      self.editsHousehold = editsHousehold
      self.refers = refers
      self.startsEmergency = startsEmergency
    }
  }

  public init(
    id: ID<Student>, school: ID<School>, version: Int, name: String, birthDay: Day?, number: String,
    sex: String?,
    enrolments: [Enrolment], schoolName: String, cases: [CaseFile], rights: Rights
  ) {
    self.id = id
    self.school = school
    self.version = version
    self.name = name
    self.birthDay = birthDay
    self.number = number
    self.sex = sex
    self.enrolments = enrolments
    self.schoolName = schoolName
    self.cases = cases
    self.rights = rights
  }
}

/// Reads who a student is.
public struct ReadStudent: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<Student>, by asker: Asker) async throws -> StudentPage {
    let schools = asker.staff.schools(as: StudentRights.finding)
    let (vault, permissions) = (office.vault, office.practice.permissions)
    let (staff, day) = (asker.staff, Day(inKoreaAt: office.clock()))
    let page = try await office.database.read { session in
      let students = session.students(of: schools, vault)
      let student = try students.find(id)
      let held = staff.roles(in: student.school)
      let may = { (act: Act) in StudentRights.allow(act, as: held, by: permissions) }
      return StudentPage(
        id: id, school: student.school, version: student.version, name: student.profile.name,
        birthDay: student.profile.birthDay, number: student.profile.number, sex: student.profile.sex,
        enrolments: try students.enrolments(of: id),
        schoolName: try session.schools.find(student.school)?.name ?? "",
        cases: try session.caseFiles(seenBy: staff, on: day).of(id, in: student.school),
        rights: .init(
          readsHousehold: may(.readHousehold), editsHousehold: may(.editHousehold), refers: may(.refer),
          startsEmergency: may(.startEmergency)))
    }
    try await office.recordAccess(by: asker, work: "read-student", student: id, school: page.school)
    return page
  }
}
