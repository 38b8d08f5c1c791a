import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Vault

/// A school like the others: a thousand students, four case managers, two hundred cases.
struct SchoolCopy {
  static let students = 1000
  static let managers = 4
  /// One student in so many has a case.
  private static let caseEvery = 5

  let number: Int
  let model: CaseModel
  let world: World
  let today: Day

  init(number: Int, of model: CaseModel, in world: World, on today: Day) {
    self.number = number
    self.model = model
    self.world = world
    self.today = today
  }

  /// What somebody types at the door: `bench<school>-<manager>`.
  static func signIn(_ school: Int, _ manager: Int) -> (name: String, password: String) {
    ("bench\(school)-\(manager)", "a-long-password-of-the-bench")
  }

  func write() async throws {
    let office = world.office
    let school = try await AddSchool(office)("시험\(number + 1)초등학교(가상)", .elementary, by: nil)
    let year = SchoolYear.year(of: today)
    try await SetSchoolYear(office)(
      SchoolYear(
        year: year, firstTermEnds: Day(year, 8, 20) ?? today,
        breaks: [(Day(year, 7, 21) ?? today)...(Day(year, 8, 17) ?? today)]),
      of: school.id, by: nil)
    var managers: [ID<Staff>] = []
    for manager in 0..<Self.managers {
      let (name, password) = Self.signIn(number, manager)
      let role = Assignment(school: school.id, role: .caseManager, from: SchoolYear.firstDay(of: year))
      managers.append(
        try await AddStaff(office)(
          Name.of(number * 7 + manager), signInName: name, assignments: [role], password: password, by: nil
        ).id)
    }
    try await writeStudents(of: school.id, managers, year)
  }

  private func writeStudents(of school: ID<School>, _ managers: [ID<Staff>], _ year: Int) async throws {
    let students = (0..<Self.students).map {
      index -> (student: Student, key: String, enrolment: Enrolment?) in
      let seat = number * Self.students + index
      let profile = Student.Profile(
        name: Name.of(seat), birthDay: Day(ordinal: 42_000 - seat % 2000), number: "\(seat)")
      return (
        Student(id: ID(UUID7.new()), school: school, version: 1, profile: profile), profile.number,
        Enrolment(
          year: year, grade: index % 6 + 1, className: String(index / 6 % 6 + 1), seat: index / 36 + 1)
      )
    }
    let (model, vault, today) = (model, world.office.vault, today)
    try await world.database.write { session in
      let sealer = session.keys(vault)
      try session.students(of: [school], with: sealer).insert(students)
      var copies = Copies(model, session: session, sealer: sealer)
      for (index, entry) in students.enumerated() where index % Self.caseEvery == 0 {
        let count = index / Self.caseEvery
        // From a little late to two months ahead, so that every desk has something of each kind.
        try copies.add(
          for: entry.student.id, in: school, by: managers[count % managers.count], number: count,
          days: today.ordinal - 5 + count / managers.count % 60)
      }
      try copies.finish()
    }
    vault.forgetAll()
  }
}

/// Names as they are common in Korea, each part invented into others by its number.
enum Name {
  private static let families = Array("김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심")
  private static let firsts = Array("민서도하지윤예준시우주은현수아채건연태유승")
  private static let seconds = Array("준서윤우호아원현진빈율은린영재혁솔람희별")

  static func of(_ number: Int) -> String {
    String([
      families[number % families.count], firsts[number / 7 % firsts.count],
      seconds[number / 3 % seconds.count],
    ])
  }
}

/// An id that sorts by time, as the program's own do.
enum UUID7 {
  static func new() -> UUID { ID<Student>(at: Date(), random: UUID()).value }
}
