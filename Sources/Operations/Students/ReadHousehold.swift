public import CaseWork
internal import Practice
public import Repositories
internal import Store

/// Contacts and household of a student.
public struct HouseholdPage: Hashable, Sendable {
  public let student: Student
  public let relatives: [KeptRelative]
  public let categories: [CaseWork.Category]
  /// Who confirmed them, by name.
  public let confirmers: [ID<Staff>: String]
  public let mayEdit: Bool

  public init(
    student: Student, relatives: [KeptRelative], categories: [CaseWork.Category],
    confirmers: [ID<Staff>: String],
    mayEdit: Bool
  ) {
    self.student = student
    self.relatives = relatives
    self.categories = categories
    self.confirmers = confirmers
    self.mayEdit = mayEdit
  }
}

/// Reads contacts, household and welfare categories: an act of its own, for it is needed less often than the name.
public struct ReadHousehold: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<Student>, by asker: Asker) async throws -> HouseholdPage {
    let (vault, permissions) = (office.vault, office.practice.permissions)
    let page = try await office.database.read { session in
      let students = session.students(of: asker.staff.schools, vault)
      let student = try students.find(id)
      try StudentRights.requireHousehold(.readHousehold, in: student.school, of: asker.staff, by: permissions)
      let categories = try students.categories(of: student)
      return HouseholdPage(
        student: student, relatives: try students.relatives(of: student), categories: categories,
        confirmers: try session.staffMembers(vault).names(of: Set(categories.map(\.confirmedBy))),
        mayEdit: StudentRights.allow(
          .editHousehold, as: asker.staff.roles(in: student.school), by: permissions))
    }
    try await office.recordAccess(by: asker, work: "read-household", student: id, school: page.student.school)
    return page
  }
}
