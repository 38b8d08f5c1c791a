public import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

extension Desk {
  /// Some students as lists show them: their keys come in one statement a school, not one by one.
  func lines(of subjects: [Subject]) throws -> [Subject: StudentLine] {
    guard !subjects.isEmpty else { return [:] }
    let wanted = Set(subjects)
    let found = try session.students(
      of: Set(wanted.map(\.school)).sorted(), with: sealer, remembering: office.students
    )
    .some(wanted.map(\.student), year: SchoolYear.year(of: day))
    return Dictionary(
      found.map { (Subject($0.id, $0.school), StudentLine($0)) }, uniquingKeysWith: { first, _ in first })
  }

  func line(of file: CaseFile) throws -> StudentLine {
    let subject = Subject(file.student, file.school)
    return try lines(of: [subject])[subject] ?? .unknown(file.student)
  }

  /// The student's birth day, where it is known.
  func birthDay(of student: ID<Student>, in school: ID<School>) throws -> Day? {
    let subject = Subject(student, school)
    return try lines(of: [subject])[subject]?.birthDay
  }

  /// Whether the student is one of the school's; noted for the access log unless the act may leave no trace.
  func isStudent(_ student: ID<Student>, of school: ID<School>, isTraced: Bool = true) throws -> Bool {
    let exists = try session.isStudent(student, of: school)
    if exists, isTraced { touched.subjects.insert(Subject(student, school)) }
    return exists
  }

  /// Which days are school days in a school.
  func calendar(of school: ID<School>) throws -> SchoolCalendar {
    try session.schools.calendar(of: school, holidays: practice.holidays)
  }

  /// The same for several schools, in one statement.
  func calendars(of schools: some Sequence<ID<School>>) throws -> [ID<School>: SchoolCalendar] {
    try session.schools.calendars(of: schools, holidays: practice.holidays)
  }

  func staffNames(_ ids: some Sequence<ID<Staff>>) throws -> [ID<Staff>: String] {
    var names = try session.staffNames(of: Set(ids).subtracting([staff.id]), with: sealer)
    // Who asks is known by name; most lists of one's own cases name nobody else.
    names[staff.id] = staff.name
    return names
  }
}

/// A student as a line of a list shows one.
public struct StudentLine: Hashable, Sendable {
  public let id: ID<Student>
  public let name: String
  /// Tells two students of one name apart.
  public let birthDay: Day?
  /// `2-3`, in the present school year.
  public let classLabel: String?

  init(_ student: FoundStudent) {
    id = student.id
    name = student.name
    birthDay = student.birthDay
    classLabel = student.enrolment?.classLabel
  }

  public init(id: ID<Student>, name: String, birthDay: Day?, classLabel: String?) {
    self.id = id
    self.name = name
    self.birthDay = birthDay
    self.classLabel = classLabel
  }

  /// Somebody whose key is gone.
  static func unknown(_ id: ID<Student>) -> StudentLine {
    StudentLine(id: id, name: "", birthDay: nil, classLabel: nil)
  }
}
