import CaseWork
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import Operations
@testable import Repositories

/// Names on lists come from memory, and are never others than those in the store.
@Suite struct RememberedStudentsTests {
  /// One store, and a second program on it.
  private struct Pair {
    let world: World
    let other: World
    let counting: CountingDatabase
    let file: CaseFile

    init(_ engine: Engine) async throws {
      let plain = try await World.make(on: engine)
      counting = CountingDatabase(plain.database)
      world = plain.through(counting)
      other = plain.through(plain.database)
      file = try await plain.servedCase(.harin)
      _ = try await plain.servedCase(.garam)
    }

    var student: ID<Student> { world.student(.harin) }

    /// The student's line of the case manager's list, and whether students were read for it.
    func line() async throws -> (line: StudentLine?, wasRead: Bool) {
      counting.statements.removeAll()
      let list = try await ReadCaseload(world.office)(for: world.asker(.caseManager))
      let row = list.rows.first { $0.file.id == file.id }
      return (row?.student, counting.statements.texts.contains { $0.contains("FROM student s") })
    }

    func rename(_ name: String, at office: Office) async throws {
      let page = try await ReadHousehold(office)(student, by: world.asker(.caseManager))
      var profile = page.student.profile
      profile.name = name
      try await EditHousehold(office).profile(
        profile, of: student, version: page.student.version, by: world.member(.caseManager))
    }
  }

  @Test(arguments: Engine.available)
  func `a list that was read before reads no student again`(_ engine: Engine) async throws {
    let pair = try await Pair(engine)
    let (first, second) = (try await pair.line(), try await pair.line())
    #expect(first.wasRead && !second.wasRead)
    #expect(first.line == second.line)
    #expect(first.line?.name == "박하린")
  }

  @Test(arguments: Engine.available)
  func `another name, another class and the end of a student show at once, whichever program they came by`(
    _ engine: Engine
  ) async throws {
    let pair = try await Pair(engine)
    _ = try await pair.line()
    try await pair.rename("박하나", at: pair.other.office)
    var now = try await pair.line()
    #expect(now.wasRead && now.line?.name == "박하나")
    try await pair.rename("박하린", at: pair.world.office)
    now = try await pair.line()
    #expect(now.wasRead && now.line?.name == "박하린")

    let (school, year) = (pair.world.school.id, SchoolYear.year(of: pair.world.today))
    let vault = pair.other.office.vault
    try await pair.other.office.database.write { [student = pair.student] session in
      let moved = Enrolment(year: year, grade: 3, className: "9", seat: 1)
      try session.students(of: [school], vault).set(moved, of: student, in: school)
    }
    now = try await pair.line()
    #expect(now.wasRead && now.line?.classLabel == "3-9")

    try await pair.other.office.database.write { [student = pair.student, instant = pair.world.watch.now()] in
      try $0.keys(vault).shred(student, in: school, at: instant)
    }
    // Nothing opens any more; what lies in memory is not shown in its place.
    await #expect(throws: (any Error).self) { try await pair.line() }
  }

  @Test(arguments: Engine.available)
  func `what an act wrote and gave up is not remembered`(_ engine: Engine) async throws {
    struct GivenUp: Error {}
    let pair = try await Pair(engine)
    let (school, student, office) = (pair.world.school.id, pair.student, pair.world.office)
    let year = SchoolYear.year(of: pair.world.today)
    _ = try await pair.line()
    let seen = Mutex("")
    await #expect(throws: GivenUp.self) {
      try await office.database.write { session in
        let students = session.students(
          of: [school], with: session.keys(office.vault), remembering: office.students)
        var changed = try students.find(student)
        changed.profile.name = "박아무"
        try students.update(changed)
        let name = try students.some([student], year: year).first?.name ?? ""
        seen.withLock { $0 = name }
        throw GivenUp()
      }
    }
    #expect(seen.withLock { $0 } == "박아무")
    #expect(try await pair.line().line?.name == "박하린")
  }

  @Test func `no more are remembered than allowed, and none for longer than allowed`() {
    let time = Mutex(ContinuousClock.now)
    let memory = RememberedStudents(capacity: 10, lifetime: .seconds(60)) { time.withLock { $0 } }
    let schools = (0..<3).map { _ in newID(School.self) }
    func student(in school: ID<School>) -> FoundStudent {
      FoundStudent(id: newID(Student.self), school: school, name: "박하린", birthDay: nil, enrolment: nil)
    }
    let students = schools.map { school in (0..<4).map { _ in student(in: school) } }
    for (school, some) in zip(schools, students) {
      memory.keep(some, of: some.map(\.id), year: 2026, under: [school: "a"])
      time.withLock { $0 += .seconds(1) }
    }
    #expect(memory.count <= 10)
    func known(_ index: Int, under mark: String = "a", in year: Int = 2026) -> [FoundStudent] {
      memory.take(students[index].map(\.id), year: year, under: [schools[index]: mark]).found
    }
    #expect(known(0).isEmpty)
    #expect(known(2) == students[2])
    #expect(known(2, under: "b").isEmpty)
    #expect(known(2, in: 2027).isEmpty)
    time.withLock { $0 += .seconds(60) }
    #expect(known(2).isEmpty)
  }

  @Test func `who is not there is not asked for again, and of two schools both are asked`() {
    let memory = RememberedStudents()
    let (here, there) = (newID(School.self), newID(School.self))
    let (one, nobody) = (
      FoundStudent(id: newID(Student.self), school: here, name: "박하린", birthDay: nil, enrolment: nil),
      newID(Student.self)
    )
    memory.keep([one], of: [one.id, nobody], year: 2026, under: [here: ""])
    let alone = memory.take([one.id, nobody], year: 2026, under: [here: ""])
    #expect(alone.found == [one] && alone.missing.isEmpty)
    #expect(memory.take([one.id], year: 2026, under: [here: "", there: ""]).missing == [one.id])
  }

  private func newID<Record>(_ type: Record.Type) -> ID<Record> { ID(at: Date(), random: UUID()) }
}
