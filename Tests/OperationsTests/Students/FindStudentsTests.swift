import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing

struct `Finding students` {
  private static let rows = [
    "2,3,1,A1,김하늘,2018-05-01", "2,3,2,A2,박하린,2018-06-01", "2,가람,3,A3,하나래,2018-07-01",
    "3,1,4,A4,이하늬,2017-07-01", "3,1,5,A5,김하늘,2017-01-02", "4,1,6,26-014,최가온,2016-01-02",
  ]

  @Test(arguments: Engine.available)
  func `names are found by two letters, by their beginning and by 초성, in the order of the alphabet`(
    _ engine: Engine
  ) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(Self.rows)
    let table: [String: [String]] = [
      "하늘": ["김하늘", "김하늘"], "하린": ["박하린"], "ㅎㄹ": ["박하린"], "ㅂㅎㄹ": ["박하린"], "박ㅎ": ["박하린"],
      "하": ["하나래"], "ㅎ": ["하나래"], "김": ["김하늘", "김하늘"], "ㅎㄴ": ["김하늘", "김하늘", "이하늬", "하나래"],
      "김 하늘": ["김하늘", "김하늘"], "없는이름": [], "": [], "늘하": [], "린": [], "%": [], "' OR 1=1 --": [],
      "2-3": ["김하늘", "박하린"], "2학년 3반": ["김하늘", "박하린"], "2-가람": ["하나래"], "3-1": ["김하늘", "이하늬"],
      "A2": ["박하린"], "a2": ["박하린"], "A": [], "26-014": ["최가온"],
    ]
    for (query, names) in table {
      #expect(try await world.names(query) == names, "\(query)")
    }
  }

  @Test(arguments: Engine.available)
  func `nobody finds a child of another school`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(Self.rows)
    try await world.bring(["1,1,1,A1,김하늘,2010-05-01"], to: world.other, by: world.stranger)
    #expect(try await world.count("SELECT COUNT(*) FROM student") == 7)
    for query in ["하늘", "ㅎㄴ", "김", "A1", "1-1", "2-3", "3-1"] {
      let own = try await FindStudents(world.office)(query, by: world.manager).hits
      #expect(own.allSatisfy { $0.student.school == world.own.id }, "\(query)")
      let others = try await FindStudents(world.office)(query, by: world.stranger).hits
      #expect(others.allSatisfy { $0.student.school == world.other.id }, "\(query)")
    }
    let hit = try #require(try await FindStudents(world.office)("하늘", by: world.manager).hits.first)
    await #expect(throws: Refusal.notFound) {
      try await ReadStudent(world.office)(hit.student.id, by: world.stranger)
    }
    await #expect(throws: Refusal.notFound) {
      try await ReadHousehold(world.office)(hit.student.id, by: world.stranger)
    }
    await #expect(throws: Refusal.notFound) {
      try await FindStudents(world.office)("하늘", in: world.own.id, by: world.stranger)
    }
    await #expect(throws: Refusal.notFound) {
      try await FindStudents(world.office)("하늘", by: world.administrator)
    }
  }

  @Test(arguments: Engine.available)
  func `a teacher finds name and class but no case; a case manager sees the open one`(
    _ engine: Engine
  ) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(Self.rows)
    let student = try #require(try await FindStudents(world.office)("하린", by: world.manager).hits.first)
      .student
    let (staff, file) = (world.manager.staff.id, UUID().uuidString.lowercased())
    try await world.office.database.write { session in
      try session.execute(
        "INSERT INTO staff (id, sign_in_token, sealed, version) VALUES (\(staff), 't', \([UInt8(1)]), 1)")
      try session.execute(
        """
        INSERT INTO case_file
          (school_id, id, student_id, number, episode, opened_on, stage, standing, manager_id, version)
        VALUES
          (\(student.school), \(file), \(student.id), '26-007', 1, '2026-03-20', 'intake', 'open', \(staff), 1)
        """)
    }
    #expect(
      try await FindStudents(world.office)("하린", by: world.manager).hits.first?.openCase?.number == "26-007")
    #expect(try await world.names("26-007") == ["박하린"])
    // A colleague of the same school leads other cases: the student is found, the case is not.
    let colleague = RosterWorld.asker("문다온", .caseManager, world.own)
    let hit = try #require(try await FindStudents(world.office)("하린", by: colleague).hits.first)
    #expect(hit.openCase == nil)
    #expect(try await world.names("26-007", by: colleague) == [])
    let principal = RosterWorld.asker("서온유", .principal, world.own)
    #expect(
      try await FindStudents(world.office)("하린", by: principal).hits.first?.openCase?.number == "26-007")
    let seen = try #require(try await FindStudents(world.office)("하린", by: world.teacher).hits.first)
    #expect(seen.openCase == nil)
    #expect(seen.student.enrolment?.classLabel == "2-3")
    #expect(try await world.names("26-007", by: world.teacher) == [])
  }

  @Test(arguments: Engine.available)
  func `fifty are shown at most, and that there are more`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(
      (1...60).map { "1,1,\($0),N\($0),김하\($0.isMultiple(of: 2) ? "늘" : "린"),2019-03-01" })
    let hits = try await FindStudents(world.office)("김하", by: world.manager)
    #expect(hits.hits.count == 50)
    #expect(hits.isCut)
    #expect(hits.hits.first?.student.name == "김하늘")
    #expect(hits.hits.last?.student.name == "김하린")
  }

  @Test(arguments: Engine.available)
  func `every look leaves an access row`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(Self.rows)
    let hit = try #require(try await FindStudents(world.office)("하린", by: world.teacher).hits.first)
    _ = try await ReadStudent(world.office)(hit.student.id, by: world.teacher)
    _ = try await ReadHousehold(world.office)(hit.student.id, by: world.manager)
    let (staff, student) = (world.teacher.staff.id, hit.student.id)
    #expect(try await world.count("SELECT COUNT(*) FROM access_row WHERE staff_id = \(staff)") == 2)
    #expect(try await world.count("SELECT COUNT(*) FROM access_row WHERE student_id = \(student)") == 2)
  }
}

