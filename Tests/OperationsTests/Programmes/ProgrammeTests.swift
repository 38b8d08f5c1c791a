import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct ProgrammeTests {
  @Test(arguments: Engine.available)
  func `who finds no place waits, and a worker gives the place that comes free`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<4)
    let programme = try await world.programme(places: 2)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    #expect(seats.map(\.state) == [.enrolled, .enrolled, .waiting, .waiting])
    await #expect(throws: Refusal.invalid([Problem("cases.0", "already-there")])) {
      try await EnrolInProgramme(office)([files[3].id], in: programme.id, by: manager)
    }
    await #expect(throws: Refusal.invalid([Problem("seats", "programme-full")])) {
      try await MoveUpInProgramme(office)(seats[2].id, from: 1, in: programme.id, by: manager)
    }
    try await LeaveProgramme(office)(
      seats[0].id, from: 1, in: programme.id, because: "이사를 간다.", by: manager)
    var card = try await ReadProgramme(office)(programme.id, for: manager)
    #expect(card.list.nextToMoveUp?.id == seats[2].id)
    #expect(card.seats.first { $0.seat.id == seats[0].id }?.remark == "이사를 간다.")
    await #expect(throws: Refusal.invalid([Problem("seats", "not-first-waiting")])) {
      try await MoveUpInProgramme(office)(seats[3].id, from: 1, in: programme.id, by: manager)
    }
    // Whoever comes anew does not overtake those who wait.
    let late = try await world.participant(9)
    #expect(
      try await EnrolInProgramme(office)([late.id], in: programme.id, by: manager).map(\.state) == [.waiting])
    try await MoveUpInProgramme(office)(seats[2].id, from: 1, in: programme.id, by: manager)
    card = try await ReadProgramme(office)(programme.id, for: manager)
    #expect(card.list.enrolled.map(\.id) == [seats[1].id, seats[2].id])
    #expect(card.list.waiting.map(\.caseFile) == [files[3].id, late.id])
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await LeaveProgramme(office)(seats[2].id, from: 1, in: programme.id, by: manager)
    }
    #expect(try await VerifyTrail(office)(by: nil).isWhole)
  }

  @Test(arguments: Engine.available)
  func `twenty students in one sweep: a service for everybody who came, and none for the others`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<20)
    let programme = try await world.programme(places: 20)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    let parts = seats.enumerated().map { index, seat in
      HoldSession.Part(
        seat.id, index < 16 ? .present : index == 16 ? .late : index == 17 ? .excused : .absent,
        line: index == 0 ? "먼저 차례를 양보했다." : index == 19 ? "감기" : nil)
    }
    let held = try await HoldSession(office)(
      programme.id, number: 1, topic: "부탁하기", world.session, for: parts, by: manager)
    let card = try await ReadProgramme(office)(programme.id, for: manager)
    #expect(
      (card.totals.sessions, card.totals.students, card.totals.visits, card.totals.minutes) == (1, 17, 17, 40)
    )
    #expect(card.totals.rate == 89)
    let marks = card.attendance(of: held.id)
    #expect(marks.count == 20)
    let record = try #require(marks[seats[0].id]?.record)
    let answers = try await ReadRecord(office)(record, in: files[0].id, for: manager).record.answers
    #expect(answers["facts"] == "또래 사회성 집단 1회: 부탁하기\n차례 지키기를 연습했다.\n먼저 차례를 양보했다.")
    #expect(answers["service"] == "D12" && answers["legal-kind"] == "SL02" && answers["minutes"] == "40")
    #expect(try await ReadCase(office)(files[19].id, for: manager).counts[.contact] == nil)
    let given = try await world.database.read { session in
      try session.row(
        "SELECT COUNT(*), CAST(SUM(minutes) AS bigint) FROM service_given WHERE service = 'D12'"
      ) { (try $0.get(0, as: Int.self), try $0.get(1, as: Int.self)) }
    }
    #expect(given?.0 == 17 && given?.1 == 17 * 40)
    #expect(try await VerifyTrail(office)(by: nil).isWhole)
  }

  @Test(arguments: Engine.available)
  func `whoever has not agreed to take part is refused by name, and nobody else enters with them`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let (first, second) = (
      try await world.participant(0), try await world.participant(1, agreed: false)
    )
    let programme = try await world.programme(places: 5)
    await #expect(throws: Refusal.invalid([Problem("cases.1", "no-participation-consent")])) {
      try await EnrolInProgramme(world.office)([first.id, second.id], in: programme.id, by: manager)
    }
    #expect(try await ReadProgramme(world.office)(programme.id, for: manager).seats.isEmpty)
  }

  @Test(arguments: Engine.available)
  func `another school finds nothing, a teacher neither, and a colleague sees no names`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<2)
    let programme = try await world.programme(places: 5)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    let parts = [HoldSession.Part(seats[0].id, .present)]
    for person in [World.Person.stranger, .teacher, .supervisor, .principal, .privacyOfficer] {
      let asker = world.asker(person)
      await #expect(throws: Refusal.notFound, "\(person)") {
        try await ReadProgramme(office)(programme.id, for: asker)
      }
      await #expect(throws: Refusal.notFound, "\(person)") {
        try await EnrolInProgramme(office)([files[0].id], in: programme.id, by: asker)
      }
      await #expect(throws: Refusal.notFound, "\(person)") {
        try await HoldSession(office)(
          programme.id, number: 1, topic: "", world.session, for: parts, by: asker)
      }
      await #expect(throws: Refusal.notFound, "\(person)") {
        try await KeepProgramme(office)(programme, by: asker)
      }
    }
    #expect(try await ReadProgrammes(office)(for: world.asker(.stranger)).lines.isEmpty)
    await #expect(throws: Refusal.notFound) { try await ReadProgrammes(office)(for: world.asker(.teacher)) }
    let colleague = world.asker(.colleague)
    let card = try await ReadProgramme(office)(programme.id, for: colleague)
    #expect(card.seats.count == 2 && card.seats.allSatisfy { $0.student == nil && !$0.isWritable })
    await #expect(throws: Refusal.notFound) {
      try await HoldSession(office)(
        programme.id, number: 1, topic: "", world.session, for: parts, by: colleague)
    }
    await #expect(throws: Refusal.notFound) {
      try await LeaveProgramme(office)(seats[0].id, from: 1, in: programme.id, by: colleague)
    }
  }

  @Test(arguments: Engine.available)
  func `whose case has ended can still be taken off the list, and the place is free`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<2)
    let programme = try await world.programme(places: 1)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    let (file, day) = (files[0], world.today)
    try await world.database.write { session in
      _ = try session.execute(
        """
        UPDATE case_file
        SET stage = 'follow-up', standing = 'closed', closed_on = \(day), closed_by = manager_id, closure_reason = 'TR-01'
        WHERE id = \(file.id)
        """)
    }
    let line = try #require(
      try await ReadProgramme(office)(programme.id, for: manager).seats.first { $0.seat.id == seats[0].id })
    #expect(!line.isWritable && line.isLed)
    try await LeaveProgramme(office)(seats[0].id, from: 1, in: programme.id, by: manager)
    #expect(
      try await ReadProgramme(office)(programme.id, for: manager).list.nextToMoveUp?.id == seats[1].id)
  }

  @Test(arguments: Engine.available)
  func `of two who write down the same session one is told, and no service is there twice`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<3)
    let programme = try await world.programme(places: 5)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    let parts = seats.map { HoldSession.Part($0.id, .present) }
    @Sendable func sweep() async throws -> Bool {
      do {
        try await HoldSession(office)(
          programme.id, number: 1, topic: "", world.session, for: parts, by: manager)
        return true
      } catch Refusal.conflict(.changedByAnother) {
        return false
      }
    }
    async let one = sweep()
    async let other = sweep()
    #expect(try await [one, other].count { $0 } == 1)
    for file in files {
      #expect(try await ReadCase(office)(file.id, for: manager).counts[.contact] == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `a colleague adds students to the session, each of the two only their own`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager, colleague) = (world.office, world.asker(.caseManager), world.asker(.colleague))
    let (mine, theirs) = (
      try await world.participant(0), try await world.participant(1, of: .colleague)
    )
    let programme = try await world.programme(places: 5)
    let own = try await EnrolInProgramme(office)([mine.id], in: programme.id, by: manager)[0]
    let other = try await EnrolInProgramme(office)([theirs.id], in: programme.id, by: colleague)[0]
    let held = try await HoldSession(office)(
      programme.id, number: 1, topic: "", world.session, for: [.init(own.id, .present)], by: manager)
    // The name of a student whom the writer does not see stands in no record either.
    var naming = world.session
    naming["facts"] = "최참0과 놀았다."
    await #expect(throws: Refusal.invalid([Problem("facts", "names-a-student")])) {
      try await CorrectAttendance(office)(
        held.id, from: 1, in: programme.id, naming, for: [.init(other.id, .present)], by: colleague)
    }
    try await CorrectAttendance(office)(
      held.id, from: 1, in: programme.id, world.session, for: [.init(other.id, .present)], by: colleague)
    let card = try await ReadProgramme(office)(programme.id, for: manager)
    #expect(card.totals.visits == 2 && card.totals.sessions == 1)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await CorrectAttendance(office)(
        held.id, from: 1, in: programme.id, for: [.init(own.id, .absent)], by: manager)
    }
    #expect(try await ReadCase(office)(theirs.id, for: colleague).counts[.contact] == 1)
  }

  @Test(arguments: Engine.available)
  func `putting right who was there takes the service and keeps what was written, and gives it back`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<2)
    let programme = try await world.programme(places: 5)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    let held = try await HoldSession(office)(
      programme.id, number: 1, topic: "", world.session, for: seats.map { .init($0.id, .present) },
      by: manager)
    let before = try await ReadProgramme(office)(programme.id, for: manager).attendance(of: held.id)
    let record = try #require(before[seats[0].id]?.record)
    func services() async throws -> Int? {
      try await world.database.read { session in
        try session.row("SELECT COUNT(*) FROM service_given WHERE record_id = \(record)") { try $0.get(0) }
      }
    }
    #expect(try await services() == 1)
    try await CorrectAttendance(office)(
      held.id, from: 1, in: programme.id, for: [.init(seats[0].id, .absent, line: "열이 났다.")], by: manager)
    #expect(try await services() == 0)
    let read = ReadProgramme(office)
    #expect(
      try await read(programme.id, remarksOf: held.id, for: manager).remarks == [seats[0].id: "열이 났다."])
    #expect(try await read(programme.id, for: manager).remarks.isEmpty)
    // Another line with the same mark is said anew; none at all leaves what is there.
    try await CorrectAttendance(office)(
      held.id, from: 2, in: programme.id, for: [.init(seats[0].id, .absent, line: "독감이다.")], by: manager)
    try await CorrectAttendance(office)(
      held.id, from: 3, in: programme.id, for: [.init(seats[0].id, .absent)], by: manager)
    #expect(
      try await read(programme.id, remarksOf: held.id, for: manager).remarks == [seats[0].id: "독감이다."])
    var page = try await ReadRecord(office)(record, in: files[0].id, for: manager)
    #expect(page.record.answers["service"] == nil && page.record.answers["result"] == "absent")
    #expect(page.versions.map { $0.answers["service"] } == ["D12"])
    #expect(try await ReadProgramme(office)(programme.id, for: manager).totals.visits == 1)
    try await CorrectAttendance(office)(
      held.id, from: 4, in: programme.id, for: [.init(seats[0].id, .late)], by: manager)
    #expect(try await services() == 1)
    page = try await ReadRecord(office)(record, in: files[0].id, for: manager)
    #expect(page.record.version == 3 && page.versions.count == 2)
    #expect(try await ReadProgramme(office)(programme.id, for: manager).totals.visits == 2)
    #expect(try await VerifyTrail(office)(by: nil).isWhole)
  }

  @Test func `a sweep names what cannot be taken, student by student`() async throws {
    let world = try await World.make(on: .sqlite)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let files = try await world.participants(0..<2)
    let programme = try await world.programme(places: 5)
    let seats = try await EnrolInProgramme(office)(files.map(\.id), in: programme.id, by: manager)
    func problems(
      _ answers: Answers, topic: String = "", _ parts: [HoldSession.Part]
    ) async throws -> [Problem] {
      do {
        try await HoldSession(office)(
          programme.id, number: 1, topic: topic, answers, for: parts, by: manager)
        return []
      } catch Refusal.invalid(let problems) {
        return problems
      }
    }
    let present = seats.map { HoldSession.Part($0.id, .present) }
    var earlier = world.session
    earlier["day"] = "\(world.today.adding(days: -1))"
    #expect(
      try await problems(earlier, present).map(\.code) == ["not-enrolled-that-day", "not-enrolled-that-day"])
    earlier["day"] = "\(world.today.adding(days: -2))"
    #expect(try await problems(earlier, present) == [Problem("day", "before-programme")])
    #expect(
      try await problems(world.session, topic: "최참1과 놀기", present) == [Problem("topic", "names-a-student")])
    #expect(
      try await problems(
        world.session, [.init(seats[0].id, .present, line: "최참1과 짝."), .init(seats[1].id, .absent)])
        == [Problem("students.0.line", "names-another-student")])
    #expect(
      try await problems(world.session, seats.map { .init($0.id, .absent) }) == [
        Problem("students", "nobody-there")
      ])
    var empty = world.session
    empty["facts"] = nil
    #expect(try await problems(empty, present) == [Problem("facts", "required")])
    empty["minutes"] = "0"
    #expect(try await problems(empty, present) == [Problem("minutes", "out-of-range", "1–1440")])
    // A case that is held takes no contact, so nobody can be said to have been there.
    try await AnswerConsent(office)(
      world.agreement([.participation], parties: [.student], .withdrawn), in: files[1].id, by: manager)
    #expect(try await problems(world.session, present) == [Problem("students.1.mark", "case-not-open")])
    #expect(
      try await problems(world.session, [.init(seats[0].id, .present), .init(seats[1].id, .excused)]).isEmpty)
  }

  @Test(arguments: Engine.available)
  func `a session that was called off has a number, a reason, and no service`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    let programme = try await world.programme(places: 5)
    await #expect(throws: Refusal.invalid([Problem("reason", "choose-one")])) {
      try await CancelSession(office)(
        programme.id, number: 1, on: world.today, because: "아무 까닭", by: manager)
    }
    try await CancelSession(office)(
      programme.id, number: 1, on: world.today.adding(days: 7), because: "weather", by: manager)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await CancelSession(office)(
        programme.id, number: 1, on: world.today, because: "weather", by: manager)
    }
    let card = try await ReadProgramme(office)(programme.id, for: manager)
    #expect(card.totals.sessions == 0 && card.nextNumber == 2)
    var changed = card.programme
    changed.last = world.today
    await #expect(throws: Refusal.invalid([Problem("last", "session-outside")])) {
      try await KeepProgramme(office)(changed, by: manager)
    }
    changed = card.programme
    changed.service = "D99"
    changed.leader = world.id(.teacher)
    await #expect(
      throws: Refusal.invalid([Problem("service", "unknown-code"), Problem("leader", "wrong-role")])
    ) { try await KeepProgramme(office)(changed, by: manager) }
  }

  @Test(arguments: Engine.available)
  func `pages need as many statements for twenty students as for two`(_ engine: Engine) async throws {
    let plain = try await World.make(on: engine)
    let counting = CountingDatabase(plain.database)
    let world = plain.through(counting)
    let manager = world.asker(.caseManager)
    let programme = try await plain.programme(places: 20)
    @Sendable func statements() async throws -> [Int] {
      var counts: [Int] = []
      for read in [
        { _ = try await ReadProgrammes(world.office)(for: manager) },
        { _ = try await ReadProgramme(world.office)(programme.id, for: manager) },
        { _ = try await ReadProgrammePicks(world.office)(for: manager) },
      ] {
        try await read()
        counting.statements.removeAll()
        try await read()
        counts.append(counting.statements.count)
      }
      return counts
    }
    func hold(_ number: Int, _ seats: [Seat]) async throws {
      try await HoldSession(plain.office)(
        programme.id, number: number, topic: "", plain.session, for: seats.map { .init($0.id, .present) },
        by: manager)
    }
    var seats = try await EnrolInProgramme(plain.office)(
      try await plain.participants(0..<2).map(\.id), in: programme.id, by: manager)
    try await hold(1, seats)
    let few = try await statements()
    seats += try await EnrolInProgramme(plain.office)(
      try await plain.participants(2..<20).map(\.id), in: programme.id, by: manager)
    for number in 2...4 { try await hold(number, seats) }
    _ = try await plain.programme(places: 3)
    #expect(try await statements() == few)
    // The ledger four and the card a dozen, however many they are.
    #expect(few.allSatisfy { $0 <= 16 }, "\(few)")
  }

  @Test(arguments: Engine.available)
  func `programmes, seats and attendance are found by index`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let programme = try await world.programme(places: 3)
    let school = world.school.id
    let plans = try await world.database.read { session -> [String] in
      if session.dialect == .postgres {
        try session.forEach("SELECT set_config('enable_seqscan', 'off', true)") { _ in }
      }
      return [
        try session.explain(session.programmes(of: [school]).selectNewest(atMost: 100)),
        try session.explain(
          "SELECT id FROM programme_seat s WHERE s.school_id = \(school) AND s.programme_id = \(programme.id)"
        ),
        try session.explain(
          """
          SELECT mark FROM programme_attendance
          WHERE school_id = \(school) AND programme_id = \(programme.id) AND session_id = 'x'
          """),
      ]
    }
    for plan in plans { #expect(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "\(plan)") }
  }
}