struct `A student's household` {
  @Test(arguments: Engine.available)
  func `is kept by the case manager, closed to teachers, and no change is lost`(_ engine: Engine) async throws
  {
    let world = try await RosterWorld(engine)
    try await world.bring(["2,3,1,A1,김하늘,2018-05-01"])
    let id = try #require(try await FindStudents(world.office)("하늘", by: world.manager).hits.first).student.id
    await #expect(throws: Refusal.notAllowed) { try await ReadHousehold(world.office)(id, by: world.teacher) }
    let edit = EditHousehold(world.office)
    let relative = Relative(
      id: ID(at: RosterWorld.now, random: UUID()), relation: "RS06", name: "박순이", phone: "010-0000-0001",
      isLegalGuardian: true, mustNotContact: true)
    try await edit.add(relative, to: id, by: world.manager.staff)
    var page = try await ReadHousehold(world.office)(id, by: world.manager)
    #expect(page.relatives.map(\.relative) == [relative])
    var changed = relative
    changed.phone = "010-0000-0002"
    try await edit.change(changed, of: id, version: 1, by: world.manager.staff)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await edit.change(relative, of: id, version: 1, by: world.manager.staff)
    }
    try await edit.end(relative.id, of: id, version: 2, by: world.manager.staff)
    page = try await ReadHousehold(world.office)(id, by: world.manager)
    #expect(page.relatives.map(\.relative.phone) == ["010-0000-0002"])
    #expect(page.relatives.first?.endedAt == RosterWorld.now)

    var profile = page.student.profile
    profile.name = "김한울"
    profile.phone = "010-0000-0003"
    try await edit.profile(profile, of: id, version: 1, by: world.manager.staff)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await edit.profile(profile, of: id, version: 1, by: world.manager.staff)
    }
    profile.address = "180231-3000000"
    await #expect(throws: Refusal.invalid([Problem("address", "national-id")])) {
      try await edit.profile(profile, of: id, version: 2, by: world.manager.staff)
    }
    #expect(try await world.names("한울") == ["김한울"])
    #expect(try await world.names("하늘") == [])
    // The list does not know the phone, so it stays.
    try await world.bring(["2,3,1,A1,김한울,2018-05-01"])
    page = try await ReadHousehold(world.office)(id, by: world.manager)
    #expect(page.student.profile.phone == "010-0000-0003")
  }

  @Test(arguments: Engine.available)
  func `categories are confirmed and ended, unknown ones refused`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(["2,3,1,A1,김하늘,2018-05-01"])
    let id = try #require(try await FindStudents(world.office)("하늘", by: world.manager).hits.first).student.id
    let edit = EditHousehold(world.office)
    let code = try #require(world.office.practice.list("welfare-category").codes.first).value
    let day = try #require(Day(2026, 3, 20))
    try await edit.confirm(code, on: day, of: id, by: world.manager.staff)
    #expect(try await ReadHousehold(world.office)(id, by: world.manager).categories.map(\.code) == [code])
    await #expect(throws: Refusal.invalid([Problem("code", "unknown-code")])) {
      try await edit.confirm("XX", on: day, of: id, by: world.manager.staff)
    }
    await #expect(throws: Refusal.invalid([Problem("day", "in-the-future")])) {
      try await edit.confirm(code, on: day.adding(days: 60), of: id, by: world.manager.staff)
    }
    try await edit.endCategory(code, on: day.adding(days: 1), of: id, by: world.manager.staff)
    #expect(try await ReadHousehold(world.office)(id, by: world.manager).categories == [])
  }

  @Test(arguments: Engine.available)
  func `a student by hand is found, and the same number is not given twice`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let add = AddStudent(world.office)
    let profile = Student.Profile(name: "오새벽", birthDay: Day(2018, 4, 4), number: "B1")
    let enrolment = Enrolment(year: 2026, grade: 2, className: "1")
    _ = try await add(profile, enrolment: enrolment, in: world.own.id, by: world.manager.staff)
    await #expect(throws: Refusal.conflict(.alreadyExists)) {
      try await add(profile, enrolment: enrolment, in: world.own.id, by: world.manager.staff)
    }
    #expect(try await world.names("새벽") == ["오새벽"])
  }
}

struct `Schools and their years` {
  @Test(arguments: Engine.available)
  func `a year's vacations make its calendar`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let day = { (month: Int, day: Int) in Day(2026, month, day) ?? Day(ordinal: 0) }
    let year = SchoolYear(
      year: 2026, firstTermEnds: day(8, 16), breaks: [day(7, 22)...day(8, 16), day(12, 30)...day(12, 31)])
    try await SetSchoolYear(world.office)(year, of: world.own.id, by: world.manager.staff)
    #expect(try await ReadSchools(world.office).years(of: world.own.id) == [year])
    let calendar = try await ReadSchools(world.office).calendar(of: world.own.id, holidays: [day(5, 5)])
    #expect(!calendar.isSchoolDay(day(7, 23)))
    #expect(!calendar.isSchoolDay(day(5, 5)))
    #expect(calendar.isSchoolDay(day(5, 6)))
    await #expect(throws: Refusal.notFound) {
      try await SetSchoolYear(world.office)(year, of: world.own.id, by: world.stranger.staff)
    }
    let wrong = SchoolYear(year: 2026, firstTermEnds: day(1, 16), breaks: [])
    await #expect(throws: Refusal.invalid([Problem("first-term-ends", "outside-the-year")])) {
      try await SetSchoolYear(world.office)(wrong, of: world.own.id, by: world.manager.staff)
    }
    #expect(try await ReadSchools(world.office)(of: world.manager.staff) == [world.own])
    await #expect(throws: Refusal.notAllowed) {
      try await AddSchool(world.office)("새 학교(가상)", .middle, by: world.manager.staff)
    }
  }
}
